package dev.schemaproof.analysis.type;

import dev.schemaproof.sql.SqlExpression;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Derives the collations of expressions from those of columns ({@code parse_collate.c} in PostgreSQL's source). */
final class Collating {

    /** The type of identifiers has a collation of its own; all others have the database's. */
    private static final SqlType NAME = SqlType.builtIn("name");

    private static final Set<String> CHOICES = Set.of("coalesce", "greatest", "least", "nullif");
    private static final String COLLATE = "collate ";

    private final TypeSystem types;
    private final Function<SqlExpression, Optional<SqlType>> typed;
    private final Function<SqlExpression.Column, Optional<String>> columns;

    /**
     * @param typed the types of all expressions in the text, where they are known
     * @param columns the collations that columns declare, by themselves or by a domain
     */
    Collating(
            TypeSystem types,
            Function<SqlExpression, Optional<SqlType>> typed,
            Function<SqlExpression.Column, Optional<String>> columns) {
        this.types = types;
        this.typed = typed;
        this.columns = columns;
    }

    /** A collation's name as it is compared. */
    static String plain(String name) {
        return name.replace("\"", "").replaceFirst("^pg_catalog\\.", "");
    }

    /** The collation of an expression. */
    Derived of(SqlExpression expression) {
        return of(expression, SqlType.TEXT);
    }

    /** @param wanted the type that a constant in its place is made */
    private Derived of(SqlExpression expression, SqlType wanted) {
        if (expression instanceof SqlExpression.Form form && form.form().startsWith(COLLATE)) {
            return new Derived.One(plain(form.form().substring(COLLATE.length())), true, form.span());
        }
        var type = typed.apply(expression);
        var inner = inner(expression, type);
        if (inner instanceof Derived.Conflict conflict && conflict.explicit()) {
            return conflict;
        } else if (type.isEmpty() || expression.query().isPresent()) {
            return new Derived.Unknown();
        } else if (type.get().isUnknown()) {
            return own(wanted, expression);
        } else if (!types.isCollatable(type.get())) {
            return new Derived.None();
        } else if (expression instanceof SqlExpression.Column column) {
            return columns.apply(column)
                    .<Derived>map(name -> new Derived.One(plain(name), false, column.span()))
                    .orElseGet(() -> own(type.get(), column));
        } else if (!(inner instanceof Derived.None)) {
            return inner;
        }
        // A domain may bring a collation of its own
        return expression instanceof SqlExpression.Cast cast && types.isOwn(cast.type())
                ? new Derived.Unknown()
                : own(type.get(), expression);
    }

    /** What comes of the parts, or the first of them that is refused. */
    @SuppressWarnings("ReferenceEquality") // two parts may well be equal
    private Derived inner(SqlExpression expression, Optional<SqlType> type) {
        var wanted = wanted(expression, type.orElse(SqlType.TEXT));
        var deciding = parts(expression);
        Derived all = new Derived.None();
        for (var child : expression.children()) {
            var part = of(child, wanted);
            if (part instanceof Derived.Conflict conflict && conflict.explicit()) {
                return part;
            } else if (deciding.stream().anyMatch(one -> one == child)) {
                all = all.with(part);
            }
        }
        return all;
    }

    private static Derived own(SqlType type, SqlExpression expression) {
        return new Derived.One(type.equals(NAME) ? "C" : "default", false, expression.span());
    }

    /** What is compared or decides about the result's collation: of CASE, its results alone. */
    private static List<SqlExpression> parts(SqlExpression expression) {
        if (expression instanceof SqlExpression.Call call) {
            return call.arguments();
        } else if (expression instanceof SqlExpression.Form form && form.form().startsWith("case")) {
            var begin = form.form().startsWith("case of") ? 1 : 0;
            var last = form.parts().size() - 1;
            return IntStream.rangeClosed(begin, last)
                    .filter(i -> (i - begin) % 2 == 1 || i == last)
                    .mapToObj(form.parts()::get)
                    .toList();
        } else if (expression instanceof SqlExpression.InValues || expression instanceof SqlExpression.Between) {
            // Each value is compared by itself
            return List.of();
        }
        return expression.children();
    }

    /** Constants become what the whole is, where the whole is one of its parts. */
    private static SqlType wanted(SqlExpression whole, SqlType type) {
        var chosen = whole instanceof SqlExpression.Cast
                || whole instanceof SqlExpression.Call call && CHOICES.contains(call.function())
                || whole instanceof SqlExpression.Form form
                        && Stream.of("case", "array").anyMatch(form.form()::startsWith);
        return chosen ? type.element().orElse(type) : SqlType.TEXT;
    }
}
