package dev.schemaproof.discover.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;

/** Which delimiter a file uses: that by which its first records have the same number of values, as many as possible. */
final class DelimiterGuess {

    private static final char[] CANDIDATES = {',', ';', '\t', '|'};
    private static final int LENGTH = 1 << 16;
    private static final int RECORDS = 100;

    private DelimiterGuess() {}

    /** The delimiter; a comma where nothing shows another. */
    static char of(Reader text) throws IOException {
        var beginning = beginning(text);
        var best = CANDIDATES[0];
        var mostEqual = 0;
        var most = 0;
        for (var candidate : CANDIDATES) {
            var counted = count(beginning, candidate);
            // A header of one value says nothing
            var equal = counted.values() > 1 ? counted.equal() : 0;
            if (equal > mostEqual || equal == mostEqual && counted.values() > most) {
                best = candidate;
                mostEqual = equal;
                most = counted.values();
            }
        }
        return best;
    }

    private static String beginning(Reader text) throws IOException {
        var buffer = new char[LENGTH];
        var length = 0;
        for (var read = 0; read >= 0 && length < LENGTH; length += Math.max(0, read)) {
            read = text.read(buffer, length, LENGTH - length);
        }
        // Not half of a record, unless it is all there is
        var end = length;
        while (length == LENGTH && end > 1 && buffer[end - 1] != '\n' && buffer[end - 1] != '\r') {
            end--;
        }
        return new String(buffer, 0, end > 1 ? end : length);
    }

    /**
     * What a delimiter makes of the beginning.
     *
     * @param values in the first record
     * @param equal how many of the records have as many
     */
    private record Counted(int values, int equal) {}

    private static Counted count(String text, char delimiter) {
        var values = 0;
        var equal = 0;
        var records = 0;
        try (var reader = CsvReader.builder()
                .fieldSeparator(delimiter)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text)) {
            for (var record : reader) {
                if (records++ == 0) {
                    values = record.getFieldCount();
                }
                equal += record.getFieldCount() == values ? 1 : 0;
                if (records == RECORDS) {
                    break;
                }
            }
        } catch (CsvParseException | IOException | UncheckedIOException e) {
            // What was counted until then has to do; the reader proper says what is wrong
            return new Counted(values, equal);
        }
        return new Counted(values, equal);
    }
}
