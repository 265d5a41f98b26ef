package dev.schemaproof.discover.statement;

import dev.schemaproof.output.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the records of a log that was written as CSV ({@code csvlog}) or as JSON ({@code jsonlog}). */
final class LogRecords {

    /**
     * A record.
     *
     * @param line where it begins, from 1
     * @param time when it was written, as it says it
     */
    record Entry(int line, String time, String severity, String message) {}

    /** Takes the records, and where one is cut off. */
    interface Sink {

        void entry(Entry entry);

        void torn(int line);
    }

    private static final Pattern CSV =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,6})? [^,\"]{1,40},.*");

    private static final int SEVERITY = 11;
    private static final int MESSAGE = 13;
    /** Since PostgreSQL 9.0; later versions added some behind them. */
    private static final int FEWEST_COLUMNS = 23;
    /** A record of so many characters was not closed, but goes on with others. */
    private static final int LONGEST = 4_000_000;

    private LogRecords() {}

    /** Whether a record of the CSV form can begin with this line. */
    static boolean isCsv(String line) {
        return CSV.matcher(line).matches();
    }

    /** Whether a record of the JSON form can begin with this line. */
    static boolean isJson(String line) {
        return line.startsWith("{");
    }

    /** A text in an object, in JSON; empty if there is none. */
    static Optional<String> text(String json, String key) {
        return value(json) instanceof Map<?, ?> object && object.get(key) instanceof String text
                ? Optional.of(text)
                : Optional.empty();
    }

    private static @Nullable Object value(String json) {
        try {
            return Json.read(json);
        } catch (RuntimeException cutOff) {
            return null;
        }
    }

    /** Reads the lines of a log in JSON: each is a record. */
    static void json(BufferedReader lines, String first, Sink sink) throws IOException {
        var number = 1;
        for (var line = first; line != null; line = lines.readLine()) {
            if (value(line) instanceof Map<?, ?> object) {
                sink.entry(new Entry(
                        number, text(object, "timestamp"), text(object, "error_severity"), text(object, "message")));
            } else if (!line.isBlank()) {
                sink.torn(number);
            }
            number++;
        }
    }

    private static String text(Map<?, ?> object, String key) {
        return object.get(key) instanceof String text ? text : "";
    }

    /** Reads the lines of a log in CSV. A record that is never closed ends where the next line begins as records do. */
    static void csv(BufferedReader lines, String first, Sink sink) throws IOException {
        var waiting = new ArrayDeque<String>();
        waiting.add(first);
        var number = 0;
        var lost = false;
        for (var line = next(waiting, lines); line != null; line = next(waiting, lines)) {
            number++;
            if (!isCsv(line)) {
                // A blank line is what is left of a break between two records
                if (!lost && !line.isBlank()) {
                    sink.torn(number);
                    lost = true;
                }
                continue;
            }
            var record = new StringBuilder(line);
            var more = rest(record, waiting, lines);
            var fields = isOpen(record) ? List.<String>of() : fields(record);
            lost = fields.size() < FEWEST_COLUMNS;
            if (lost) {
                sink.torn(number);
                // What follows may be whole
                more.descendingIterator().forEachRemaining(waiting::addFirst);
            } else {
                sink.entry(new Entry(number, fields.get(0), fields.get(SEVERITY), fields.get(MESSAGE)));
                number += more.size();
            }
        }
    }

    private static @Nullable String next(ArrayDeque<String> waiting, BufferedReader lines) throws IOException {
        return waiting.isEmpty() ? lines.readLine() : waiting.poll();
    }

    /** Adds the lines to a record until its quotes are closed. */
    private static ArrayDeque<String> rest(StringBuilder record, ArrayDeque<String> waiting, BufferedReader lines)
            throws IOException {
        var more = new ArrayDeque<String>();
        var open = isOpen(record);
        while (open && record.length() < LONGEST) {
            var next = next(waiting, lines);
            if (next == null) {
                break;
            }
            more.add(next);
            record.append('\n').append(next);
            open ^= isOpen(next);
        }
        return more;
    }

    private static boolean isOpen(CharSequence text) {
        return text.chars().filter(c -> c == '"').count() % 2 == 1;
    }
    /** The values of a record, whose quotes are closed. */
    private static List<String> fields(CharSequence record) {
        var fields = new ArrayList<String>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < record.length(); i++) {
            var c = record.charAt(i);
            if (c == '"' && quoted && i + 1 < record.length() && record.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
