package dev.schemaproof.report;

import dev.schemaproof.diagnostic.RuleId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the index of the rules' pages, which is part of the plugin, says about each of them. */
final class RuleIndex {

    private static final Pattern ROW =
            Pattern.compile("\\| \\[(?<id>[a-z0-9-]+)]\\([^)]*\\) \\| (?<severity>[a-z]+) \\| (?<finds>.*) \\|");

    private final Map<String, Entry> entries = new HashMap<>();

    private static final RuleIndex OURS = read();

    private RuleIndex() {}

    /**
     * A rule.
     *
     * @param severity its default severity, as a word
     * @param finds the first sentence of its page
     */
    record Entry(String severity, String finds) {}

    /** It is read once. */
    static RuleIndex ours() {
        return OURS;
    }

    private static RuleIndex read() {
        var index = new RuleIndex();
        try (var page = RuleIndex.class.getResourceAsStream("rules/README.md")) {
            if (page == null) {
                throw new IllegalStateException("the plugin lacks the index of its rules");
            }
            new String(page.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(line -> {
                var row = ROW.matcher(line);
                if (row.matches()) {
                    index.entries.put(
                            row.group("id"),
                            new Entry(row.group("severity"), row.group("finds").replace("\\|", "|")));
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return index;
    }

    Optional<Entry> find(RuleId rule) {
        return Optional.ofNullable(entries.get(rule.value()));
    }
}
