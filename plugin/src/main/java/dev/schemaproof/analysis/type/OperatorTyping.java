package dev.schemaproof.analysis.type;

import dev.schemaproof.analysis.type.TypeFlaw.Kind;
import dev.schemaproof.dialect.postgresql.CatalogFacts;
import dev.schemaproof.sql.Span;
import dev.schemaproof.sql.SqlExpression;
import java.util.ArrayList;
import java.util.List;

/** Infers what operators give. */
final class OperatorTyping {

    private final TypeSystem types;
    private final Typing typing;

    OperatorTyping(TypeSystem types, Typing typing) {
        this.types = types;
        this.typing = typing;
    }

    /**
     * The result of an operator.
     *
     * @param expressions the operands as far as they stand in the text
     */
    Typed typed(String operator, List<SqlExpression> expressions, List<Typed> operands, Span span) {
        var known =
                operands.stream().flatMap(operand -> operand.type().stream()).toList();
        if (known.size() < operands.size()) {
            return Typing.all(Typed.NOTHING, operands);
        }
        var candidates = types.reachable().operators(operator).stream()
                .filter(candidate -> candidate.left().isPresent() == (operands.size() == 2))
                .map(OperatorTyping::overload)
                .toList();
        var overloads = new Overloads<>(types, assumed(known, candidates), candidates);
        if (overloads.isNone()) {
            if (!types.isOpen() && known.stream().noneMatch(this::isForeign)) {
                typing.flaw(incomparable(operator, known, span), expressions);
            }
            return Typing.all(Typed.NOTHING, operands);
        }
        var chosen = overloads.chosen();
        if (chosen.isEmpty()) {
            return Typing.all(Typed.NOTHING, operands);
        }
        if (known.contains(SqlType.ROW) && expressions.stream().anyMatch(Typing::isText)) {
            typing.flaw(incomparable(operator, known, span), expressions);
        }
        var fit = new Polymorphism(types, chosen.get().arguments(), known);
        for (var i = 0; i < expressions.size(); i++) {
            if (known.get(i).isUnknown()) {
                var expression = expressions.get(i);
                fit.resolved(chosen.get().arguments().get(i)).ifPresent(type -> typing.literal(expression, type));
            }
        }
        var volatility = volatility(operator, known, chosen.get()).and(typing.coercions(known, chosen.get()));
        var typed = Typing.all(Typed.of(fit.resolved(chosen.get().result()), volatility), operands)
                .causedAt(span);
        return expressions.stream().anyMatch(Typing::isNull) ? typed.folded() : typed;
    }

    /** Whatever is joined to a text is made a text first, in a function that the planner looks into. */
    private Volatility volatility(String operator, List<SqlType> given, Overload<CatalogFacts.Operator> chosen) {
        var joined = chosen.arguments().indexOf("anynonarray");
        return operator.equals("||") && joined >= 0
                ? types.cast(given.get(joined), SqlType.TEXT).orElse(Volatility.UNKNOWN)
                : Volatility.of(chosen.volatility());
    }

    /** A text beside another operand is first taken to be of that one's type. */
    private static List<SqlType> assumed(List<SqlType> known, List<Overload<CatalogFacts.Operator>> candidates) {
        if (known.size() == 2 && known.get(0).isUnknown() != known.get(1).isUnknown()) {
            var one = known.get(known.get(0).isUnknown() ? 1 : 0);
            var wanted = List.of(one.name(), one.name());
            if (!one.own()
                    && candidates.stream()
                            .anyMatch(candidate -> candidate.arguments().equals(wanted))) {
                return List.of(one, one);
            }
        }
        return known;
    }

    private static Overload<CatalogFacts.Operator> overload(CatalogFacts.Operator operator) {
        var arguments = new ArrayList<String>();
        operator.left().ifPresent(arguments::add);
        arguments.add(operator.right());
        return new Overload<>(arguments, operator.result(), operator.volatility(), operator);
    }

    /** Whether it is nothing of which all operators are known. */
    private boolean isForeign(SqlType type) {
        return !type.own()
                && !type.isUnknown()
                && !type.equals(SqlType.ROW)
                && types.category(type.element().orElse(type)) == 'P';
    }

    private TypeFlaw incomparable(String operator, List<SqlType> operands, Span span) {
        if (operands.size() == 1) {
            return TypeFlaw.of(
                    Kind.INCOMPATIBLE_TYPES,
                    span,
                    "there is no operator `" + operator + " " + operands.get(0) + "`",
                    "cast the value to a type that has it");
        }
        var left = operands.get(0);
        var right = operands.get(1);
        var summary = "there is no operator `" + shown(left) + " " + operator + " " + shown(right) + "`";
        if (operands.contains(SqlType.ROW)) {
            return TypeFlaw.of(
                    Kind.INCOMPATIBLE_TYPES,
                    span,
                    summary + ": the name of a table stands for its whole row",
                    "name one of its attributes; a text stands between single quotes");
        }
        return TypeFlaw.of(
                Kind.INCOMPATIBLE_TYPES,
                span,
                summary,
                left.isUnknown() || right.isUnknown()
                        ? "cast one side to a type that has it"
                        : "give both sides one type: cast with `::" + left + "` or `::" + right + "`");
    }

    private static String shown(SqlType type) {
        return type.isUnknown() ? "text" : type.equals(SqlType.ROW) ? "row" : type.toString();
    }
}
