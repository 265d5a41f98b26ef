package dev.schemaproof.report;

import dev.schemaproof.analysis.layout.AdvisedKey;
import dev.schemaproof.analysis.layout.LayoutAdvice;
import dev.schemaproof.analysis.layout.LayoutAdvice.Need;
import dev.schemaproof.analysis.layout.LayoutAdvice.Unserved;
import dev.schemaproof.model.KeyValueTable;
import dev.schemaproof.output.Json;
import dev.schemaproof.prove.ProofReport;
import dev.schemaproof.prove.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The layout of a key-value store as a log, a page ({@code layout.md}) and other tools ({@code layout.json}) show it. */
public final class LayoutText {

    /** Raised when a key changes its meaning or goes away. */
    private static final int VERSION = 1;

    private final LayoutAdvice advice;
    private final ProofReport proof;
    private final List<String> cautions;

    /**
     * @param proof what became of the proposed table in the evaluator
     * @param cautions what the rules say of it, beside of the patterns that it doesn't serve
     */
    public LayoutText(LayoutAdvice advice, ProofReport proof, List<String> cautions) {
        this.advice = advice;
        this.proof = proof;
        this.cautions = List.copyOf(cautions);
    }

    /** One message with the table and every key's reason. */
    public String log() {
        var text = new StringBuilder(Ansi.STRONG.on(advice.store().name() + ":"))
                .append(' ')
                .append(summary());
        if (!advice.sufficesAsWritten()) {
            yaml(advice).forEach(line -> text.append("\n  ").append(line));
            text.append("\n  why:");
            advice.keys().forEach(key -> {
                text.append("\n    ").append(Ansi.STRONG.on(place(key)));
                key.reasons().forEach(reason -> text.append("\n      ").append(Ansi.FAINT.on(reason)));
            });
        }
        cautions.forEach(caution -> text.append("\n  ").append(caution));
        return text.toString();
    }

    /** One message for each pattern that has no request. */
    public List<String> refusals() {
        return advice.unserved().stream().map(LayoutText::refusal).toList();
    }

    private static String refusal(Unserved unserved) {
        return "no layout of one table and its indexes serves `" + unserved.pattern() + "` beside the others: "
                + unserved.reason()
                + unserved.help()
                        .map(help -> "\n  help: " + help.replace("\n", "\n        "))
                        .orElse("");
    }

    private String summary() {
        var all = advice.served() + advice.unserved().size();
        var served = advice.unserved().isEmpty()
                ? (all == 1 ? "its access pattern" : "all " + all + " access patterns")
                : advice.served() + " of " + AdviceWords.count(all, "access pattern", "access patterns");
        var indexes = advice.indexes() == 0 ? "no index" : AdviceWords.count(advice.indexes(), "index", "indexes");
        if (advice.sufficesAsWritten()) {
            var own = advice.indexesAsWritten();
            return "its tables serve what can be served: " + served + ", with "
                    + (own == 0 ? "no index" : AdviceWords.count(own, "index", "indexes"))
                    + (own > advice.indexes() ? "; a layout of one table does so with " + indexes : "");
        }
        return "one table with " + indexes + " serves " + served + certificate() + "; " + proven();
    }

    private String certificate() {
        var bound = advice.bound();
        if (!bound.fewest()) {
            return "; fewer may do, as there were too many ways to choose";
        }
        var needs = bound.needs().stream().map(LayoutText::need).collect(Collectors.joining("; "));
        return needs.isEmpty() ? "" : ", and no fewer will do: besides the key of the table, " + needs;
    }

    private static String need(Need need) {
        return "`" + need.entity() + "` needs "
                + (need.patterns().size() == 1 ? "one " : "one each ")
                + (need.numeric() ? "with a numeric sort key " : "")
                + "for "
                + need.patterns().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }

    private String proven() {
        var proven = proof.results().stream()
                .filter(result -> result.verdict() == Verdict.PROVEN)
                .count();
        var unserved = advice.unserved().stream().map(Unserved::pattern).collect(Collectors.toSet());
        var open = proof.results().stream()
                .filter(result -> result.verdict() != Verdict.PROVEN && !unserved.contains(result.subject()))
                .count();
        return AdviceWords.count(proven, "proof", "proofs") + " by the built-in evaluator"
                + (open > 0 ? ", " + open + " not made" : "");
    }

