package dev.schemaproof.analysis.type;

import dev.schemaproof.analysis.sql.SqlReading;
import dev.schemaproof.analysis.type.TypeFlaw.Kind;
import dev.schemaproof.sql.FromItem;
import dev.schemaproof.sql.SqlExpression;
import dev.schemaproof.sql.SqlQuery;
import dev.schemaproof.sql.SqlQuery.CommonTable;
import dev.schemaproof.sql.SqlStatement;
import dev.schemaproof.sql.SqlStatement.Assignment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Infers the types within one statement, clause after clause in the order in which PostgreSQL looks at them: a parameter gets its
 * type where that order meets it first ({@code parse_param.c} and {@code analyze.c} in PostgreSQL's source).
 */
final class StatementTyping {

    private static final SqlType COUNT = SqlType.builtIn("int8");

    private final TypeSystem types;
    private final Typing typing;

    StatementTyping(TypeSystem types, Literals literals, SqlReading<SqlStatement> reading) {
        this.types = types;
        typing = new Typing(
                types,
                literals,
                reading.source().value(),
                column -> reading.names().isRow(column)
                        ? Optional.of(SqlType.ROW)
                        : reading.names()
                                .stored(column)
                                .flatMap(found ->
                                        types.operand(found.attribute().type().value())),
                this::value);
    }

    /**
     * What PostgreSQL would surely refuse in the statement. A function that is not known may be one of the project's own: the
     * language has no word for those.
     */
    List<TypeFlaw> flaws(SqlStatement statement) {
        statement(statement);
        typing.untyped();
        return typing.flaws().stream()
                .filter(flaw -> flaw.kind() != Kind.UNKNOWN_FUNCTION)
                .toList();
    }

    private void statement(SqlStatement statement) {
        if (statement instanceof SqlStatement.Reading reading) {
            query(reading.query());
        } else if (statement instanceof SqlStatement.Insert insert) {
            insert(insert);
        } else if (statement instanceof SqlStatement.Update update) {
            with(update.with());
            update.from().forEach(this::from);
            update.where().ifPresent(where -> typing.condition(where, "what stands behind WHERE"));
            items(update.returning());
            assignments(update.set());
        } else if (statement instanceof SqlStatement.Delete delete) {
            with(delete.with());
            delete.using().forEach(this::from);
            delete.where().ifPresent(where -> typing.condition(where, "what stands behind WHERE"));
            items(delete.returning());
        } else if (statement instanceof SqlStatement.Merge merge) {
            with(merge.with());
            from(merge.source());
            typing.condition(merge.on(), "what stands behind ON");
            items(merge.returning());
            merge.branches().forEach(this::branch);
        }
    }

    private void branch(SqlStatement.MergeBranch branch) {
        branch.condition().ifPresent(condition -> typing.condition(condition, "what stands behind WHEN"));
        if (branch.action() instanceof SqlStatement.MergeAction.Update update) {
            assignments(update.set());
        } else if (branch.action() instanceof SqlStatement.MergeAction.Insert insert) {
            insert.values().forEach(typing::type);
            assign(insert.columns(), insert.values());
        }
    }

    private void with(List<CommonTable> tables) {
        tables.forEach(table -> statement(table.statement()));
    }

    private void insert(SqlStatement.Insert insert) {
        with(insert.with());
        if (insert.source().isPresent()) {
            var source = insert.source().get();
            if (source instanceof SqlQuery.Values values && values.rows().size() == 1) {
                // All of a row is looked at before any of it is made what its column is
                with(values.with());
                var row = values.rows().get(0) instanceof SqlExpression.Row several ? several.values() : values.rows();
                row.forEach(typing::type);
                assign(insert.columns(), row);
            } else {
                query(source);
                if (source instanceof SqlQuery.Select select) {
                    var items =
                            select.items().stream().map(SqlQuery.Item::value).toList();
                    // What is selected for good is made what the column is; with a star it is not known which column
                    if (items.stream().noneMatch(SqlExpression.Star.class::isInstance)) {
                        assign(insert.columns(), items);
                    }
                }
            }
        }
        insert.onConflict().ifPresent(conflict -> {
            conflict.target().forEach(typing::type);
            assignments(conflict.set());
            conflict.where().ifPresent(where -> typing.condition(where, "what stands behind WHERE"));
        });
        items(insert.returning());
    }

    private void assignments(List<Assignment> set) {
        set.forEach(assignment -> assignment.values().forEach(typing::type));
        set.forEach(assignment -> assign(assignment.columns(), assignment.values()));
    }

    /** Values that were looked at become those of columns. */
    private void assign(List<SqlExpression.Column> columns, List<SqlExpression> values) {
        if (columns.size() != values.size()) {
            return;
        }
        for (var i = 0; i < columns.size(); i++) {
            var column = columns.get(i);
            var value = values.get(i);
            var wanted = typing.column(column);
            var given = typing.found(value);
            if (wanted.isEmpty() || given.isEmpty()) {
                continue;
            }
            if (given.get().isUnknown()) {
                typing.literal(value, wanted.get());
            } else if (!types.isOpen() && !types.isAssignable(given.get(), types.labels(wanted.get()))) {
                typing.flaw(
                        TypeFlaw.of(
                                Kind.INCOMPATIBLE_TYPES,
                                value.span(),
                                "`" + typing.text(value.span()) + "` is `" + given.get() + "`, and `"
                                        + column.name().value() + "` takes `" + wanted.get() + "`",
                                types.isString(given.get())
                                        ? "cast it: `(" + typing.text(value.span()) + ")::" + wanted.get() + "`"
                                        : "write a value of the type `" + wanted.get() + "`"),
                        List.of(value));
            }
        }
    }

    /** The type of the only column of a query that stands where a value does. */
    private Optional<SqlType> value(SqlQuery query) {
        var columns = query(query);
        return columns.size() == 1 ? columns.get(0).type() : Optional.empty();
    }

    /** Judges a query and answers what its columns are; none where it is not known how many there are. */
    private List<Typed> query(SqlQuery query) {
        with(query.with());
        var columns = List.<Typed>of();
        if (query instanceof SqlQuery.Select select) {
            columns = select(select);
        } else if (query instanceof SqlQuery.Compound compound) {
            compound.parts().forEach(this::query);
        } else if (query instanceof SqlQuery.Values values) {
            values.rows().forEach(typing::type);
        }
        query.tail().orderBy().forEach(key -> typing.type(key.value()));
        if (query instanceof SqlQuery.Select select) {
            select.groupBy().forEach(typing::type);
            select.distinctOn().forEach(typing::type);
        }
        query.tail().limit().ifPresent(this::count);
        query.tail().offset().ifPresent(this::count);
        return columns;
    }

    private List<Typed> select(SqlQuery.Select select) {
        select.from().forEach(this::from);
        var columns = items(select.items());
        select.where().ifPresent(where -> typing.condition(where, "what stands behind WHERE"));
        select.having().ifPresent(having -> typing.condition(having, "what stands behind HAVING"));
        select.windows().forEach(typing::type);
        return columns;
    }

    private List<Typed> items(List<SqlQuery.Item> items) {
        var columns = new ArrayList<Typed>();
        for (var item : items) {
            var typed = typing.type(item.value());
            columns.add(
                    typed.type().filter(SqlType::isUnknown).isPresent()
                            ? Typed.of(Optional.of(SqlType.TEXT), typed.volatility())
                            : typed);
        }
        return items.stream().anyMatch(item -> item.value() instanceof SqlExpression.Star) ? List.of() : columns;
    }

    /** LIMIT and OFFSET. */
    private void count(SqlExpression rows) {
        typing.type(rows).type().filter(SqlType::isUnknown).ifPresent(unknown -> typing.literal(rows, COUNT));
    }

    /** Behind FROM, {@code unnest} of several arrays is syntax for their rows beside each other. */
    private void rows(SqlExpression.Call call) {
        if (call.function().equals("unnest") && call.arguments().size() > 1) {
            call.arguments().forEach(typing::type);
        } else {
            typing.type(call);
        }
    }

    private void from(FromItem item) {
        if (item instanceof FromItem.Derived derived) {
            query(derived.query());
        } else if (item instanceof FromItem.Function function) {
            rows(function.call());
        } else if (item instanceof FromItem.Joined joined) {
            from(joined.first());
            for (var step : joined.steps()) {
                from(step.item());
                step.on().ifPresent(on -> typing.condition(on, "what stands behind ON"));
            }
        }
    }
}
