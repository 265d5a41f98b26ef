package dev.schemaproof.report;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.access.IndexPath;
import dev.schemaproof.analysis.index.AdvisedIndex;
import dev.schemaproof.analysis.index.Asker;
import dev.schemaproof.analysis.index.EntityIndexes;
import dev.schemaproof.analysis.index.TableWrites.Write;
import dev.schemaproof.output.Json;
import dev.schemaproof.prove.data.ColumnStatistics;
import dev.schemaproof.prove.data.DeclaredStatistics;
import dev.schemaproof.prove.data.TableStatistics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The smallest sets of indexes, as a log, a page ({@code indexes.md}) and other tools ({@code indexes.json}) show them. */
public final class IndexAdvice {

    /** Raised when a key changes its meaning or goes away. */
    private static final int VERSION = 1;

    private static final List<String> UNITS = List.of("bytes", "kB", "MB", "GB", "TB", "PB");
    private static final double KILO = 1_000;

    private final List<EntityIndexes> entities;
    private final DeclaredStatistics statistics;

    /** What to show of a model. */
    public IndexAdvice(List<EntityIndexes> entities, Facts facts) {
        this.entities = List.copyOf(entities);
        statistics = new DeclaredStatistics(facts);
    }

    /** One message for each entity that has other indexes than it needs. */
    public List<String> lines() {
        return entities.stream()
                .filter(entity ->
                        !entity.missing().isEmpty() || !entity.superfluous().isEmpty())
                .map(this::line)
                .toList();
    }

    private String line(EntityIndexes advice) {
        var text = new StringBuilder(Ansi.STRONG.on(advice.entity().name() + ":"))
                .append(' ')
                .append(certificate(advice));
        advice.indexes()
                .forEach(index -> text.append("\n  ")
                        .append(index.declared().isPresent() ? "keep " : "add  ")
                        .append(Ansi.STRONG.on(index.name() + " (" + index.on() + ")"))
                        .append("  ")
                        .append(Ansi.FAINT.on("serves " + askers(index.askers()) + "; " + size(advice, index) + "; "
                                + writes(index))));
        advice.special()
                .forEach((proposal, askers) -> text.append("\n  add  ")
                        .append(Ansi.STRONG.on(proposal.name() + " (" + proposal.on() + ")"))
                        .append("  ")
                        .append(Ansi.FAINT.on("serves " + askers(askers) + ", which no B-tree does")));
        advice.superfluous()
                .forEach(path -> text.append("\n  drop ")
                        .append(Ansi.STRONG.on(path.name()))
                        .append("  ")
                        .append(Ansi.FAINT.on("the others serve all that is asked for")));
        return text.toString();
    }

    private static String certificate(EntityIndexes advice) {
        var bound = advice.bound();
        var count = advice.indexes().size();
        if (count == 0) {
            return "no index on plain columns is needed besides its keys";
        }
        var needed = AdviceWords.count(count, "index", "indexes");
        if (!advice.smallest()) {
            return needed + " will do; at least " + bound.size()
                    + " are needed, and the search for fewer was given up as there are too many ways to choose";
        }
        var each = bound.size() == 1
                ? askers(bound.askers()) + " needs one"
                : "no index serves two of " + askers(bound.askers());
        return needed + ", and no fewer will do: "
                + (bound.byCases()
                        ? "whichever way the choices go, " + bound.size() + " contradict each other, such as "
                                + askers(bound.askers())
                        : each);
    }

    private static String askers(List<Asker> askers) {
        return askers.stream().map(Asker::toString).distinct().collect(Collectors.joining(", "));
    }

    /** About so many bytes, by what the model declares of its rows and values. */
    private long bytes(EntityIndexes advice, AdvisedIndex index) {
        var table = statistics.of(advice.entity());
        var columns = table.columns().stream()
                .collect(Collectors.toMap(ColumnStatistics::column, column -> column, (one, other) -> one));
        var distinct = index.attributes().stream()
                .flatMap(name -> advice.entity().attribute(name).stream())
                .map(attribute -> columns.get(attribute.column().value()))
                .mapToDouble(column -> column == null ? 1 : column.distinct())
                .reduce(1, (one, other) -> Math.min((double) table.rows(), one * other));
        return table.indexPages("btree", index.keyBytes(), Math.max(1, distinct)) * TableStatistics.PAGE;
    }

    private String size(EntityIndexes advice, AdvisedIndex index) {
        double bytes = bytes(advice, index);
        var unit = 0;
        while (bytes >= KILO && unit < UNITS.size() - 1) {
            bytes /= KILO;
            unit++;
        }
        return String.format(
                Locale.ROOT, bytes < 10 && unit > 0 ? "about %.1f %s" : "about %.0f %s", bytes, UNITS.get(unit));
    }

    private static String writes(AdvisedIndex index) {
        var cost = index.cost();
        if (cost.inserts().isEmpty() && cost.updates().isEmpty()) {
            return "no access pattern writes to it";
        }
        var rate = rate(cost.entriesPerSecond());
        var sources = Stream.concat(cost.inserts().stream(), cost.updates().stream())
                .map(Write::source)
                .distinct()
                .map(source -> "`" + source + "`")
                .collect(Collectors.joining(", "));
        var entries = cost.entriesPerSecond() == 0
                ? "written by " + sources + ", at rates that aren't declared"
                : (cost.isPartial() ? "at least " : "") + rate + " entries/s written by " + sources;
        var lost =
                cost.lostHot().stream().map(write -> "`" + write.source() + "`").toList();
        return lost.isEmpty()
                ? entries
                : entries + "; without it " + String.join(", ", lost) + " could be heap-only (HOT)";
    }

