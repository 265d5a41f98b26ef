package dev.schemaproof.yaml;

import dev.schemaproof.model.AccessPattern.Order;
import dev.schemaproof.model.Condition;
import dev.schemaproof.model.Condition.Operand;
import dev.schemaproof.model.Condition.Operator;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The small grammar of structured conditions and orders: {@code created_at >= :since}, {@code created_at desc}. */
final class ConditionText {

    static final String PATH = "[\\p{L}_][\\p{L}\\p{N}_]*(?:\\.[\\p{L}_][\\p{L}\\p{N}_]*+)*+";

    private static final Pattern CONDITION = Pattern.compile(
            "\\s*(" + PATH
                    + ")\\s*(<=|>=|<>|=|<|>|(?i:\\bis\\s+not\\s+null\\b|\\bis\\s+null\\b|\\bin\\b|\\bbetween\\b|\\bstarts\\s+with\\b|\\bcontains\\b|\\bmatches\\b))\\s*((?:.*\\S)?)\\s*",
            Pattern.DOTALL);

    private static final Pattern BETWEEN = Pattern.compile("(.+?)(?<!\\s)\\s+(?i:and)\\s+(.+)", Pattern.DOTALL);
    private static final Pattern OPERAND = Pattern.compile(
            ":([\\p{L}_][\\p{L}\\p{N}_]*)|'((?:[^']|'')*+)'|([-+]?[0-9]+(?:\\.[0-9]+)?|true|false)|([\\p{L}_][\\p{L}\\p{N}_-]*)");

    private static final Pattern ORDER =
            Pattern.compile("\\s*(" + PATH + ")(?:\\s+(?i:(asc|desc)))?(?:\\s+(?i:nulls\\s+(first|last)))?\\s*");

    private static final String OPERATORS =
            "=, <, <=, >, >=, <>, in, between, starts with, contains, matches, is null, is not null";

    private ConditionText() {}

    static final Shape<Condition> CONDITION_OF = Scalars.of("a condition", Scalars.any(), (scalar, reading) -> {
        var source = scalar.source();
        var match = CONDITION.matcher(source.value());
        if (!match.matches()) {
            reading.report(
                    Flaw.MALFORMED_VALUE,
                    scalar.at(),
                    "`" + source.value().strip() + "` is no condition",
                    "a condition is `attribute operator value`, with the operators " + OPERATORS
                            + "; values are `:parameter`, `'text'` or a number");
            return Optional.empty();
        }
        var attribute = new Located<>(match.group(1), source.locate(match.start(1), match.end(1)));
        var operator = operator(match.group(2));
        var operands = operands(operator, source.part(match.start(3), match.end(3)), reading);
        return operands.map(values -> new Condition(attribute, operator, values, scalar.at()));
    });

    static final Shape<Order> ORDER_OF = Scalars.of("a sort key", Scalars.any(), (scalar, reading) -> {
        var source = scalar.source();
        var match = ORDER.matcher(source.value());
        if (!match.matches()) {
            reading.report(
                    Flaw.MALFORMED_VALUE,
                    scalar.at(),
                    "`" + source.value().strip() + "` is no sort key",
                    "write an attribute, then `asc` or `desc`, then `nulls first` or `nulls last` where it matters");
            return Optional.empty();
        }
        return Optional.of(new Order(
                new Located<>(match.group(1), source.locate(match.start(1), match.end(1))),
                "desc".equalsIgnoreCase(match.group(2)),
                Optional.ofNullable(match.group(3)).map("first"::equalsIgnoreCase)));
    });

    private static Operator operator(String text) {
        var word = text.toLowerCase(java.util.Locale.ROOT).replaceAll("\\s+", " ");
        for (var operator : Operator.values()) {
            if (operator.text().equals(word)) {
                return operator;
            }
        }
        throw new IllegalStateException("the pattern knows an operator that the model doesn't: " + text);
    }

    private static Optional<List<Operand>> operands(Operator operator, SourceText text, Reading reading) {
        return switch (operator) {
            case IS_NULL, IS_NOT_NULL ->
                text.value().isEmpty()
                        ? Optional.of(List.of())
                        : malformed(text, "nothing stands behind `" + operator.text() + "`", reading);
            case BETWEEN -> between(text, reading);
            case IN -> in(text, reading);
            default -> operand(text, reading).map(List::of);
        };
    }

    private static Optional<List<Operand>> between(SourceText text, Reading reading) {
        var match = BETWEEN.matcher(text.value());
        if (!match.matches()) {
            return malformed(text, "write `between :low and :high`", reading);
        }
        var low = operand(text.part(match.start(1), match.end(1)), reading);
        var high = operand(text.part(match.start(2), match.end(2)), reading);
        return low.flatMap(first -> high.map(second -> List.of(first, second)));
    }

    private static Optional<List<Operand>> in(SourceText text, Reading reading) {
        var value = text.value();
        if (!(value.startsWith("(") && value.endsWith(")"))) {
            return operand(text, reading).map(List::of);
        }
        var operands = new ArrayList<Operand>();
        var begin = 1;
        for (var i = 1; i < value.length(); i++) {
            if (value.charAt(i) == '\'') {
                var close = value.indexOf('\'', i + 1);
                i = close < 0 ? value.length() - 2 : close;
            } else if (value.charAt(i) == ',' || i == value.length() - 1) {
                var operand = operand(strip(text.part(begin, i)), reading);
                if (operand.isEmpty()) {
                    return Optional.empty();
                }
                operands.add(operand.get());
                begin = i + 1;
            }
        }
        return Optional.of(operands);
    }

    private static SourceText strip(SourceText text) {
        var value = text.value();
        var begin = value.length() - value.stripLeading().length();
        return text.part(begin, Math.max(begin, value.stripTrailing().length()));
    }

    private static Optional<Operand> operand(SourceText text, Reading reading) {
        var match = OPERAND.matcher(text.value());
        if (!match.matches()) {
            reading.report(
                    Flaw.MALFORMED_VALUE,
                    text.at(),
                    text.value().isEmpty()
                            ? "the condition compares with nothing"
                            : "`" + text.value() + "` is no value",
                    "values are `:parameter`, `'text'`, a number, `true` or `false`");
            return Optional.empty();
        }
        if (match.group(1) != null) {
            return Optional.of(new Operand.Parameter(match.group(1)));
        }
        if (match.group(2) != null) {
            return Optional.of(new Operand.Text(match.group(2).replace("''", "'")));
        }
        return Optional.of(
                match.group(3) != null ? new Operand.Plain(match.group(3)) : new Operand.Text(match.group(4)));
    }

    private static Optional<List<Operand>> malformed(SourceText text, String help, Reading reading) {
        reading.report(Flaw.MALFORMED_VALUE, text.at(), "`" + text.value() + "` can't stand here", help);
        return Optional.empty();
    }
}
