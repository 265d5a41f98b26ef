package dev.schemaproof.prove;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes three entities, a parent, its children and theirs, with random indexes, and statements that join two or three of them:
 * from the child to its parent and from the parent to its children, as joins, as queries in conditions, and as their negation.
 */
final class RandomJoins {

    /** A table with its columns as YAML says them, and its indexes, the first of which is that of its primary key. */
    record Table(String name, List<String> columns, List<Named> indexes) {

        String yaml() {
            return "  " + name.toUpperCase(java.util.Locale.ROOT) + ":\n    table: " + name + "\n    attributes:\n"
                    + columns.stream()
                            .map(column -> "      " + column + ": bigint\n")
                            .collect(Collectors.joining())
                    + "    key: [id]\n    indexes:\n"
                    + indexes.stream()
                            .skip(1)
                            .map(index -> "      " + index.name() + ": "
                                    + index.index().yaml() + "\n")
                            .collect(Collectors.joining());
        }

        Stream<String> sql() {
            return Stream.concat(
                    Stream.of("CREATE TABLE " + name + " ("
                            + columns.stream()
                                    .map(column -> column + " bigint NOT NULL")
                                    .collect(Collectors.joining(", "))
                            + ", CONSTRAINT " + name + "_pkey PRIMARY KEY (id)) WITH (autovacuum_enabled = off)"),
                    indexes.stream()
                            .skip(1)
                            .map(index -> index.index().sql(name).replaceFirst(name + "_i", index.name())));
        }
    }

    /** An index with its name. */
    record Named(String name, RandomAccess.Index index) {}

    /** How a table is brought in. */
    enum Kind {
        INNER,
        LEFT,
        RIGHT,
        FULL,
        EXISTS,
        IN,
        NOT_EXISTS
    }

    /**
     * A table that is joined to one before it.
     *
     * @param own its column
     * @param to the other table
     * @param other the column of the other
     * @param on conditions on itself that stand with the join
     */
    record Step(Kind kind, String table, String own, String to, String other, List<String> on) {

        boolean nested() {
            return kind == Kind.EXISTS || kind == Kind.IN || kind == Kind.NOT_EXISTS;
        }

        private String join() {
            return " " + kind.name().toLowerCase(java.util.Locale.ROOT) + " join " + table + " on "
                    + String.join(" and ", conditions());
        }

        private List<String> conditions() {
            return Stream.concat(Stream.of(table + "." + own + " = " + to + "." + other), on.stream())
                    .toList();
        }

        private String condition() {
            return kind == Kind.IN
                    ? to + "." + other + " in (select " + table + "." + own + " from " + table
                            + (on.isEmpty() ? "" : " where " + String.join(" and ", on)) + ")"
                    : (kind == Kind.EXISTS ? "" : "not ") + "exists (select 1 from " + table + " where "
                            + String.join(" and ", conditions()) + ")";
        }
    }

    /** A statement. */
    record Query(
            String first,
            List<Step> steps,
            List<String> conditions,
            List<String> items,
            List<String> order,
            boolean limited) {

        List<String> tables() {
            return Stream.concat(Stream.of(first), steps.stream().map(Step::table))
                    .toList();
        }

        String sql() {
            return sql(order, limited);
        }

        String withoutLimit() {
            return sql(order, false);
        }

        /** Without order, but still with all that the order needs. */
        String withoutOrder() {
            var all = new java.util.LinkedHashSet<>(items);
            order.forEach(key -> all.add(key.replace(" desc", "")));
            return new Query(first, steps, conditions, items.contains("*") ? items : List.copyOf(all), List.of(), false)
                    .sql();
        }

        private String sql(List<String> keys, boolean limit) {
            var where = Stream.concat(
                            conditions.stream(),
                            steps.stream().filter(Step::nested).map(Step::condition))
                    .toList();
            return "select " + String.join(", ", items) + " from " + first
                    + steps.stream()
                            .filter(step -> !step.nested())
                            .map(Step::join)
                            .collect(Collectors.joining())
                    + (where.isEmpty() ? "" : " where " + String.join(" and ", where))
                    + (keys.isEmpty() ? "" : " order by " + String.join(", ", keys)) + (limit ? " limit 10" : "");
        }
    }

    /** A way from one table to another: a reference, or two columns that may be equal. */
    private record Edge(String one, String oneColumn, String other, String otherColumn) {}

    private static final List<Edge> EDGES = List.of(
            new Edge("child", "parent_id", "parent", "id"),
            new Edge("child", "parent_id", "parent", "id"),
            new Edge("leaf", "child_id", "child", "id"),
            new Edge("leaf", "child_id", "child", "id"),
            new Edge("leaf", "parent_id", "parent", "id"),
            new Edge("child", "k", "parent", "k"),
            new Edge("leaf", "parent_id", "child", "parent_id"));

    private final Random random;
    private int parameters;

