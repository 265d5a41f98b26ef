package dev.schemaproof.analysis.type;

import dev.schemaproof.analysis.type.TypeFlaw.Kind;
import dev.schemaproof.sql.PositionalSql;
import dev.schemaproof.sql.Span;
import dev.schemaproof.sql.SqlExpression;
import dev.schemaproof.sql.SqlExpression.Literal;
import dev.schemaproof.sql.SqlQuery;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Infers the types within one expression and notes what PostgreSQL would refuse. What is not certain is not judged. */
final class Typing {

    private static final BigInteger MAX_INT = BigInteger.valueOf(Integer.MAX_VALUE);
    private static final BigInteger MAX_BIGINT = BigInteger.valueOf(Long.MAX_VALUE);

    /** Decimal numbers without a point or an exponent. */
    private static final String DIGITS = "-?[0-9]+";

    private final TypeSystem types;
    private final String sql;
    private final Function<SqlExpression.Column, Optional<SqlType>> columns;
    private final Literals literals;
    private final CallTyping calls;
    private final OperatorTyping operators;
    private final Function<SqlQuery, Optional<SqlType>> queries;
    /** Where each parameter got its type. */
    private final Map<String, Use> parameters = new HashMap<>();

    private final Set<String> mentioned = new HashSet<>();
    private final List<SqlExpression.Parameter> untyped = new ArrayList<>();
    private final List<TypeFlaw> flaws = new ArrayList<>();
    private final IdentityHashMap<SqlExpression, SqlType> found = new IdentityHashMap<>();

    /**
     * @param sql the text
     * @param columns the types of columns, where they are known
     */
    Typing(TypeSystem types, Literals literals, String sql, Function<SqlExpression.Column, Optional<SqlType>> columns) {
        this(types, literals, sql, columns, query -> Optional.empty());
    }

    /**
     * Within a statement.
     *
     * @param queries judges a query within an expression, and answers the type of its column if it has one
     */
    Typing(
            TypeSystem types,
            Literals literals,
            String sql,
            Function<SqlExpression.Column, Optional<SqlType>> columns,
            Function<SqlQuery, Optional<SqlType>> queries) {
        this.types = types;
        this.queries = queries;
        this.literals = literals;
        this.sql = sql;
        this.columns = columns;
        calls = new CallTyping(types, this);
        operators = new OperatorTyping(types, this);
    }

    /** What made a parameter's type what it is. */
    private record Use(SqlType type, Span span) {}

    List<TypeFlaw> flaws() {
        return flaws;
    }

    void flaw(TypeFlaw flaw) {
        flaws.add(flaw);
    }

    /** Notes a flaw of operands, one of which may be a parameter that got its type elsewhere. */
    void flaw(TypeFlaw flaw, List<SqlExpression> operands) {
        for (var operand : operands) {
            if (operand instanceof SqlExpression.Parameter parameter && parameters.containsKey(parameter.name())) {
                var use = parameters.get(parameter.name());
                flaw(flaw.ofParameter(parameter.name(), use.type(), use.span()));
                return;
            }
        }
        flaw(flaw);
    }

    String text(Span span) {
        return span.of(sql);
    }

    /** IS NULL takes whatever stands there, so that it doesn't tell a type; PostgreSQL wants to know it there, not only further on. */
    private void nullTest(SqlExpression.Parameter parameter) {
        // What stands before it may be something that isn't understood here
        var first = !PositionalSql.of(sql.substring(0, parameter.span().begin()))
                .parameterNames()
                .contains(parameter.name());
        if (first && !mentioned.contains(parameter.name())) {
            untyped.add(parameter);
        }
    }

    /** Notes the parameters that have no type where they stand first; to be called when all of them have been seen. */
    void untyped() {
        for (var parameter : untyped) {
            var name = ":" + parameter.name();
            var later = Optional.ofNullable(parameters.get(parameter.name()));
            flaw(TypeFlaw.of(
                    Kind.INCOMPATIBLE_TYPES,
                    parameter.span(),
                    "nothing tells the type of `" + name + "` "
                            + (later.isPresent() ? "where it stands first" : "anywhere"),
                    "cast it: `" + name + "::" + later.map(Use::type).orElse(SqlType.TEXT) + "`"));
        }
    }

