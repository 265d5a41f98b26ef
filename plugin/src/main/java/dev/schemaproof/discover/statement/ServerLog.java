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
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A log of PostgreSQL with statements in it, from {@code log_statement}, {@code log_min_duration_statement}, the module
 * auto_explain or the like. It is streamed, and may be in any form that {@code log_destination} knows: {@code stderr}, whatever
 * {@code log_line_prefix} is, {@code csvlog} or {@code jsonlog}. Its first line tells which.
 *
 * @see <a href="https://www.postgresql.org/docs/current/runtime-config-logging.html">Error reporting and logging</a>
 */
public final class ServerLog implements StatementSource {

    private static final Pattern MESSAGE = Pattern.compile("\\bLOG:  (.*)");

    private static final Pattern TIME =
            Pattern.compile("\\b([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]([0-9]{2}:[0-9]{2}:[0-9]{2})");

    /** Where the prefix of a line has to have ended. */
    private static final int LONGEST_PREFIX = 500;

    private final Path file;
    private final String shown;
    private @Nullable LocalDateTime first;
    private @Nullable LocalDateTime last;
    private long torn;
    private @Nullable String firstTorn;

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

    @Override
    public Optional<Torn> torn() {
        return firstTorn == null ? Optional.empty() : Optional.of(new Torn(torn, firstTorn));
    }

    /** Whether a file of the CSV form begins with this line; an export of a view begins with the names of its columns. */
    public static boolean isCsv(String line) {
        return LogRecords.isCsv(line);
    }

    private void read(BufferedReader lines, Consumer<SeenStatement> sink) throws IOException {
        var first = lines.readLine();
        if (first == null) {
            return;
        }
        var begin = first.startsWith("\uFEFF") ? first.substring(1) : first;
        if (LogRecords.isCsv(begin)) {
            LogRecords.csv(lines, begin, new Records(sink));
        } else if (LogRecords.isJson(begin)) {
            LogRecords.json(lines, begin, new Records(sink));
        } else {
            plain(lines, begin, sink);
        }
    }

    private void plain(BufferedReader lines, String begin, Consumer<SeenStatement> sink) throws IOException {
        var message = new StringBuilder();
        var at = 0;
        var number = 0;
        for (var line = begin; line != null; line = lines.readLine()) {
            number++;
            if (line.startsWith("\t")) {
                // What has several lines goes on behind a tabulator
                message.append('\n').append(line, 1, line.length());
                continue;
            }
            accept(at, message.toString(), sink);
            message.setLength(0);
            note(line);
            var match = MESSAGE.matcher(line);
            if (match.find() && match.start() < LONGEST_PREFIX) {
                message.append(match.group(1));
                at = number;
            } else {
                // So that lines that go on are not taken for a message of their own
                message.append('-');
            }
        }
        accept(at, message.toString(), sink);
    }

    private void accept(int line, String message, Consumer<SeenStatement> sink) {
        LoggedStatement.of(message)
                .ifPresent(statement -> sink.accept(new SeenStatement(
                        shown + ":" + line,
                        Optional.empty(),
                        statement.sql(),
                        statement.values(),
                        1,
                        statement.milliseconds())));
    }

    /** What records have to say. */
    private final class Records implements LogRecords.Sink {

        private final Consumer<SeenStatement> sink;

        Records(Consumer<SeenStatement> sink) {
            this.sink = sink;
        }

        @Override
        public void entry(LogRecords.Entry entry) {
            note(entry.time());
            if (entry.severity().equals("LOG")) {
                accept(entry.line(), entry.message(), sink);
            }
        }

        @Override
        public void torn(int line) {
            torn++;
            firstTorn = firstTorn == null ? shown + ":" + line : firstTorn;
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
}
