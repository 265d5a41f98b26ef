package dev.schemaproof.analysis.layout;

import dev.schemaproof.analysis.keyvalue.ValueType.Kind;
import dev.schemaproof.model.AccessPattern.Read;
import dev.schemaproof.model.Condition.Operator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Why a key is made of what it is made of, column by column, each with the patterns that forced it. */
final class KeyReasons {

    private final EntityColumns columns;
    private final KeyPlan key;

    KeyReasons(EntityColumns columns, KeyPlan key) {
        this.columns = columns;
        this.key = key;
    }

    List<String> all(boolean ofTable) {
        var reasons = new LinkedHashMap<String, List<String>>();
        if (key.partition().isEmpty()) {
            var whole = key.reads().stream()
                    .filter(read ->
                            read.where().stream().noneMatch(condition -> condition.operator() == Operator.EQUAL))
                    .toList();
            reasons.put("one partition holds all rows: nothing is compared for equality in " + named(whole), List.of());
        }
        for (var column : key.partition()) {
            reasons.computeIfAbsent(partition(column, ofTable), unseen -> new ArrayList<>())
                    .add(name(column));
        }
        for (var column : key.sort()) {
            reasons.computeIfAbsent(sort(column, ofTable), unseen -> new ArrayList<>())
                    .add(name(column));
        }
        return reasons.entrySet().stream()
                .map(reason -> reason.getValue().isEmpty()
                        ? reason.getKey()
                        : String.join(", ", reason.getValue()) + " " + reason.getKey())
                .toList();
    }

    private String partition(int column, boolean ofTable) {
        var compared = reads(column, Set.of(Operator.EQUAL));
        if (!compared.isEmpty()) {
            return "in the partition: compared for equality in " + named(compared) + (ofTable ? parent(column) : "");
        }
        return "in the partition: "
                + (ofTable ? "tells the rows apart" : "shared with the other reads of this key")
                + (ofTable ? parent(column) : "");
    }

    /** The reference that makes it an item collection of another entity. */
    private String parent(int column) {
        return columns.entity().references().values().stream()
                .filter(reference -> columns.own(reference.names()).contains(column)
                        && columns.own(reference.names()).positions().allMatch(key.partition()::contains))
                .map(reference -> ", which puts it into the item collection of its `" + reference.role() + "` (`"
                        + reference.entity() + "`)")
                .findFirst()
                .orElse("");
    }

    private String sort(int column, boolean ofTable) {
        var equal = reads(column, Set.of(Operator.EQUAL));
        var ordered = key.reads().stream().filter(read -> orders(read, column)).toList();
        var bounded = reads(
                column,
                Set.of(
                        Operator.LESS,
                        Operator.LESS_OR_EQUAL,
                        Operator.GREATER,
                        Operator.GREATER_OR_EQUAL,
                        Operator.BETWEEN,
                        Operator.STARTS_WITH));
        var present = reads(column, Set.of(Operator.IS_NOT_NULL));
        var why = new ArrayList<String>();
        if (!ordered.isEmpty()) {
            why.add("the order of " + named(ordered));
        }
        if (!bounded.isEmpty()) {
            why.add("a range in " + named(bounded));
        }
        if (!equal.isEmpty()) {
            why.add("compared for equality in " + named(equal));
        }
        if (why.isEmpty() && !present.isEmpty()) {
            why.add("only rows that have it are wanted in " + named(present));
        }
        if (why.isEmpty()) {
            why.add(ofTable ? "tells the rows apart" : "shared with the other reads of this key");
        }
        if (!key.numeric() && columns.path(column).type().kind() == Kind.INTEGER) {
            why.add("with zeros in front, which sorts right from 0 on");
        }
        return "in the sort key: " + String.join("; ", why);
    }

    private boolean orders(Read read, int column) {
        return read.orderBy().stream()
                .anyMatch(order -> columns.position(order.attribute().value()).orElse(-1) == column);
    }

    private List<Read> reads(int column, Set<Operator> operators) {
        return key.reads().stream()
                .filter(read -> read.where().stream()
                        .anyMatch(condition -> operators.contains(condition.operator())
                                && columns.position(condition.attribute().value())
                                                .orElse(-1)
                                        == column))
                .toList();
    }

    private String name(int column) {
        return "`" + columns.path(column).canonical() + "`";
    }

    private static String named(List<Read> reads) {
        return reads.stream().map(read -> "`" + read.name() + "`").collect(Collectors.joining(", "));
    }
}