    /** The type that was found for an expression. */
    Optional<SqlType> found(SqlExpression expression) {
        return Optional.ofNullable(found.get(expression));
    }

    /** The type of a column that gets a value. */
    Optional<SqlType> column(SqlExpression.Column column) {
        return columns.apply(column);
    }

    /** The type of an expression. */
    Typed type(SqlExpression expression) {
        var typed = infer(expression);
        typed.type().ifPresent(type -> found.put(expression, type));
        return typed;
    }

    private Typed infer(SqlExpression expression) {
        if (expression instanceof Literal literal) {
            return Typed.of(literal(literal), Volatility.IMMUTABLE);
        } else if (expression instanceof SqlExpression.Column column) {
            return Typed.of(columns.apply(column), Volatility.IMMUTABLE);
        } else if (expression instanceof SqlExpression.Cast cast) {
            return cast(cast);
        } else if (expression instanceof SqlExpression.Operation operation) {
            return operation(operation);
        } else if (expression instanceof SqlExpression.Call call) {
            return calls.call(call);
        } else if (expression instanceof SqlExpression.Form form) {
            return form(form);
        } else if (expression instanceof SqlExpression.Like like) {
            return like(like);
        } else if (expression instanceof SqlExpression.Between between) {
            var bool = Typed.constant(SqlType.BOOL);
            var operand = type(between.operand());
            return bool.after(operator(
                            ">=",
                            List.of(between.operand(), between.low()),
                            List.of(operand, type(between.low())),
                            between.span()))
                    .after(operator(
                            "<=",
                            List.of(between.operand(), between.high()),
                            List.of(operand, type(between.high())),
                            between.span()));
        } else if (expression instanceof SqlExpression.InValues in) {
            return in(in);
        } else if (expression instanceof SqlExpression.And
                || expression instanceof SqlExpression.Or
                || expression instanceof SqlExpression.Not
                || expression instanceof SqlExpression.TruthTest) {
            return conditions(expression);
        } else if (expression instanceof SqlExpression.NullTest test) {
            if (test.operand() instanceof SqlExpression.Parameter parameter) {
                nullTest(parameter);
            }
            return Typed.constant(SqlType.BOOL).after(type(test.operand()));
        } else if (expression instanceof SqlExpression.Parameter parameter) {
            var use = parameters.get(parameter.name());
            mentioned.add(parameter.name());
            return Typed.of(Optional.of(use == null ? SqlType.UNKNOWN : use.type()), Volatility.UNKNOWN);
        } else if (expression instanceof SqlExpression.InQuery in) {
            var operand = type(in.operand());
            var values = Typed.of(queries.apply(in.values()), Volatility.UNKNOWN);
            operator("=", List.of(in.operand()), List.of(operand, values), in.span());
            return Typed.of(Optional.of(SqlType.BOOL), Volatility.UNKNOWN);
        } else if (expression instanceof SqlExpression.Exists exists) {
            return Typed.of(Optional.of(SqlType.BOOL), Volatility.UNKNOWN)
                    .after(Typed.of(queries.apply(exists.rows()), Volatility.UNKNOWN));
        } else if (expression instanceof SqlExpression.Subquery subquery) {
            var value = queries.apply(subquery.value());
            return Typed.of(subquery.array() ? value.map(SqlType::array) : value, Volatility.UNKNOWN);
        }
        expression.children().forEach(this::type);
        return Typed.NOTHING;
    }

