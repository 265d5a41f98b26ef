package dev.schemaproof.output;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a goal did last time: when neither its inputs nor its outputs have changed since, it can repeat its messages and
 * do nothing.
 *
 * @param inputs the fingerprint of everything it read
 * @param outputs the fingerprint of each file it wrote
 * @param messages what it told the user
 */
public record RunRecord(String inputs, Map<Path, String> outputs, List<Message> messages) {

    /** Changes when the format does, so that an old record is no record. */
    private static final String HEADER = "schemaproof run record 1";

    public RunRecord {
        outputs = new LinkedHashMap<>(outputs);
        messages = List.copyOf(messages);
    }

    /** A line or block of lines for the user, at a level of the log such as {@code info}. */
    public record Message(String level, String text) {}

    /** The record of a run that wrote these texts. */
    public static RunRecord of(String inputs, Map<Path, String> written, List<Message> messages) {
        var outputs = new TreeMap<Path, String>();
        written.forEach((path, text) -> outputs.put(path, Fingerprint.of(text.getBytes(StandardCharsets.UTF_8))));
        return new RunRecord(inputs, outputs, messages);
    }

    /** The record in the file; empty when there is none that can be read. */
    public static Optional<RunRecord> load(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return parse(Files.readAllLines(file, StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException e) {
            // A damaged record only means that the work is done again
            return Optional.empty();
        }
    }

    private static Optional<RunRecord> parse(List<String> lines) {
        if (lines.size() < 2 || !HEADER.equals(lines.get(0))) {
            return Optional.empty();
        }
        var outputs = new LinkedHashMap<Path, String>();
        var messages = new ArrayList<Message>();
        for (var line : lines.subList(2, lines.size())) {
            var parts = line.split("\t", 3);
            if ("output".equals(parts[0])) {
                outputs.put(Path.of(unescape(parts[2])), parts[1]);
            } else {
                messages.add(new Message(parts[1], unescape(parts[2])));
            }
        }
        return Optional.of(new RunRecord(lines.get(1), outputs, messages));
    }

    /** Whether the inputs are the same and every output is still as it was written. */
    public boolean upToDate(String currentInputs) throws IOException {
        if (!inputs.equals(currentInputs)) {
            return false;
        }
        for (var output : outputs.entrySet()) {
            if (!Files.isRegularFile(output.getKey())
                    || !Fingerprint.of(Files.readAllBytes(output.getKey())).equals(output.getValue())) {
                return false;
            }
        }
        return true;
    }

    /** Writes the record. */
    public void save(Path file) throws IOException {
        var text = new StringBuilder(HEADER).append('\n').append(inputs).append('\n');
        outputs.forEach((path, hash) -> text.append("output\t")
                .append(hash)
                .append('\t')
                .append(escape(path.toString()))
                .append('\n'));
        messages.forEach(message -> text.append("message\t")
                .append(message.level())
                .append('\t')
                .append(escape(message.text()))
                .append('\n'));
        OutputFiles.write(Map.of(file, text.toString()));
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    private static String unescape(String text) {
        var plain = new StringBuilder();
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c != '\\') {
                plain.append(c);
                continue;
            }
            var escaped = text.charAt(++i);
            plain.append(escaped == 'n' ? '\n' : escaped == 'r' ? '\r' : escaped);
        }
        return plain.toString();
    }
}