    RandomJoins(Random random) {
        this.random = random;
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    List<Table> tables() {
        return List.of(
                table("parent", List.of("id", "k", "v", "w"), List.of("id")),
                table("child", List.of("id", "parent_id", "k", "v", "w"), List.of("parent_id")),
                table("leaf", List.of("id", "child_id", "parent_id", "k", "v", "w"), List.of("child_id", "parent_id")));
    }

    private Table table(String name, List<String> columns, List<String> joined) {
        var indexes = new ArrayList<Named>();
        indexes.add(new Named(name + "_pkey", index(List.of("id"), "btree", true)));
        for (var i = 1 + random.nextInt(3); i > 0; i--) {
            var parts = new java.util.LinkedHashSet<String>();
            if (chance(60)) {
                parts.add(any(joined));
            }
            for (var p = random.nextInt(3); p > 0 || parts.isEmpty(); p--) {
                parts.add(any(columns));
            }
            var hash = parts.size() == 1 && chance(10);
            var shuffled = new ArrayList<>(parts);
            if (chance(30)) {
                java.util.Collections.shuffle(shuffled, random);
            }
            indexes.add(new Named(name + "_i" + i, index(shuffled, hash ? "hash" : "btree", false)));
        }
        return new Table(name, columns, indexes);
    }

    private RandomAccess.Index index(List<String> columns, String method, boolean unique) {
        var plain = unique || method.equals("hash");
        return new RandomAccess.Index(
                method,
                columns.stream()
                        .map(column -> new RandomAccess.Part(column, !plain && chance(25), "", ""))
                        .toList(),
                !plain && chance(25)
                        ? Stream.of("v", "w", "k")
                                .filter(column -> !columns.contains(column) && chance(60))
                                .toList()
                        : List.of(),
                "",
                unique);
    }

    Query query(List<Table> tables) {
        parameters = 0;
        var edge = any(EDGES);
        var turned = chance(50);
        var first = turned ? edge.other() : edge.one();
        var steps = new ArrayList<Step>();
        steps.add(step(edge, first));
        if (chance(45)) {
            var present = List.of(edge.one(), edge.other());
            // What a nested query reads isn't seen by the next one
            var seen = steps.get(0).nested() ? List.of(first) : present;
            var further = EDGES.stream()
                    .filter(next -> seen.contains(next.one()) && !present.contains(next.other())
                            || seen.contains(next.other()) && !present.contains(next.one()))
                    .toList();
            if (!further.isEmpty()) {
                var next = any(further);
                steps.add(step(next, present.contains(next.one()) ? next.one() : next.other()));
            }
        }
        var outer = Stream.concat(
                        Stream.of(first),
                        steps.stream().filter(step -> !step.nested()).map(Step::table))
                .toList();
        var conditions = new ArrayList<String>();
        for (var i = random.nextInt(3); i > 0; i--) {
            var table = chance(65) ? first : any(outer);
            conditions.add(condition(
                    any(tables.stream().filter(it -> it.name().equals(table)).toList())));
        }
        for (var step : steps) {
            if (Set.of(Kind.LEFT, Kind.RIGHT).contains(step.kind()) && chance(15)) {
                var table = step.kind() == Kind.LEFT ? step.table() : first;
                conditions.add(
                        table + "." + any(List.of("v is null", "w is distinct from 6", "id is distinct from 5")));
            }
        }
        var order = new ArrayList<String>();
        if (chance(50)) {
            var table =
                    any(tables.stream().filter(it -> outer.contains(it.name())).toList());
            order.addAll(order(table));
        }
        var items = items(outer, tables);
        var counted = items.contains("count(*)");
        return new Query(first, steps, conditions, items, counted ? List.of() : order, !counted && chance(30));
    }

    private Step step(Edge edge, String from) {
        var turned = from.equals(edge.one());
        var kind = any(List.of(
                Kind.INNER,
                Kind.INNER,
                Kind.INNER,
                Kind.LEFT,
                Kind.LEFT,
                Kind.RIGHT,
                Kind.EXISTS,
                Kind.EXISTS,
                Kind.IN,
                Kind.IN,
                Kind.NOT_EXISTS,
                Kind.NOT_EXISTS,
                Kind.FULL));
        var table = turned ? edge.other() : edge.one();
        var on = kind != Kind.FULL && chance(35)
                ? List.of(table + "." + any(List.of("k", "v", "w")) + " = " + parameter())
                : List.<String>of();
        return turned
                ? new Step(kind, table, edge.otherColumn(), from, edge.oneColumn(), on)
                : new Step(kind, table, edge.oneColumn(), from, edge.otherColumn(), on);
    }

    private String condition(Table table) {
        // Columns with which an index begins are asked for more often, so that there is something to find
        var column = chance(60) ? any(table.indexes()).index().parts().get(0).term() : any(table.columns());
        var name = table.name() + "." + column;
        // Of a hash, several values are looked up by a bitmap only
        var hashed = table.indexes().stream()
                .map(Named::index)
                .anyMatch(index -> index.method().equals("hash")
                        && index.parts().get(0).term().equals(column));
        return switch (random.nextInt(8)) {
            case 0 -> name + " > " + parameter();
            case 1 -> hashed ? name + " = " + parameter() : name + " in (" + parameter() + ", " + parameter() + ")";
            case 2 -> name + " between " + parameter() + " and " + parameter();
            default -> name + " = " + parameter();
        };
    }

    private List<String> order(Table table) {
        var index = any(table.indexes()).index();
        var parts = index.parts();
        var skip = index.method().equals("btree") ? random.nextInt(parts.size()) : 0;
        var flipped = chance(40);
        var keys = new ArrayList<String>();
        for (var part : parts.subList(skip, parts.size())) {
            keys.add(table.name() + "." + part.term() + (part.descending() != flipped ? " desc" : ""));
            if (chance(35)) {
                break;
            }
        }
        return keys;
    }

    private List<String> items(List<String> outer, List<Table> tables) {
        if (chance(25)) {
            return List.of("*");
        } else if (chance(10)) {
            return List.of("count(*)");
        }
        var items = new java.util.LinkedHashSet<String>();
        for (var i = 0; i <= random.nextInt(3); i++) {
            var table =
                    any(tables.stream().filter(it -> outer.contains(it.name())).toList());
            var index = any(table.indexes()).index();
            items.add(table.name() + "." + (chance(75) ? any(index.parts()).term() : any(table.columns())));
        }
        return List.copyOf(items);
    }

    private String parameter() {
        return ":p" + ++parameters;
    }
}
