package dev.schemaproof.analysis.sql;

import dev.schemaproof.analysis.sql.Outputs.Output;
import dev.schemaproof.sql.FromItem;
import dev.schemaproof.sql.FromItem.JoinKind;
import dev.schemaproof.sql.SqlExpression;
import dev.schemaproof.sql.SqlName;
import dev.schemaproof.sql.SqlQuery;
import dev.schemaproof.sql.SqlQuery.CommonTable;
import dev.schemaproof.sql.SqlQuery.Item;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Finds what the names of queries and expressions stand for. */
final class QueryResolver {

    private final Tables tables;
    private final NameRecorder names;
    private final StatementResolver statements;

    QueryResolver(Tables tables, NameRecorder names, StatementResolver statements) {
        this.tables = tables;
        this.names = names;
        this.statements = statements;
    }

    /**
     * What a query yields.
     *
     * @param around the common tables that it can name, beside its own
     * @param outer what it can see beside its own tables
     */
    Outputs query(SqlQuery query, Map<String, Outputs> around, @Nullable Scope outer) {
        var common = statements.with(query.with(), around, outer);
        if (query instanceof SqlQuery.Select select) {
            return select(select, common, outer);
        } else if (query instanceof SqlQuery.Compound compound) {
            var outputs = query(compound.parts().get(0), common, outer);
            return rest(compound, outputs, common, outer);
        } else if (query instanceof SqlQuery.Values values) {
            return values(values, common, outer);
        }
        return Outputs.UNKNOWN;
    }

    /** A common table that names itself, with the columns of its first part. */
    Outputs recursive(
            CommonTable table, SqlQuery.Compound compound, Map<String, Outputs> around, @Nullable Scope outer) {
        var common = new HashMap<>(statements.with(compound.with(), around, outer));
        var outputs = query(compound.parts().get(0), common, outer);
        common.put(table.name().value(), outputs.withoutOrigins().renamed(table.columns()));
        return rest(compound, outputs, common, outer);
    }

    private Outputs rest(
            SqlQuery.Compound compound, Outputs first, Map<String, Outputs> common, @Nullable Scope outer) {
        compound.parts().stream().skip(1).forEach(part -> query(part, common, outer));
        var outputs = first.withoutOrigins();
        var scope = new Scope(outer).add(Relation.of(Optional.empty(), outputs));
        tail(compound.tail(), outputs, scope, common, outer);
        return outputs;
    }

    private Outputs values(SqlQuery.Values values, Map<String, Outputs> common, @Nullable Scope outer) {
        values.rows().forEach(row -> expression(row, new Scope(outer), common));
        var width = values.rows().isEmpty() || !(values.rows().get(0) instanceof SqlExpression.Row row)
                ? 1
                : row.values().size();
        var outputs = new Outputs(
                IntStream.rangeClosed(1, width)
                        .mapToObj(i -> new Output(Optional.of("column" + i), Optional.empty()))
                        .toList(),
                false);
        var scope = new Scope(outer).add(Relation.of(Optional.empty(), outputs));
        tail(values.tail(), outputs, scope, common, outer);
        return outputs;
    }

    private Outputs select(SqlQuery.Select select, Map<String, Outputs> common, @Nullable Scope outer) {
        var scope = new Scope(outer);
        from(select.from(), scope, common, outer);
        var outputs = items(select.items(), scope, common);
        select.where().ifPresent(where -> expression(where, scope, common));
        select.groupBy().forEach(key -> groupKey(key, outputs, scope, common));
        select.having().ifPresent(having -> expression(having, scope, common));
        select.windows().forEach(window -> expression(window, scope, common));
        select.distinctOn().forEach(key -> sortKey(key, outputs, scope, common));
        tail(select.tail(), outputs, scope, common, outer);
        return outputs;
    }

    private void tail(
            SqlQuery.Tail tail, Outputs outputs, Scope scope, Map<String, Outputs> common, @Nullable Scope outer) {
        tail.orderBy().forEach(key -> sortKey(key.value(), outputs, scope, common));
        tail.limit().ifPresent(limit -> expression(limit, new Scope(outer), common));
        tail.offset().ifPresent(offset -> expression(offset, new Scope(outer), common));
    }

    /** A bare name means a column of the result before one of the tables. */
    private void sortKey(SqlExpression key, Outputs outputs, Scope scope, Map<String, Outputs> common) {
        if (key instanceof SqlExpression.Column column && column.qualifiers().isEmpty()) {
            var output = output(outputs, column.name());
            if (output.isPresent()) {
                names.stored(column, output.get().origin());
                return;
            } else if (outputs.open() || hasNameless(outputs)) {
                if (scope.findHere(column.name().value()) instanceof Scope.Found.Column known) {
                    names.stored(column, known.output().origin());
                }
                return;
            }
        }
        expression(key, scope, common);
    }