    /** Notes it where a condition is wanted and the expression is none. */
    Typed condition(SqlExpression expression, String place) {
        var typed = type(expression);
        typed.type().ifPresent(type -> {
            if (type.isUnknown()) {
                literal(expression, SqlType.BOOL);
            } else if (!type.equals(SqlType.BOOL)) {
                flaw(TypeFlaw.of(
                        Kind.NO_CONDITION,
                        expression.span(),
                        "`" + text(expression.span()) + "` is `" + type + "`, and " + place + " is a condition",
                        "compare it with something, such as `" + text(expression.span()) + " " + example(type) + "`"));
            }
        });
        return typed;
    }

    private String example(SqlType type) {
        return types.category(type) == 'N' ? "<> 0" : types.isString(type) ? "<> ''" : "is not null";
    }

    private Typed conditions(SqlExpression expression) {
        var whole = Typed.constant(SqlType.BOOL);
        for (var operand : expression.children()) {
            whole = whole.after(condition(operand, "what is combined here"));
        }
        return expression.children().stream().anyMatch(Literal.class::isInstance) ? whole.folded() : whole;
    }

    private Optional<SqlType> literal(Literal literal) {
        return switch (literal.kind()) {
            case NULL -> Optional.of(SqlType.UNKNOWN);
            case BOOLEAN -> Optional.of(SqlType.BOOL);
            case TEXT ->
                switch (first(literal.span())) {
                    case 'b', 'B', 'x', 'X' -> Optional.of(SqlType.builtIn("bit"));
                    case 'n', 'N' -> Optional.of(SqlType.builtIn("bpchar"));
                    case ' ' -> Optional.empty();
                    default -> Optional.of(SqlType.UNKNOWN);
                };
            case NUMBER -> number(literal.value());
        };
    }

    private char first(Span span) {
        // The place of some is not known
        return span.end() > span.begin() ? sql.charAt(span.begin()) : ' ';
    }

    private static Optional<SqlType> number(String digits) {
        if (!digits.matches(DIGITS)) {
            return digits.toLowerCase(Locale.ROOT).matches("-?[0-9]*\\.?[0-9]*(e[+-]?[0-9]+)?")
                    ? Optional.of(SqlType.builtIn("numeric"))
                    : Optional.empty();
        }
        var magnitude = new BigInteger(digits).abs();
        var name =
                magnitude.compareTo(MAX_INT) <= 0 ? "int4" : magnitude.compareTo(MAX_BIGINT) <= 0 ? "int8" : "numeric";
        return Optional.of(SqlType.builtIn(name));
    }

    private Typed cast(SqlExpression.Cast cast) {
        var operand = type(cast.operand());
        var target = types.written(cast.type());
        if (target.isEmpty()) {
            return Typed.NOTHING.after(operand);
        }
        if (operand.type().isEmpty()) {
            return Typed.of(target, Volatility.UNKNOWN).after(operand);
        }
        var source = operand.type().get();
        if (source.isUnknown()) {
            literal(cast.operand(), target.get());
            return Typed.of(target, Volatility.IMMUTABLE);
        }
        var volatility = types.cast(source, target.get());
        if (volatility.isEmpty() && isJudged(source, target.get()) && !types.isOpen()) {
            flaw(TypeFlaw.of(
                    Kind.INCOMPATIBLE_TYPES,
                    cast.span(),
                    "`" + source + "` can't be cast to `" + target.get() + "`",
                    "cast it through `text`, or compute the value in another way"));
        }
        return Typed.of(target, volatility.orElse(Volatility.UNKNOWN))
                .after(operand)
                .causedAt(cast.span());
    }

    /** Arrays are cast element by element in more ways than are known here. */
    private static boolean isJudged(SqlType source, SqlType target) {
        return !source.isArray() && !target.isArray();
    }

    /**
     * What has no type of its own gets the one that is wanted: a parameter, or a constant, which is noted if the type doesn't have
     * it.
     */
    void literal(SqlExpression expression, SqlType type) {
        if (expression instanceof SqlExpression.Parameter parameter) {
            parameter(parameter, type);
        } else if (expression instanceof Literal literal
                && literal.kind() == Literal.Kind.TEXT
                && "'$eE".indexOf(first(literal.span())) >= 0) {
            literals.problem(type, literal.value())
                    .ifPresent(problem -> flaw(TypeFlaw.of(
                            Kind.MALFORMED_LITERAL,
                            literal.span(),
                            "`" + text(literal.span()) + "` is no `" + type + "`" + problem.detail(),
                            problem.help())));
        }
    }

