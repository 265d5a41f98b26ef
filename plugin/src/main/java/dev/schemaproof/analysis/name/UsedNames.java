package dev.schemaproof.analysis.name;

import dev.schemaproof.analysis.sql.SqlReading;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import dev.schemaproof.sql.FromItem;
import dev.schemaproof.sql.SqlExpression;
import dev.schemaproof.sql.SqlQuery;
import dev.schemaproof.sql.SqlQuery.CommonTable;
import dev.schemaproof.sql.SqlQuery.Item;
import dev.schemaproof.sql.SqlStatement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a statement uses of the model: enough to say that something is not used at all.
 *
 * @param entities the entities whose tables it reads or changes
 * @param attributes the attributes that it reads, as {@code Entity.attribute}
 * @param unresolved columns that it reads and whose attributes are not known for certain, by their names
 * @param wholeRows whether it reads rows with all their columns
 * @param assigned the attributes that it changes in rows that exist
 * @param certain whether that is all; it may use more where a part can't be looked into
 */
public record UsedNames(
        Set<String> entities,
        Set<String> attributes,
        Set<String> unresolved,
        boolean wholeRows,
        List<Assigned> assigned,
        boolean certain) {

    public UsedNames {
        entities = Set.copyOf(entities);
        attributes = Set.copyOf(attributes);
        unresolved = Set.copyOf(unresolved);
        assigned = List.copyOf(assigned);
    }

    /** An attribute that gets another value. */
    public record Assigned(Entity entity, Attribute attribute, Location at) {}

    /** Nothing that is known. */
    public static UsedNames unknown() {
        return new UsedNames(Set.of(), Set.of(), Set.of(), false, List.of(), false);
    }

    /** What a statement uses; unknown if it can't be read, which others report. */
    public static UsedNames in(SqlReading<SqlStatement> reading) {
        return reading.parsed()
                .tree()
                .map(statement -> {
                    var collector = new Collector(reading);
                    collector.statement(statement);
                    return collector.names();
                })
                .orElseGet(UsedNames::unknown);
    }

    /** Whether it reads the attribute, or may do so. */
    public boolean mayRead(Entity entity, Attribute attribute) {
        if (!certain || attributes.contains(entity.name() + "." + attribute.name())) {
            return true;
        }
        return entities.contains(entity.name().value())
                && (wholeRows || unresolved.contains(attribute.column().value()));
    }

    private static final class Collector {

        private final SqlReading<SqlStatement> reading;
        private final Set<String> attributes = new HashSet<>();
        private final Set<String> unresolved = new HashSet<>();
        private final Set<String> called = new HashSet<>();
        private final List<Assigned> assigned = new ArrayList<>();
        private boolean wholeRows;
        private boolean certain = true;

        Collector(SqlReading<SqlStatement> reading) {
            this.reading = reading;
        }

        UsedNames names() {
            var entities = reading.names().tables().values().stream()
                    .map(entity -> entity.name().value())
                    .collect(Collectors.toSet());
            // The name of a table or its alias, standing alone, is its whole row
            var rows = wholeRows || unresolved.stream().anyMatch(called::contains);
            return new UsedNames(entities, attributes, unresolved, rows, assigned, certain);
        }

        void statement(SqlStatement statement) {
            if (statement instanceof SqlStatement.Reading reading) {
                query(reading.query());
            } else if (statement instanceof SqlStatement.Insert insert) {
                with(insert.with());
                from(insert.target());
                insert.source().ifPresent(this::query);
                insert.onConflict().ifPresent(conflict -> {
                    conflict.target().forEach(this::expression);
                    assignments(conflict.set());
                    conflict.where().ifPresent(this::expression);
                });
                items(insert.returning());
            } else if (statement instanceof SqlStatement.Update update) {
                with(update.with());
                from(update.target());
                assignments(update.set());
                update.from().forEach(this::from);
                update.where().ifPresent(this::expression);
                items(update.returning());
            } else if (statement instanceof SqlStatement.Delete delete) {
                with(delete.with());
                from(delete.target());
                delete.using().forEach(this::from);
                delete.where().ifPresent(this::expression);
                items(delete.returning());
            } else if (statement instanceof SqlStatement.Merge merge) {
                with(merge.with());
                from(merge.target());
                from(merge.source());
                expression(merge.on());
                for (var branch : merge.branches()) {
                    branch.condition().ifPresent(this::expression);
                    if (branch.action() instanceof SqlStatement.MergeAction.Update update) {
                        assignments(update.set());
                    } else {
                        branch.action().values().forEach(this::expression);
                    }
                }
                items(merge.returning());
            } else {
                certain = false;
            }
        }

        private void with(List<CommonTable> tables) {
            tables.forEach(table -> statement(table.statement()));
        }

        private void assignments(List<SqlStatement.Assignment> assignments) {
            for (var assignment : assignments) {
                for (var column : assignment.columns()) {
                    var span = column.name().span();
                    reading.names()
                            .stored(column)
                            .ifPresent(stored -> assigned.add(new Assigned(
                                    stored.entity(),
                                    stored.attribute(),
                                    reading.source().locate(span.begin(), span.end()))));
                }
                assignment.values().forEach(this::expression);
            }
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
                    step.using().forEach(name -> unresolved.add(name.value()));
                }
            } else {
                certain = false;
            }
        }

        private void expression(SqlExpression expression) {
            if (expression instanceof SqlExpression.Column column) {
                reading.names()
                        .stored(column)
                        .ifPresentOrElse(
                                stored -> attributes.add(stored.entity().name() + "."
                                        + stored.attribute().name()),
                                () -> unresolved.add(column.name().value()));
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
