package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.analysis.keyvalue.ValueType.Kind;
import dev.schemaproof.model.Condition.Operator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The index that would serve a pattern: what is compared with one value first, then ranges and order, then what is unique. */
final class Proposal {

    private Proposal() {}

    /** It as YAML, to be added to the table. */
    static String index(Paths paths, ItemDesign item, Bindings bindings, List<ResolvedPath> order) {
        var first = new LinkedHashMap<AttributePath, ResolvedPath>();
        bindings.equalPaths().forEach(path -> bindings.equalTo(path).ifPresent(bound -> first.put(path, bound.path())));
        var then = new LinkedHashMap<AttributePath, ResolvedPath>();
        order.forEach(path -> then.putIfAbsent(path.canonical(), path));
        bindings.conditions().stream()
                .filter(bound -> bound.operator() != Operator.EQUAL)
                .filter(bound -> !bindings.ranges(bound.canonical()).isEmpty())
                .forEach(bound -> then.putIfAbsent(bound.canonical(), bound.path()));
        item.entity()
                .keyNames()
                .forEach(name ->
                        paths.find(item.entity(), name).ifPresent(path -> then.putIfAbsent(path.canonical(), path)));
        then.keySet().removeAll(first.keySet());
        var word = word(item.name());
        var partition = first.isEmpty()
                ? word
                : first.values().stream()
                        .map(path -> word(path.written().attribute()) + "#{" + path + "}")
                        .collect(Collectors.joining("#"));
        var sort = then.values().stream().map(Proposal::variable).collect(Collectors.joining("#", word + "#", ""));
        return yaml(item, name(item, first), partition, then.isEmpty() ? word : sort);
    }

    private static String word(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    }

    /** In a sort key numbers need zeros in front, or they sort as text. */
    private static String variable(ResolvedPath path) {
        return path.type().kind() == Kind.INTEGER
                ? "{" + path + ":%0" + path.type().digits() + "d}"
                : "{" + path + "}";
    }

    private static String name(ItemDesign item, Map<AttributePath, ResolvedPath> first) {
        var words = first.isEmpty()
                ? "all-" + item.name().toLowerCase(Locale.ROOT)
                : first.values().stream()
                        .map(path -> path.written().toString().replaceAll("[._]", "-"))
                        .collect(Collectors.joining("-", "by-", ""));
        return item.table().indexes().containsKey(words) ? words + "-2" : words;
    }

    private static String yaml(ItemDesign item, String index, String partition, String sort) {
        var taken = item.table().indexes().values().stream()
                .map(existing -> existing.partitionKey().name().value())
                .toList();
        var number = IntStream.rangeClosed(1, taken.size() + 1)
                .filter(i -> !taken.contains("GSI" + i + "PK"))
                .findFirst()
                .orElseThrow();
        return """
                indexes:
                  %s: {partitionKey: GSI%dPK, sortKey: GSI%dSK}
                items:
                  %s:
                    %s: {GSI%dPK: "%s", GSI%dSK: "%s"}""".formatted(index, number, number, item.name(), index, number, partition, number, sort);
    }
}
