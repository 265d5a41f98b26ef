package dev.schemaproof.analysis.name;

import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.SourceText;
import dev.schemaproof.sql.FromItem;
import dev.schemaproof.sql.Span;
import dev.schemaproof.sql.SqlExpression;
import dev.schemaproof.sql.SqlParser;
import dev.schemaproof.sql.SqlQuery;
import dev.schemaproof.sql.SqlQuery.CommonTable;
import dev.schemaproof.sql.SqlQuery.Item;
import dev.schemaproof.sql.SqlStatement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The names that a statement uses, whatever they belong to: enough to say that something is not used at all.
 *
 * @param tables the tables that it reads or changes
 * @param columns the columns that it reads
 * @param wholeRows whether it reads rows with all their columns
 * @param assigned the columns that it changes in rows that exist
 * @param certain whether that is all; it may use more where a part can't be looked into
 */
public record SqlNames(
        Set<String> tables, Set<String> columns, boolean wholeRows, List<Assigned> assigned, boolean certain) {

    public SqlNames {
        tables = Set.copyOf(tables);
        columns = Set.copyOf(columns);
        assigned = List.copyOf(assigned);
    }

    /** A column of a table that gets another value. */
    public record Assigned(String table, Located<String> column) {}

    /** The names in a statement; uncertain and none if it can't be read, which others report. */
    public static SqlNames in(SourceText statement) {
        var collector = new Collector(statement);
        var parsed = SqlParser.statement(statement);
        parsed.tree().ifPresentOrElse(collector::statement, () -> collector.certain = false);
        // The name of a table or its alias, standing alone, is its whole row
        var wholeRows = collector.wholeRows || collector.bare.stream().anyMatch(collector.called::contains);
        return new SqlNames(collector.tables, collector.columns, wholeRows, collector.assigned, collector.certain);
    }

    private static final class Collector {

        private final SourceText source;
        private final Set<String> tables = new HashSet<>();
        private final Set<String> columns = new HashSet<>();
        private final Set<String> bare = new HashSet<>();
        private final Set<String> called = new HashSet<>();
        private final List<Assigned> assigned = new ArrayList<>();
        private boolean wholeRows;
        private boolean certain = true;

        Collector(SourceText source) {
            this.source = source;
        }

        void statement(SqlStatement statement) {
            if (statement instanceof SqlStatement.Reading reading) {
                query(reading.query());
            } else if (statement instanceof SqlStatement.Insert insert) {
                with(insert.with());
                from(insert.target());
                insert.source().ifPresent(this::query);
                insert.onConflict().ifPresent(conflict -> {
                    assignments(insert.target(), conflict.set());
                    conflict.where().ifPresent(this::expression);
                });
                items(insert.returning());
            } else if (statement instanceof SqlStatement.Update update) {
                with(update.with());
                from(update.target());
                assignments(update.target(), update.set());
                update.from().forEach(this::from);
                update.where().ifPresent(this::expression);
                items(update.returning());
            } else if (statement instanceof SqlStatement.Delete delete) {
                with(delete.with());
                from(delete.target());
                delete.using().forEach(this::from);
                delete.where().ifPresent(this::expression);
                items(delete.returning());
            } else {
                certain = false;
            }
        }

        private void with(List<CommonTable> tables) {
            tables.forEach(table -> statement(table.statement()));
        }

        private void assignments(FromItem.Table target, List<SqlStatement.Assignment> assignments) {
            for (var assignment : assignments) {
                assignment
                        .columns()
                        .forEach(column -> assigned.add(new Assigned(
                                target.name().value(),
                                new Located<>(
                                        column.name().value(), at(column.name().span())))));
                assignment.values().forEach(this::expression);
            }
        }

        private Location at(Span span) {
            return source.locate(span.begin(), span.end());
        }

        private void query(SqlQuery query) {
            with(query.with());
            if (query instanceof SqlQuery.Select select) {
                select.distinctOn().forEach(this::expression);
                items(select.items());
                select.from().forEach(this::from);
                select.where().ifPresent(this::expression);
                select.groupBy().forEach(this::expression);
                select.having().ifPresent(this::expression);
                select.windows().forEach(this::expression);
            } else if (query instanceof SqlQuery.Compound compound) {
                compound.parts().forEach(this::query);
            } else if (query instanceof SqlQuery.Values values) {
                values.rows().forEach(this::expression);
            }
            query.tail().orderBy().forEach(key -> expression(key.value()));
            query.tail().limit().ifPresent(this::expression);
            query.tail().offset().ifPresent(this::expression);
        }

        private void items(List<Item> items) {
            items.forEach(item -> expression(item.value()));
        }

        private void from(FromItem item) {
            if (item instanceof FromItem.Table table) {
                tables.add(table.name().value());
                called.add(table.called().value());
            } else if (item instanceof FromItem.Derived derived) {
                query(derived.query());
            } else if (item instanceof FromItem.Function function) {
                expression(function.call());
            } else if (item instanceof FromItem.Joined joined) {
                from(joined.first());
                for (var step : joined.steps()) {
                    from(step.item());
                    step.on().ifPresent(this::expression);
                    step.using().forEach(name -> columns.add(name.value()));
                }
            } else {
                certain = false;
            }
        }

        private void expression(SqlExpression expression) {
            if (expression instanceof SqlExpression.Column column) {
                columns.add(column.name().value());
                if (column.qualifiers().isEmpty()) {
                    bare.add(column.name().value());
                }
            } else if (expression instanceof SqlExpression.Star) {
                wholeRows = true;
            } else if (expression instanceof SqlExpression.Opaque) {
                certain = false;
            }
            expression.query().ifPresent(this::query);
            expression.children().stream()
                    .filter(child -> !isCounted(expression, child))
                    .forEach(this::expression);
        }

        /** {@code count(*)} reads no column. */
        private static boolean isCounted(SqlExpression parent, SqlExpression child) {
            return child instanceof SqlExpression.Star && parent instanceof SqlExpression.Call;
        }
    }
}
