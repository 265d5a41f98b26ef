package dev.schemaproof.prove.keyvalue;

import dev.schemaproof.analysis.keyvalue.Paths;
import dev.schemaproof.analysis.keyvalue.ResolvedPath;
import dev.schemaproof.analysis.keyvalue.ValueType;
import dev.schemaproof.model.Condition;
import dev.schemaproof.model.Condition.Operand;
import dev.schemaproof.model.Condition.Operator;
import dev.schemaproof.model.DataType;
import dev.schemaproof.prove.data.Row;
import dev.schemaproof.prove.keyvalue.PlainAnswer.Argument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Chooses values for the parameters of conditions: mostly those of a row, so that something is found, and else others. */
final class Arguments {

    private static final double FOREIGN = 0.15;
    private static final int MOST_LISTED = 4;

    private final Paths paths;
    private final RowInventor inventor;
    private final SplittableRandom random;

    Arguments(Paths paths, RowInventor inventor) {
        this.paths = paths;
        this.inventor = inventor;
        this.random = inventor.random();
    }

    /**
     * Values for every parameter of the conditions.
     *
     * @param row the row whose values are taken, mostly
     * @param foreign whether now and then another value is
     */
    Map<String, Argument> draw(List<Condition> conditions, RowSet rows, Row row, boolean foreign) {
        var arguments = new LinkedHashMap<String, Argument>();
        for (var condition : conditions) {
            var path = paths.find(row.entity(), condition.attribute().value()).orElseThrow();
            for (var operand : condition.operands()) {
                if (operand instanceof Operand.Parameter parameter) {
                    arguments.computeIfAbsent(parameter.name(), name -> argument(condition, path, rows, row, foreign));
                }
            }
        }
        return arguments;
    }

    private Argument argument(Condition condition, ResolvedPath path, RowSet rows, Row row, boolean foreign) {
        var own = rows.value(row, path.canonical());
        var elsewhere = foreign && random.nextDouble() < FOREIGN;
        var value = own.filter(found -> !elsewhere).orElseGet(() -> other(path, rows, row));
        if (condition.operator() == Operator.IN && condition.operands().size() == 1) {
            var values = new ArrayList<String>();
            for (var i = random.nextInt(MOST_LISTED); i > 0; i--) {
                values.add(other(path, rows, row));
            }
            if (!elsewhere) {
                values.add(random.nextInt(values.size() + 1), value);
            }
            return new Argument(values, true);
        }
        return Argument.of(
                switch (condition.operator()) {
                    case STARTS_WITH -> beginning(value);
                    case CONTAINS -> part(path.type(), value);
                    default -> value;
                });
    }

    private String other(ResolvedPath path, RowSet rows, Row row) {
        var all = rows.of(row.entity());
        return random.nextBoolean()
                ? rows.value(all.get(random.nextInt(all.size())), path.canonical())
                        .orElseGet(() -> inventor.inventor(path).any(random))
                : inventor.inventor(path).any(random);
    }

    /** Never empty: that would ask for everything. */
    private String beginning(String value) {
        var length = value.codePointCount(0, value.length());
        return length == 0 ? "a" : value.substring(0, value.offsetByCodePoints(0, 1 + random.nextInt(length)));
    }

    private String part(ValueType type, String value) {
        if (type.declared() instanceof DataType.Array) {
            var elements = WireValues.list(value);
            return elements.isEmpty() ? "a" : elements.get(random.nextInt(elements.size()));
        }
        var points = value.codePoints().toArray();
        if (points.length == 0) {
            return "a";
        }
        var from = random.nextInt(points.length);
        return new String(points, from, 1 + random.nextInt(points.length - from));
    }
}