    private static String rate(double perSecond) {
        return perSecond >= 10 || perSecond == Math.rint(perSecond)
                ? String.format(Locale.ROOT, "%,.0f", perSecond)
                : String.format(Locale.ROOT, "%.2g", perSecond);
    }

    /** What to paste for an entity; empty where it lacks nothing. */
    public static String yaml(EntityIndexes advice) {
        if (advice.missing().isEmpty()) {
            return "";
        }
        return "entities:\n  " + AdviceYaml.scalar(advice.entity().name().value()) + ":\n    indexes:\n"
                + advice.missing().entrySet().stream()
                        .map(index -> "      " + index.getKey() + ": " + index.getValue() + "\n")
                        .collect(Collectors.joining());
    }

    /** The page. */
    public String page() {
        var text = new StringBuilder("# What the access patterns ask of indexes\n");
        entities.forEach(entity -> append(text, entity));
        return text.toString();
    }

    private void append(StringBuilder text, EntityIndexes advice) {
        text.append("\n## ").append(advice.entity().name()).append("\n\n").append(sentence(certificate(advice)));
        if (!advice.indexes().isEmpty()) {
            text.append(
                    "\n| index | on | serves | size | writes | in the model |\n| --- | --- | --- | --- | --- | --- |\n");
            advice.indexes()
                    .forEach(index -> row(
                            text,
                            "`" + index.name() + "`",
                            "`" + index.on() + "`",
                            askers(index.askers()),
                            size(advice, index),
                            writes(index),
                            index.declared().isPresent() ? "yes" : "**no**"));
        }
        paths(text, "What stays in any case serves the rest:", advice.anyway());
        paths(text, "Served by indexes that this comparison leaves out:", advice.others());
        if (!advice.special().isEmpty()) {
            text.append("\nMissing besides, as no B-tree serves it:\n\n");
            advice.special()
                    .forEach((proposal, askers) -> text.append(
                            "- `" + proposal.name() + "` on `" + proposal.on() + "`: " + askers(askers) + "\n"));
        }
        if (!advice.superfluous().isEmpty()) {
            text.append('\n')
                    .append(sentence("the others serve all that is asked for without "
                            + advice.superfluous().stream()
                                    .map(path -> "`" + path.name() + "`")
                                    .collect(Collectors.joining(", "))));
        }
        var yaml = yaml(advice);
        if (!yaml.isEmpty()) {
            text.append("\nTo add to the model:\n\n```yaml\n").append(yaml).append("```\n");
        }
    }

    private static String sentence(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".\n";
    }

    private static void paths(StringBuilder text, String heading, Map<IndexPath, List<Asker>> paths) {
        if (!paths.isEmpty()) {
            text.append('\n').append(heading).append("\n\n");
            paths.forEach((path, askers) -> text.append("- `")
                    .append(path.name())
                    .append("`: ")
                    .append(askers(askers))
                    .append('\n'));
        }
    }

    private static void row(StringBuilder text, String... cells) {
        text.append("| ")
                .append(Stream.of(cells).map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ")))
                .append(" |\n");
    }

    /** The document for other tools. */
    public String json() {
        var document = new LinkedHashMap<String, Object>();
        document.put("version", VERSION);
        document.put("entities", entities.stream().map(this::object).toList());
        return Json.text(document);
    }

    private Map<String, Object> object(EntityIndexes advice) {
        var object = new LinkedHashMap<String, Object>();
        object.put("entity", advice.entity().name().value());
        object.put("smallest", advice.smallest());
        object.put("complete", advice.complete());
        object.put("atLeast", advice.bound().size());
        object.put("because", objects(advice.bound().askers()));
        object.put("byCases", advice.bound().byCases());
        object.put(
                "indexes",
                advice.indexes().stream().map(index -> object(advice, index)).toList());
        object.put(
                "special",
                advice.special().entrySet().stream()
                        .map(entry -> {
                            var part = new LinkedHashMap<String, Object>();
                            part.put("name", entry.getKey().name());
                            part.put("on", entry.getKey().on());
                            part.put("serves", objects(entry.getValue()));
                            return part;
                        })
                        .toList());
        object.put(
                "superfluous",
                advice.superfluous().stream().map(IndexPath::name).toList());
        return object;
    }

    private Map<String, Object> object(EntityIndexes advice, AdvisedIndex index) {
        var object = new LinkedHashMap<String, Object>();
        object.put("name", index.name());
        object.put("on", index.parts().stream().map(AdvisedIndex::text).toList());
        object.put("declared", index.declared().isPresent());
        object.put("serves", objects(index.askers()));
        object.put("keyBytes", index.keyBytes());
        object.put("bytes", bytes(advice, index));
        object.put("entriesPerSecond", index.cost().entriesPerSecond());
        object.put("unratedWrites", index.cost().isPartial());
        object.put("lostHot", index.cost().lostHot().stream().map(Write::source).toList());
        return object;
    }

    private static List<Map<String, Object>> objects(List<Asker> askers) {
        var objects = new ArrayList<Map<String, Object>>();
        askers.stream().distinct().forEach(asker -> {
            var object = new LinkedHashMap<String, Object>();
            object.put("kind", asker.kind().name().toLowerCase(Locale.ROOT));
            object.put("name", asker.name());
            objects.add(object);
        });
        return objects;
    }
}
