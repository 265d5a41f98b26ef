package dev.schemaproof.prove.keyvalue;

import dev.schemaproof.analysis.keyvalue.KeyFormat;
import dev.schemaproof.analysis.keyvalue.Paths;
import dev.schemaproof.analysis.keyvalue.ResolvedPath;
import dev.schemaproof.analysis.keyvalue.ValueType;
import dev.schemaproof.model.AccessPattern.Find;
import dev.schemaproof.model.AccessPattern.Include;
import dev.schemaproof.model.AccessPattern.Order;
import dev.schemaproof.model.AccessPattern.Read;
import dev.schemaproof.model.Condition;
import dev.schemaproof.model.Condition.Operand;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import dev.schemaproof.prove.data.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a pattern means, computed from the rows in the plainest way: each row is looked at, each condition compared. Absent values fulfil
 * no comparison, as in SQL; texts sort by their code points.
 */
final class PlainAnswer {

    private static final KeyFormat PLAIN = new KeyFormat.Plain();

    private final Paths paths;
    private final RowSet rows;
    private final Map<String, Argument> arguments;

    /** What a parameter is: one value, or a list of them. */
    record Argument(List<String> values, boolean list) {

        Argument {
            values = List.copyOf(values);
        }

        static Argument of(String value) {
            return new Argument(List.of(value), false);
        }

        String value() {
            return values.get(0);
        }
    }

    PlainAnswer(Paths paths, RowSet rows, Map<String, Argument> arguments) {
        this.paths = paths;
        this.rows = rows;
        this.arguments = Map.copyOf(arguments);
    }

    /** The rows that the pattern wants, all of them and in its order. */
    List<Row> rows(Read pattern, Entity entity) {
        var found = new ArrayList<>(rows.of(entity).stream()
                .filter(row -> holds(pattern.where(), row))
                .toList());
        if (pattern.find() != Find.COUNT) {
            found.sort(order(pattern.orderBy()));
        }
        return found;
    }

    /** The rows of another entity that refer to one by a role, in their order. */
    List<Row> referring(Entity entity, Include include, Row to) {
        var reference = entity.reference(include.by().value()).orElseThrow();
        var found = new ArrayList<>(rows.of(entity).stream()
                .filter(row -> rows.target(row, reference).filter(to::equals).isPresent())
                .toList());
        found.sort(order(include.orderBy()));
        return found;
    }

    /** The order of the rows; zero for those that may come in any order. */
    Comparator<Row> order(List<Order> orders) {
        return (left, right) -> {
            for (var order : orders) {
                var difference = compare(order, left, right);
                if (difference != 0) {
                    return difference;
                }
            }
            return 0;
        };
    }

    private int compare(Order order, Row left, Row right) {
        var path = path(left, order.attribute().value());
        var first = rows.value(left, path.canonical());
        var second = rows.value(right, path.canonical());
        if (first.isEmpty() || second.isEmpty()) {
            var difference = Boolean.compare(first.isPresent(), second.isPresent());
            return order.nullsStandFirst() ? difference : -difference;
        }
        var difference = compare(path.type(), first.get(), second.get());
        return order.descending() ? -difference : difference;
    }

    private ResolvedPath path(Row row, String text) {
        return paths.find(row.entity(), text).orElseThrow();
    }

    boolean holds(List<Condition> conditions, Row row) {
        return conditions.stream().allMatch(condition -> holds(condition, row));
    }

    private boolean holds(Condition condition, Row row) {
        var path = path(row, condition.attribute().value());
        var value = rows.value(row, path.canonical());
        var type = path.type();
        return switch (condition.operator()) {
            case IS_NULL -> value.isEmpty();
            case IS_NOT_NULL -> value.isPresent();
            case MATCHES -> throw new IllegalStateException("full-text search was refused before");
            default -> value.isPresent() && holds(condition, type, value.get());
        };
    }

    private boolean holds(Condition condition, ValueType type, String value) {
        var operands = operands(condition, type);
        if (operands.isEmpty()) {
            return false;
        }
        var first = operands.get(0);
        return switch (condition.operator()) {
            case EQUAL -> compare(type, value, first) == 0;
            case NOT_EQUAL -> compare(type, value, first) != 0;
            case LESS -> compare(type, value, first) < 0;
            case LESS_OR_EQUAL -> compare(type, value, first) <= 0;
            case GREATER -> compare(type, value, first) > 0;
            case GREATER_OR_EQUAL -> compare(type, value, first) >= 0;
            case BETWEEN -> compare(type, value, first) >= 0 && compare(type, value, operands.get(1)) <= 0;
            case IN -> operands.stream().anyMatch(operand -> compare(type, value, operand) == 0);
            case STARTS_WITH -> value.startsWith(first);
            case CONTAINS ->
                type.declared() instanceof DataType.Array
                        ? WireValues.list(value).contains(first)
                        : value.contains(first);
            default -> throw new IllegalStateException("no comparison: " + condition.operator());
        };
    }

    private List<String> operands(Condition condition, ValueType type) {
        var values = new ArrayList<String>();
        for (var operand : condition.operands()) {
            if (operand instanceof Operand.Parameter parameter) {
                Optional.ofNullable(arguments.get(parameter.name())).ifPresent(given -> values.addAll(given.values()));
            } else {
                var written = operand instanceof Operand.Text text ? text.value() : ((Operand.Plain) operand).value();
                values.add(PLAIN.write(type, written).orElse(written));
            }
        }
        return values;
    }

    /** Negative, zero or positive as the first value is less than, equal to or greater than the second. */
    static int compare(ValueType type, String left, String right) {
        return switch (type.kind()) {
            case INTEGER, DECIMAL, FLOAT -> new BigDecimal(left).compareTo(new BigDecimal(right));
            case UUID, BOOLEAN, INET -> left.toLowerCase(Locale.ROOT).compareTo(right.toLowerCase(Locale.ROOT));
            // Moments are made up with as many digits each, so that their texts sort as they do
            default -> compareTexts(left, right);
        };
    }

    private static int compareTexts(String left, String right) {
        var a = left.codePoints().toArray();
        var b = right.codePoints().toArray();
        return Arrays.compare(a, b);
    }
}
