package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.sql.SqlReading;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import dev.schemaproof.sql.FromItem;
import dev.schemaproof.sql.Span;
import dev.schemaproof.sql.SqlExpression;
import dev.schemaproof.sql.SqlExpression.Literal;
import dev.schemaproof.sql.SqlName;
import dev.schemaproof.sql.SqlQuery;
import dev.schemaproof.sql.SqlStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Collects by what the queries of a statement group their rows, tell them apart and sort them. */
final class ComparedValues {

    /** Why values are compared. */
    enum Purpose {
        GROUP("groups by"),
        DISTINCT("tells rows apart by"),
        UNION("tells rows apart by"),
        SORT("sorts by");

        private final String verb;

        Purpose(String verb) {
            this.verb = verb;
        }

        String verb() {
            return verb;
        }
    }

    /**
     * A value that is compared.
     *
     * @param value the expression, or the column of a star
     * @param span where the query asks for it
     */
    record Compared(Purpose purpose, Value value, Span span) {}

    /** What is compared. */
    sealed interface Value {

        /** An expression that stands in the query. */
        record Written(SqlExpression expression) implements Value {}

        /** A column that a star stands for. */
        record Starred(Attribute attribute) implements Value {}
    }

    private final SqlReading<?> reading;
    private final List<Compared> found = new ArrayList<>();

    private ComparedValues(SqlReading<?> reading) {
        this.reading = reading;
    }

    static List<Compared> in(SqlReading<?> reading) {
        var values = new ComparedValues(reading);
        reading.parsed().tree().ifPresent(tree -> {
            if (tree instanceof SqlStatement statement) {
                values.statement(statement);
            } else if (tree instanceof SqlExpression expression) {
                values.expression(expression);
            }
        });
        return values.found;
    }

    private void statement(SqlStatement statement) {
        if (statement instanceof SqlStatement.Reading read) {
            query(read.query());
        } else if (statement instanceof SqlStatement.Insert insert) {
            with(insert.with());
            insert.source().ifPresent(this::query);
        } else if (statement instanceof SqlStatement.Update update) {
            with(update.with());
            update.from().forEach(this::from);
            update.where().ifPresent(this::expression);
        } else if (statement instanceof SqlStatement.Delete delete) {
            with(delete.with());
            delete.using().forEach(this::from);
            delete.where().ifPresent(this::expression);
        } else if (statement instanceof SqlStatement.Merge merge) {
            with(merge.with());
            from(merge.source());
            expression(merge.on());
            for (var branch : merge.branches()) {
                branch.condition().ifPresent(this::expression);
                branch.action().values().forEach(this::expression);
            }
        }
    }

    private void with(List<SqlQuery.CommonTable> tables) {
        tables.forEach(table -> statement(table.statement()));
    }

    private void query(SqlQuery query) {
        with(query.with());
        if (query instanceof SqlQuery.Select select) {
            select(select);
            sorted(query, select);
        } else if (query instanceof SqlQuery.Compound compound) {
            compound.parts().forEach(this::query);
            first(compound).ifPresent(first -> {
                if (!compound.appending()) {
                    all(Purpose.UNION, first);
                }
                sorted(query, first);
            });
        }
    }

    private void select(SqlQuery.Select select) {
        select.from().forEach(this::from);
        select.items().forEach(item -> expression(item.value()));
        select.where().ifPresent(this::expression);
        select.having().ifPresent(this::expression);
        select.groupBy().forEach(key -> groupKey(key, select));
        if (!select.distinctOn().isEmpty()) {
            select.distinctOn().forEach(key -> key(Purpose.DISTINCT, key, select));
        } else if (select.distinct()) {
            all(Purpose.DISTINCT, select);
        }
    }

    private void from(FromItem item) {
        if (item instanceof FromItem.Derived derived) {
            query(derived.query());
        } else if (item instanceof FromItem.Joined joined) {
            from(joined.first());
            joined.steps().forEach(step -> from(step.item()));
        }
    }

    private void expression(SqlExpression expression) {
        expression.query().ifPresent(this::query);
        expression.children().forEach(this::expression);
    }

    private void groupKey(SqlExpression key, SqlQuery.Select select) {
        if (key instanceof SqlExpression.Row row) {
            row.values().forEach(value -> key(Purpose.GROUP, value, select));
        } else {
            key(Purpose.GROUP, key, select);
        }
    }

    private void sorted(SqlQuery query, SqlQuery.Select first) {
        query.tail().orderBy().forEach(key -> key(Purpose.SORT, key.value(), first));
    }

    /** A number and the name of a computed column stand for what the projection says. */
    private void key(Purpose purpose, SqlExpression key, SqlQuery.Select select) {
        if (key instanceof Literal literal && literal.kind() == Literal.Kind.NUMBER) {
            item(select.items(), literal.value()).ifPresent(item -> add(purpose, item.value(), key.span()));
        } else if (key instanceof SqlExpression.Column column
                && column.qualifiers().isEmpty()
                && reading.names().stored(column).isEmpty()) {
            select.items().stream()
                    .filter(item -> item.alias()
                            .map(SqlName::value)
                            .equals(Optional.of(column.name().value())))
                    .findFirst()
                    .ifPresent(item -> add(purpose, item.value(), key.span()));
        } else {
            add(purpose, key, key.span());
        }
    }

    /** What a number in the place of a key counts, unless a star is among it. */
    private static Optional<SqlQuery.Item> item(List<SqlQuery.Item> items, String number) {
        var countable = number.matches("[0-9]{1,4}")
                && items.stream().noneMatch(item -> item.value() instanceof SqlExpression.Star);
        var place = countable ? Integer.parseInt(number) : 0;
        return place > 0 && place <= items.size() ? Optional.of(items.get(place - 1)) : Optional.empty();
    }

    private void all(Purpose purpose, SqlQuery.Select select) {
        for (var item : select.items()) {
            if (item.value() instanceof SqlExpression.Star star) {
                select.from().stream()
                        .flatMap(ComparedValues::tables)
                        .filter(table -> star.table()
                                .map(SqlName::value)
                                .map(table.called().value()::equals)
                                .orElse(true))
                        .flatMap(table -> reading.names().entity(table).stream())
                        .flatMap(ComparedValues::attributes)
                        .forEach(attribute ->
                                found.add(new Compared(purpose, new Value.Starred(attribute), star.span())));
            } else {
                add(purpose, item.value(), item.value().span());
            }
        }
    }

    private static Stream<FromItem.Table> tables(FromItem item) {
        if (item instanceof FromItem.Joined joined) {
            return Stream.concat(tables(joined.first()), joined.steps().stream().flatMap(step -> tables(step.item())));
        }
        return item instanceof FromItem.Table table ? Stream.of(table) : Stream.empty();
    }

    private static Stream<Attribute> attributes(Entity entity) {
        return entity.attributes().values().stream();
    }

    private void add(Purpose purpose, SqlExpression value, Span span) {
        found.add(new Compared(purpose, new Value.Written(value), span));
    }

    private static Optional<SqlQuery.Select> first(SqlQuery query) {
        if (query instanceof SqlQuery.Compound compound) {
            return compound.parts().stream().findFirst().flatMap(ComparedValues::first);
        }
        return query instanceof SqlQuery.Select select ? Optional.of(select) : Optional.empty();
    }
}
