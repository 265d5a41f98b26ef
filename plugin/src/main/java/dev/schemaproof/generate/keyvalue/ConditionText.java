package dev.schemaproof.generate.keyvalue;

import dev.schemaproof.model.Condition;
import dev.schemaproof.model.Condition.Operand;
import java.util.stream.Collectors;

/** Conditions in the language's own words. */
final class ConditionText {

    private ConditionText() {}

    static String of(Condition condition) {
        var operands = condition.operands().stream().map(ConditionText::of).toList();
        var start = condition.attribute() + " " + condition.operator().text();
        return switch (condition.operator()) {
            case IS_NULL, IS_NOT_NULL -> start;
            case BETWEEN -> start + " " + String.join(" and ", operands);
            case IN ->
                operands.size() == 1 && operands.get(0).startsWith(":")
                        ? start + " " + operands.get(0)
                        : start + operands.stream().collect(Collectors.joining(", ", " (", ")"));
            default -> start + " " + operands.get(0);
        };
    }

    private static String of(Operand operand) {
        if (operand instanceof Operand.Parameter parameter) {
            return ":" + parameter.name();
        }
        return operand instanceof Operand.Text text
                ? "'" + text.value().replace("'", "''") + "'"
                : ((Operand.Plain) operand).value();
    }
}
