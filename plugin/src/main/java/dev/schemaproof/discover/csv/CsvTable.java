package dev.schemaproof.discover.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.schemaproof.discover.table.RowSink;
import dev.schemaproof.discover.table.TableSource;
import dev.schemaproof.discover.table.UnreadableTableException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A CSV file in UTF-8, after RFC 4180: its first line names the columns, and every record has as many values. Lines without
 * anything are skipped. Nothing of it is kept, so that its length doesn't matter.
 */
public final class CsvTable implements TableSource {

    /** The longest value, in characters; a quote that is never closed would otherwise make one of the rest of the file. */
    static final int LONGEST_VALUE = 1 << 22;

    private final Path file;
    private final String shown;
    private final CsvDialect dialect;

    /**
     * A file.
     *
     * @param shown its path, as messages show it
     */
    public CsvTable(Path file, String shown, CsvDialect dialect) {
        this.file = file;
        this.shown = shown;
        this.dialect = dialect;
    }

    @Override
    public String shown() {
        return shown;
    }

    @Override
    public String tableName() {
        var name =
                Objects.requireNonNull(file.getFileName(), "a file has a name").toString();
        var dot = name.indexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    @Override
    public void read(RowSink sink) throws UnreadableTableException {
        var records = new CsvRecords(shown, dialect.nullText(), sink);
        try {
            var delimiter = delimiter();
            try (var text = open();
                    var reader = CsvReader.builder()
                            .fieldSeparator(delimiter)
                            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                            .allowUnclosedQuote(false)
                            .maxBufferSize(LONGEST_VALUE)
                            .build(records, text)) {
                var iterator = reader.iterator();
                while (records.wantsMore() && iterator.hasNext()) {
                    iterator.next();
                }
            } catch (CsvParseException e) {
                throw records.unreadable(e);
            }
            records.end();
        } catch (UncheckedIOException e) {
            throw unreadable(Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private UnreadableTableException unreadable(IOException e) {
        var reason = e.getMessage();
        if (e instanceof CharacterCodingException) {
            try {
                return new UnreadableTableException(CodingFlaw.in(file).in(shown));
            } catch (IOException other) {
                reason = other.getMessage();
            }
        }
        return new UnreadableTableException(
                shown + ": can't be read: " + (Files.exists(file) ? reason : "there is no such file"));
    }

    private char delimiter() throws IOException {
        if (dialect.delimiter().isPresent()) {
            return dialect.delimiter().get();
        }
        try (var text = open()) {
            return DelimiterGuess.of(text);
        }
    }

    private Reader open() throws IOException {
        return Utf8.open(file);
    }
}