    /** A bare name means a column of the tables before one of the result. */
    private void groupKey(SqlExpression key, Outputs outputs, Scope scope, Map<String, Outputs> common) {
        var isOutput = key instanceof SqlExpression.Column column
                && column.qualifiers().isEmpty()
                && scope.findHere(column.name().value()) instanceof Scope.Found.Nothing
                && (outputs.open()
                        || hasNameless(outputs)
                        || output(outputs, column.name()).isPresent());
        if (!isOutput) {
            expression(key, scope, common);
        }
    }

    private static Optional<Output> output(Outputs outputs, SqlName name) {
        return outputs.columns().stream()
                .filter(output -> output.name().filter(name.value()::equals).isPresent())
                .findFirst();
    }

    private static boolean hasNameless(Outputs outputs) {
        return outputs.columns().stream().anyMatch(output -> output.name().isEmpty());
    }

    /** What a projection yields. */
    Outputs items(List<Item> items, Scope scope, Map<String, Outputs> common) {
        var columns = new ArrayList<Output>();
        var open = false;
        for (var item : items) {
            expression(item.value(), scope, common);
            if (item.value() instanceof SqlExpression.Star star) {
                var all = star.table()
                        .map(table -> scope.relation(table.value())
                                .map(Relation::outputs)
                                .orElse(Outputs.UNKNOWN))
                        .orElseGet(scope::star);
                open |= all.open();
                columns.addAll(all.columns());
            } else {
                var name = item.alias().map(SqlName::value).or(() -> ColumnNames.of(item.value()));
                columns.add(new Output(name, names.origin(item.value())));
            }
        }
        return new Outputs(open ? List.of() : columns, open);
    }

    /** Everything in an expression, and in the queries that it asks. */
    void expression(SqlExpression expression, Scope scope, Map<String, Outputs> common) {
        if (expression instanceof SqlExpression.Column column) {
            names.column(column, scope);
        } else if (expression instanceof SqlExpression.Star star) {
            star.table().ifPresent(table -> names.qualifier(table, scope));
        }
        expression.children().forEach(child -> expression(child, scope, common));
        expression.query().ifPresent(query -> query(query, common, scope));
    }

    /**
     * Lets a scope see what stands behind FROM.
     *
     * @param outer what queries that aren't lateral can see
     */
    void from(List<FromItem> items, Scope scope, Map<String, Outputs> common, @Nullable Scope outer) {
        items.forEach(item -> scope.join(item(item, scope, common, outer), Set.of(), true));
    }

    /** What one item can be named by; it sees what stands left of it if it is lateral. */
    private Scope item(FromItem item, Scope left, Map<String, Outputs> common, @Nullable Scope outer) {
        var own = new Scope(left);
        if (item instanceof FromItem.Table table) {
            own.add(table(table, common));
        } else if (item instanceof FromItem.Derived derived) {
            var outputs = query(derived.query(), common, derived.lateral() ? left : outer);
            own.add(Relation.of(derived.alias().map(SqlName::value), outputs.renamed(derived.columns())));
        } else if (item instanceof FromItem.Function function) {
            expression(function.call(), left, common);
            var name =
                    function.alias().map(SqlName::value).orElse(function.call().function());
            own.add(Relation.of(Optional.of(name), Outputs.UNKNOWN.renamed(function.columns())));
        } else if (item instanceof FromItem.Joined joined) {
            own.join(item(joined.first(), left, common, outer), Set.of(), true);
            joined.steps().forEach(step -> step(step, own, common, outer));
        } else if (item instanceof FromItem.Opaque opaque) {
            own.add(Relation.of(opaque.alias().map(SqlName::value), Outputs.UNKNOWN));
        }
        return own;
    }

    private void step(FromItem.Step step, Scope left, Map<String, Outputs> common, @Nullable Scope outer) {
        var right = item(step.item(), left, common, outer);
        var merged = new LinkedHashSet<String>();
        for (var name : step.using()) {
            names.columnOf(left, name);
            names.columnOf(right, name);
            merged.add(name.value());
        }
        if (step.natural()) {
            merged.addAll(left.commonColumns(right));
        }
        left.join(right, merged, step.kind() == JoinKind.INNER || step.kind() == JoinKind.LEFT);
        step.on().ifPresent(on -> expression(on, left, common));
    }

    private Relation table(FromItem.Table table, Map<String, Outputs> common) {
        var outputs = common.get(table.name().value());
        return outputs == null || table.schema().isPresent()
                ? stored(table)
                : Relation.of(Optional.of(table.called().value()), outputs.renamed(table.columns()));
    }

    /** The table of an entity. */
    Relation stored(FromItem.Table table) {
        var entity = tables.find(table.schema(), table.name().value());
        if (entity.isPresent()) {
            names.table(table, entity.get());
            return Relation.of(table, entity.get());
        }
        if (tables.isMistaken(table.schema(), table.name().value())) {
            names.unknownTable(table.name(), tables.namesBeside(table.name().value()));
        }
        return Relation.of(Optional.of(table.called().value()), Outputs.UNKNOWN.renamed(table.columns()));
    }
}