    /** PostgreSQL decides on a parameter once, where it is used first. */
    private void parameter(SqlExpression.Parameter parameter, SqlType type) {
        var use = parameters.putIfAbsent(parameter.name(), new Use(type, parameter.span()));
        if (use != null && !use.type().equals(type)) {
            flaw(TypeFlaw.of(
                            Kind.INCOMPATIBLE_TYPES,
                            parameter.span(),
                            "`" + type + "` is wanted here, and one parameter has one type",
                            "")
                    .ofParameter(parameter.name(), use.type(), use.span()));
        }
    }

    private Typed operation(SqlExpression.Operation operation) {
        var operator = operation.operator();
        if (operator.equals("is distinct from") || operator.equals("is not distinct from")) {
            operator = "=";
        }
        var operands = operation.operands();
        if (operands.size() == 2 && operands.get(1) instanceof SqlExpression.Quantified quantified) {
            var left = type(operands.get(0));
            var right = quantified.array().map(this::type).orElse(Typed.NOTHING);
            // A text stands for a whole array there, and what is no array is left to the database
            var element = new Typed(
                    quantified.query().isPresent()
                            ? quantified.query().flatMap(queries)
                            : right.type().flatMap(SqlType::element),
                    right.volatility(),
                    right.cause());
            if (right.type().filter(SqlType::isUnknown).isPresent()) {
                left.type()
                        .filter(type -> !type.isUnknown() && !type.isArray())
                        .ifPresent(type -> quantified.array().ifPresent(array -> literal(array, type.array())));
            }
            return element.type().isEmpty()
                    ? Typed.of(Optional.of(SqlType.BOOL), Volatility.UNKNOWN)
                            .after(left)
                            .after(right)
                    : operator(operator, List.of(operands.get(0)), List.of(left, element), operation.span());
        }
        if (!operator.matches("[-+*/<>=~!@#%^&|`?]+")) {
            operands.forEach(this::type);
            return Typed.NOTHING;
        }
        return operator(operator, operands, operands.stream().map(this::type).toList(), operation.span());
    }

    /**
     * The result of an operator.
     *
     * @param expressions the operands as far as they stand in the text
     */
    Typed operator(String operator, List<SqlExpression> expressions, List<Typed> operands, Span span) {
        return operators.typed(operator, expressions, operands, span);
    }

    static boolean isText(SqlExpression expression) {
        return expression instanceof Literal literal && literal.kind() == Literal.Kind.TEXT;
    }

    /** Most functions and operators of nothing give nothing, which the planner sees before anybody asks how stable they are. */
    static boolean isNull(SqlExpression expression) {
        return expression instanceof Literal literal && literal.kind() == Literal.Kind.NULL
                || expression instanceof SqlExpression.Cast cast && isNull(cast.operand());
    }

    /** How stable it is to make the values what is wanted. */
    Volatility coercions(List<SqlType> given, Overload<?> chosen) {
        var all = Volatility.IMMUTABLE;
        for (var i = 0; i < given.size(); i++) {
            var wanted = chosen.arguments().get(i);
            if (!given.get(i).isUnknown() && !wanted.startsWith("any")) {
                all = all.and(types.cast(given.get(i), SqlType.builtIn(wanted)).orElse(Volatility.UNKNOWN));
            }
        }
        return all;
    }

    static Typed all(Typed whole, List<Typed> parts) {
        var result = whole;
        for (var part : parts) {
            result = result.after(part);
        }
        return result;
    }