    private static String place(AdvisedKey key) {
        return key.entity() + key.index().map(index -> " in " + index).orElse("") + ": " + key.partition() + " | "
                + key.sort();
    }

    /** The store's {@code tables:}, as they stand in a model. */
    public static List<String> yaml(LayoutAdvice advice) {
        return advice.table().map(LayoutText::yaml).orElse(List.of());
    }

    /** The whole section, with that table alone. */
    public static List<String> yaml(KeyValueTable table) {
        var lines = new ArrayList<>(List.of("tables:"));
        TableYaml.lines(table).forEach(line -> lines.add("  " + line));
        return lines;
    }

    /** The part of the page about this store. */
    public String page() {
        var text =
                new StringBuilder("\n## Store ").append(advice.store().name()).append("\n\n");
        text.append(Character.toUpperCase(summary().charAt(0)))
                .append(summary().substring(1))
                .append(".\n");
        if (advice.table().isPresent()) {
            text.append("\n```yaml\nstores:\n  ")
                    .append(AdviceYaml.scalar(advice.store().name().value()))
                    .append(":\n    engine: dynamodb\n");
            yaml(advice).forEach(line -> text.append("    ").append(line).append('\n'));
            text.append(
                    "```\n\n| entity | where | partition key | sort key | serves | why |\n| --- | --- | --- | --- | --- | --- |\n");
            advice.keys().forEach(key -> row(text, key));
        }
        if (!advice.unserved().isEmpty()) {
            text.append("\nWhat no layout of one table and its indexes serves beside the others:\n\n");
            advice.unserved()
                    .forEach(unserved -> text.append("- `")
                            .append(unserved.pattern())
                            .append("`: ")
                            .append(unserved.reason())
                            .append('\n'));
        }
        if (!cautions.isEmpty()) {
            text.append("\nWhat the rules say of it:\n\n");
            cautions.forEach(caution -> text.append("- ").append(caution).append('\n'));
        }
        return text.toString();
    }

    private static void row(StringBuilder text, AdvisedKey key) {
        var cells = List.of(
                key.entity(),
                key.index().map(index -> "`" + index + "`").orElse("table"),
                "`" + key.partition() + "`",
                "`" + key.sort() + "`",
                key.patterns().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", ")),
                String.join("; ", key.reasons()));
        text.append("| ")
                .append(cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ")))
                .append(" |\n");
    }

    /** The page with all stores. */
    public static String page(List<LayoutText> stores) {
        return "# What the access patterns ask of DynamoDB\n"
                + stores.stream().map(LayoutText::page).collect(Collectors.joining());
    }

    /** The document for other tools. */
    public static String json(List<LayoutText> stores) {
        var document = new LinkedHashMap<String, Object>();
        document.put("version", VERSION);
        document.put("stores", stores.stream().map(LayoutText::object).toList());
        return Json.text(document);
    }

    private Map<String, Object> object() {
        var object = new LinkedHashMap<String, Object>();
        object.put("store", advice.store().name().value());
        object.put("indexes", advice.indexes());
        object.put("fewest", advice.bound().fewest());
        object.put(
                "because",
                advice.bound().needs().stream()
                        .flatMap(need -> need.patterns().stream())
                        .toList());
        object.put("servedAsWritten", advice.servedAsWritten());
        object.put("indexesAsWritten", advice.indexesAsWritten());
        object.put("served", advice.served());
        object.put("keys", advice.keys().stream().map(LayoutText::object).toList());
        object.put(
                "unserved", advice.unserved().stream().map(LayoutText::object).toList());
        object.put("yaml", String.join("\n", yaml(advice)) + "\n");
        return object;
    }

    private static Map<String, Object> object(AdvisedKey key) {
        var object = new LinkedHashMap<String, Object>();
        object.put("entity", key.entity());
        key.index().ifPresent(index -> object.put("index", index));
        object.put("partitionKey", key.partition());
        object.put("sortKey", key.sort());
        object.put("serves", key.patterns());
        object.put("because", key.reasons());
        return object;
    }

    private static Map<String, Object> object(Unserved unserved) {
        var object = new LinkedHashMap<String, Object>();
        object.put("pattern", unserved.pattern());
        object.put("reason", unserved.reason());
        unserved.help().ifPresent(help -> object.put("help", help));
        return object;
    }
}
