package dev.schemaproof.discover.statement;

import dev.schemaproof.discover.table.UnreadableTableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A log of PostgreSQL in its usual form ({@code log_destination = 'stderr'}) with statements in it, from {@code log_statement},
 * {@code log_min_duration_statement} or the like, whatever {@code log_line_prefix} is. It is streamed.
 *
 * @see <a href="https://www.postgresql.org/docs/current/runtime-config-logging.html">Error reporting and logging</a>
 */
public final class ServerLog implements StatementSource {

    /** {@code LOG:  duration: 0.312 ms  execute <unnamed>: SELECT ...}; without a duration the server was not asked for it. */
    private static final Pattern STATEMENT = Pattern.compile(
            "\\bLOG:  (?:duration: ([0-9.]{1,20}) ms  )?(?:(statement)|(?:execute|execute fetch from) [^:]{1,200}): (.*)");

    private static final Pattern TIME =
            Pattern.compile("\\b([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]([0-9]{2}:[0-9]{2}:[0-9]{2})");

    /** Where the prefix of a line has to have ended. */
    private static final int LONGEST_PREFIX = 500;

    private final Path file;
    private final String shown;
    private @Nullable LocalDateTime first;
    private @Nullable LocalDateTime last;

    /**
     * A file.
     *
     * @param shown its path, as messages show it
     */
    public ServerLog(Path file, String shown) {
        this.file = file;
        this.shown = shown;
    }

    @Override
    public Optional<Duration> read(Consumer<SeenStatement> sink) throws UnreadableTableException {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                // Logs hold the bytes of statements in any encoding
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        try (var lines = new BufferedReader(new InputStreamReader(Files.newInputStream(file), decoder))) {
            read(lines, sink);
        } catch (IOException e) {
            throw new UnreadableTableException(
                    shown + ": can't be read: " + (Files.exists(file) ? e.getMessage() : "there is no such file"));
        }
        return first == null || last == null ? Optional.empty() : Optional.of(Duration.between(first, last));
    }

    private void read(BufferedReader lines, Consumer<SeenStatement> sink) throws IOException {
        Entry open = null;
        var number = 0;
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (line.startsWith("\t")) {
                // What has several lines goes on behind a tabulator
                if (open != null) {
                    open.sql.append('\n').append(line, 1, line.length());
                }
                continue;
            }
            if (open != null) {
                sink.accept(open.statement());
                open = null;
            }
            note(line);
            var match = STATEMENT.matcher(line);
            if (match.find() && match.start() < LONGEST_PREFIX) {
                open = new Entry(shown + ":" + number, match);
            }
        }
        if (open != null) {
            sink.accept(open.statement());
        }
    }

    private void note(String line) {
        var time = TIME.matcher(line).region(0, Math.min(line.length(), LONGEST_PREFIX));
        if (!time.find()) {
            return;
        }
        try {
            var moment = LocalDateTime.parse(time.group(1) + "T" + time.group(2));
            first = first == null || moment.isBefore(first) ? moment : first;
            last = last == null || moment.isAfter(last) ? moment : last;
        } catch (DateTimeParseException e) {
            // Something that only looks like a time
        }
    }

    private static final class Entry {

        private final String at;
        private final boolean values;
        private final OptionalDouble took;
        private final StringBuilder sql;

        Entry(String at, Matcher match) {
            this.at = at;
            // The extended protocol keeps values apart, the simple one has them in the text
            values = match.group(2) != null;
            took = match.group(1) == null
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(Double.parseDouble(match.group(1)));
            sql = new StringBuilder(match.group(3));
        }

        SeenStatement statement() {
            return new SeenStatement(at, Optional.empty(), sql.toString(), values, 1, took);
        }
    }
}