    private Typed like(SqlExpression.Like like) {
        like.escape().ifPresent(this::type);
        var operands = List.of(like.operand(), like.pattern());
        if (like.keyword().equals("similar to") || like.escape().isPresent()) {
            return all(
                    Typed.constant(SqlType.BOOL),
                    operands.stream().map(this::type).toList());
        }
        var operator = (like.negated() ? "!" : "") + "~~" + (like.keyword().equals("ilike") ? "*" : "");
        if (!like.keyword().equals("like") && !like.keyword().equals("ilike")) {
            return Typed.of(Optional.of(SqlType.BOOL), Volatility.UNKNOWN);
        }
        return operator(operator, operands, operands.stream().map(this::type).toList(), like.span());
    }

    private Typed in(SqlExpression.InValues in) {
        var operand = type(in.operand());
        var whole = Typed.constant(SqlType.BOOL).after(operand);
        for (var value : in.values()) {
            whole = whole.after(operator("=", List.of(in.operand(), value), List.of(operand, type(value)), in.span()));
        }
        return whole;
    }

    private Typed form(SqlExpression.Form form) {
        var parts = form.parts();
        var name = form.form();
        if (name.startsWith("extract ")) {
            return calls.resolved("extract", List.of(Typed.constant(SqlType.TEXT), type(parts.get(0))), form.span());
        }
        var typed = parts.stream().map(this::type).toList();
        if (name.startsWith("collate ") && typed.size() == 1) {
            return all(
                    Typed.of(
                            typed.get(0).type().map(type -> type.isUnknown() ? SqlType.TEXT : type),
                            Volatility.IMMUTABLE),
                    typed);
        } else if (name.equals("at time zone") && parts.size() == 2) {
            return calls.resolved("timezone", List.of(typed.get(1), typed.get(0)), form.span());
        } else if (name.equals("array")) {
            return all(Typed.of(common(typed).map(SqlType::array), Volatility.IMMUTABLE), typed);
        } else if (name.equals("case") || name.equals("case else")) {
            var typedCase = all(Typed.of(common(results(typed)), Volatility.IMMUTABLE), typed);
            return parts.stream().anyMatch(Literal.class::isInstance) ? typedCase.folded() : typedCase;
        } else if (name.startsWith("case of")) {
            for (var i = 1; i < parts.size() - 1; i += 2) {
                if (!isText(parts.get(0))) {
                    operator(
                            "=",
                            List.of(parts.get(0), parts.get(i)),
                            List.of(typed.get(0), typed.get(i)),
                            parts.get(i).span());
                }
            }
            return all(Typed.of(common(results(typed.subList(1, typed.size()))), Volatility.UNKNOWN), typed);
        } else if (name.equals("[]")) {
            return all(Typed.of(element(form), Volatility.IMMUTABLE), typed);
        } else if (name.equals("overlaps")) {
            return Typed.of(Optional.of(SqlType.BOOL), Volatility.UNKNOWN);
        }
        return all(Typed.NOTHING, typed);
    }

    /** Of conditions and results in turn, the results, and the last one's alternative. */
    private static List<Typed> results(List<Typed> parts) {
        var results = new ArrayList<Typed>();
        for (var i = 0; i < parts.size(); i++) {
            if (i % 2 == 1 || i == parts.size() - 1) {
                results.add(parts.get(i));
            }
        }
        return results;
    }

    Optional<SqlType> common(List<Typed> typed) {
        var known = typed.stream().flatMap(part -> part.type().stream()).toList();
        return known.isEmpty() || known.size() < typed.size() ? Optional.empty() : types.common(known);
    }

    private Optional<SqlType> element(SqlExpression.Form subscript) {
        SqlExpression root = subscript;
        while (root instanceof SqlExpression.Form form && form.form().equals("[]")) {
            if (form.parts().size() != 2) {
                return Optional.empty();
            }
            root = form.parts().get(0);
        }
        // A slice, whose colon is in no tree, is an array again
        return text(subscript.span()).contains(":")
                ? Optional.empty()
                : type(root).type().flatMap(SqlType::element);
    }
}
