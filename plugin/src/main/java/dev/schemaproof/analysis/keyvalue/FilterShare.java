package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Condition;
import dev.schemaproof.model.Condition.Operand;
import dev.schemaproof.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How much of what is read a filter keeps, by what is declared of the values.
 *
 * @param at the condition that drops most
 * @param attribute what it compares
 * @param kept the share of rows that pass, 0 to 1
 * @param reasons the declared facts, in words
 */
public record FilterShare(Location at, String attribute, double kept, List<String> reasons) {

    public FilterShare {
        reasons = List.copyOf(reasons);
    }

    /** Of a served read; nothing where no condition of its filter has declared values. */
    public static Optional<FilterShare> of(Model model, Resolution.Served served) {
        var paths = new Paths(model);
        var kept = 1.0;
        var least = 1.0;
        Optional<Condition> strictest = Optional.empty();
        var reasons = new ArrayList<String>();
        for (var condition : served.residual()) {
            var path = paths.find(served.item().entity(), condition.attribute().value());
            var share = path.map(found -> share(condition, found)).orElse(OptionalDouble.empty());
            if (share.isPresent()) {
                kept *= share.getAsDouble();
                reasons.add(reason(condition, share.getAsDouble()));
                if (share.getAsDouble() < least) {
                    least = share.getAsDouble();
                    strictest = Optional.of(condition);
                }
            }
        }
        var total = kept;
        return strictest.map(condition ->
                new FilterShare(condition.at(), condition.attribute().value(), total, reasons));
    }

    private static String reason(Condition condition, double share) {
        return "`" + condition.attribute() + " " + condition.operator().text() + "` holds for "
                + Math.round(share * 1000) / 10.0 + " %";
    }

    private static OptionalDouble share(Condition condition, ResolvedPath path) {
        var values = path.attribute().values();
        return switch (condition.operator()) {
            case EQUAL -> equal(condition.operands().get(0), path, values);
            case IS_NULL -> values.nulls();
            case IS_NOT_NULL ->
                values.nulls().isPresent()
                        ? OptionalDouble.of(1 - values.nulls().getAsDouble())
                        : OptionalDouble.empty();
            default -> OptionalDouble.empty();
        };
    }

    private static OptionalDouble equal(Operand operand, ResolvedPath path, Attribute.Values values) {
        if (operand instanceof Operand.Parameter) {
            return average(path, values);
        }
        var text = operand instanceof Operand.Text given ? given.value() : ((Operand.Plain) operand).value();
        var share = values.skew().get(text);
        if (share != null) {
            return OptionalDouble.of(share);
        }
        var count = count(path, values);
        var others =
                values.skew().values().stream().mapToDouble(Double::doubleValue).sum();
        return count.isPresent()
                ? OptionalDouble.of(Math.max(0, 1 - others)
                        / Math.max(1, count.getAsDouble() - values.skew().size()))
                : OptionalDouble.empty();
    }

    /** Of a value that isn't known before: the average over all values. */
    private static OptionalDouble average(ResolvedPath path, Attribute.Values values) {
        var count = count(path, values);
        return count.isPresent() ? OptionalDouble.of(1 / count.getAsDouble()) : OptionalDouble.empty();
    }

    private static OptionalDouble count(ResolvedPath path, Attribute.Values values) {
        if (values.distinct().isPresent()) {
            return OptionalDouble.of((double) Math.max(1, values.distinct().getAsLong()));
        }
        return path.type().kind() == ValueType.Kind.ENUMERATION
                ? OptionalDouble.of(Math.max(1, path.type().labels().size()))
                : OptionalDouble.empty();
    }
}
