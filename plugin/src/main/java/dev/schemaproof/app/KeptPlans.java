package dev.schemaproof.app;

import dev.schemaproof.output.Fingerprint;
import dev.schemaproof.output.PlacedJson.SyntaxException;
import dev.schemaproof.prove.PlanBaseline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The plans that a team keeps beside its model, a file for each kind of engine.
 *
 * @param texts the files' contents by name
 */
record KeptPlans(Map<String, String> texts) {

    private static final String GLOB = "plans-*.json";

    /** Reads all files of plans in the directory, which need not exist. */
    static KeptPlans load(Path directory) throws IOException {
        var texts = new TreeMap<String, String>();
        if (Files.isDirectory(directory)) {
            try (var files = Files.newDirectoryStream(directory, GLOB)) {
                for (var file : files) {
                    texts.put(
                            file.getFileName().toString(),
                            // What is no UTF-8 is no JSON either, and is reported as such
                            new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
                }
            }
        }
        return new KeptPlans(texts);
    }

    void addTo(Fingerprint fingerprint) {
        texts.forEach((name, text) -> fingerprint.add("plans " + name, text));
    }

    /** What is wrong with the files, a sentence each, that begins with the place. */
    List<String> flaws(String directory) {
        var flaws = new ArrayList<String>();
        texts.forEach((name, text) -> {
            try {
                PlanBaseline.read(text);
            } catch (SyntaxException e) {
                flaws.add(directory + "/" + name + ":" + e.line() + ":" + e.column() + ": " + e.getMessage()
                        + "; mend it, or write it anew with `" + PlanBaseline.COMMAND
                        + "` and look at what has changed");
            }
        });
        return flaws;
    }

    /** The plans of one kind of engine, if they are kept and can be read. */
    Optional<PlanBaseline> of(String name) {
        var text = texts.get(name);
        try {
            return text == null ? Optional.empty() : Optional.of(PlanBaseline.read(text));
        } catch (SyntaxException e) {
            return Optional.empty();
        }
    }
}
