package dev.schemaproof.report;

import dev.schemaproof.analysis.normal.AttributeSet;
import dev.schemaproof.analysis.normal.FunctionalDependency;
import dev.schemaproof.discover.judge.KeyCandidate;
import dev.schemaproof.discover.judge.ModelLookup;
import dev.schemaproof.discover.judge.TableAdvice;
import dev.schemaproof.output.Json;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What to paste into the model: dependencies of an entity that it knows, or a draft of one that it does not. */
final class AdviceYaml {

    /** Words that YAML, or some readers of it, takes for something else than a text. */
    private static final Set<String> WORDS =
            Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf");

    private final TableAdvice advice;

    private AdviceYaml(TableAdvice advice) {
        this.advice = advice;
    }

    /** The text; empty when the model says all of it already. */
    static Optional<String> of(TableAdvice advice) {
        var yaml = new AdviceYaml(advice);
        return advice.known().map(yaml::addition).orElseGet(() -> Optional.of(yaml.draft()));
    }

    private Optional<String> addition(ModelLookup.Known known) {
        var lines = dependencies(known.attributes());
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of("entities:\n  " + scalar(known.entity()) + ":\n    dependencies:\n" + lines);
    }

    /** One line for each rule whose columns all have an attribute. */
    private String dependencies(Map<String, String> attributes) {
        return advice.cover().stream()
                .filter(dependency -> attributes
                        .keySet()
                        .containsAll(advice.names(dependency.determinant().union(dependency.dependents()))))
                .map(dependency -> "      - " + text(dependency, attributes) + "\n")
                .collect(Collectors.joining());
    }

    private String text(FunctionalDependency dependency, Map<String, String> attributes) {
        var text = list(dependency.determinant(), attributes) + " -> " + list(dependency.dependents(), attributes);
        return text.matches("[A-Za-z_].*") ? text : Json.quoted(text);
    }

    private String list(AttributeSet columns, Map<String, String> attributes) {
        return advice.names(columns).stream().map(attributes::get).collect(Collectors.joining(", "));
    }

    private String draft() {
        var attributes = attributes();
        var text = new StringBuilder("entities:\n  ")
                .append(entityName())
                .append(":\n    table: ")
                .append(scalar(advice.tableName()))
                .append('\n');
        if (!AdviceWords.isSample(advice) && advice.rows() > 0) {
            text.append("    rows: ").append(advice.rows()).append('\n');
        }
        text.append("    attributes:\n");
        for (var i = 0; i < advice.columns().size(); i++) {
            text.append("      ").append(attribute(i, attributes)).append('\n');
        }
        if (advice.repeatedRows() == 0) {
            keys(text, attributes);
        }
        var lines = dependencies(attributes);
        return text + (lines.isEmpty() ? "" : "    dependencies:\n" + lines);
    }

    private void keys(StringBuilder text, Map<String, String> attributes) {
        var required = advice.keys().stream().filter(KeyCandidate::required).toList();
        if (required.isEmpty()) {
            return;
        }
        text.append("    key: ").append(flow(required.get(0), attributes)).append('\n');
        var uniques = required.stream()
                .skip(1)
                .filter(key -> key.columns().size() == 1)
                .map(key -> flow(key, attributes))
                .collect(Collectors.joining(", "));
        if (!uniques.isEmpty()) {
            text.append("    unique: [").append(uniques).append("]\n");
        }
    }

    private String flow(KeyCandidate key, Map<String, String> attributes) {
        return advice.names(key.columns()).stream()
                .map(column -> scalar(attributes.getOrDefault(column, column)))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private String attribute(int index, Map<String, String> attributes) {
        var column = advice.columns().get(index);
        var profile = advice.profiles().get(index);
        var name = attributes.getOrDefault(column.name(), column.name());
        var optional = !column.required() && (profile.absent() > 0 || profile.isEmpty());
        var renamed = !name.equals(column.name());
        var type = profile.type();
        var remark =
                profile.isEmpty() ? "  # no row has a value" : profile.isConstant() ? "  # the same in all rows" : "";
        if (!renamed && !type.startsWith("{")) {
            return scalar(name) + ": " + type + (optional ? " null" : "") + remark;
        }
        return scalar(name) + ": {type: " + (type.startsWith("{") ? type : Json.quoted(type))
                + (optional ? ", optional: true" : "")
                + (renamed ? ", column: " + Json.quoted(column.name()) : "") + "}" + remark;
    }

    /** For each column a name that an attribute can have, different from all others. */
    private Map<String, String> attributes() {
        var attributes = new LinkedHashMap<String, String>();
        var taken = new HashSet<String>();
        for (var column : advice.columns()) {
            var name = column.name().matches("[\\p{L}_][\\p{L}\\p{N}_]*") ? column.name() : snake(column.name());
            var distinct = name;
            for (var i = 2; !taken.add(distinct.toLowerCase(Locale.ROOT)); i++) {
                distinct = name + "_" + i;
            }
            attributes.put(column.name(), distinct);
        }
        return attributes;
    }

    private static String snake(String name) {
        var words = name.replaceAll("(\\p{Ll}|\\p{N})(\\p{Lu})", "$1_$2")
                .replaceAll("[^\\p{L}\\p{N}]+", "_")
                .replaceAll("^_+|_+$", "")
                .toLowerCase(Locale.ROOT);
        return words.isEmpty() ? "column" : Character.isLetter(words.codePointAt(0)) ? words : "column_" + words;
    }

    private String entityName() {
        var words = List.of(snake(advice.tableName()).split("_"));
        return words.stream()
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }

    static String scalar(String text) {
        return text.matches("[\\p{L}_][\\p{L}\\p{N}_]*") && !WORDS.contains(text.toLowerCase(Locale.ROOT))
                ? text
                : Json.quoted(text);
    }
}
