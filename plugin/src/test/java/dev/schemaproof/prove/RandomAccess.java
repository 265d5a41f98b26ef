package dev.schemaproof.prove;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes an entity with one index, and statements of which many could use it. */
final class RandomAccess {

    /**
     * A column.
     *
     * @param type in the words of the model
     * @param sql in those of the database
     * @param few whether it declares few distinct values
     */
    record Column(String name, String type, String sql, boolean optional, boolean few) {

        boolean number() {
            return type.equals("int") || type.equals("bigint") || type.startsWith("decimal");
        }

        boolean text() {
            return type.equals("text");
        }

        String yaml() {
            return name + ": {type: " + (type.startsWith("{") ? type : '"' + type + '"')
                    + (optional ? ", optional: true" : "")
                    + (name.equals("t") ? ", collation: C" : "") + (few ? ", values: {distinct: 4}" : "") + "}";
        }
    }

    /**
     * A part of an index.
     *
     * @param term a column or an expression, as the database prints it
     */
    record Part(String term, boolean descending, String nulls, String operatorClass) {

        String sql() {
            var expression = term.matches("\\w+") ? term : "(" + term + ")";
            return expression
                    + (operatorClass.isEmpty() ? "" : " " + operatorClass)
                    + (descending ? " desc" : "")
                    + (nulls.isEmpty() ? "" : " nulls " + nulls);
        }

        boolean nullsFirst() {
            return nulls.isEmpty() ? descending : nulls.equals("first");
        }
    }

    /** An index, in the order of its parts. */
    record Index(String method, List<Part> parts, List<String> include, String where, boolean unique) {

        Index notUnique() {
            return new Index(method, parts, include, where, false);
        }

        String yaml() {
            return "{on: [" + parts.stream().map(part -> '"' + part.sql() + '"').collect(Collectors.joining(", ")) + "]"
                    + ", using: " + method + (unique ? ", unique: true" : "")
                    + (include.isEmpty() ? "" : ", include: " + include)
                    + (where.isEmpty() ? "" : ", where: \"" + where + '"') + "}";
        }

        String sql(String table) {
            return "CREATE " + (unique ? "UNIQUE " : "") + "INDEX " + table + "_i ON " + table + " USING " + method
                    + " ("
                    + parts.stream().map(Part::sql).collect(Collectors.joining(", ")) + ")"
                    + (include.isEmpty() ? "" : " INCLUDE (" + String.join(", ", include) + ")")
                    + (where.isEmpty() ? "" : " WHERE " + where);
        }
    }

    /** A statement on one table. */
    record Query(List<String> items, List<String> conditions, List<String> order, boolean limited) {

        Query {
            // What is counted has no order
            order = items.contains("count(*)") ? List.of() : order;
            limited = limited && !items.contains("count(*)");
        }

        /** As SQL with parameters that have names. */
        String sql(String table) {
            return sql(table, order, limited);
        }

        /** The conditions that are alternatives. */
        List<String> alternatives() {
            return conditions.stream()
                    .filter(condition -> condition.contains(" or "))
                    .toList();
        }

        /** For each of the alternatives of a condition the statement with only that one. */
        List<Query> arms(String condition) {
            return Arrays.stream(condition.substring(1, condition.length() - 1).split(" or "))
                    .map(arm -> new Query(
                            items,
                            conditions.stream()
                                    .map(other -> other.equals(condition) ? arm : other)
                                    .toList(),
                            order,
                            limited))
                    .toList();
        }

        boolean hasLists() {
            return !withoutLists().equals(this);
        }

        /** With one value where there are several to choose from. */
        Query withoutLists() {
            return new Query(
                    items,
                    conditions.stream()
                            .map(condition -> condition
                                    .replaceFirst("(?<! not) in \\([^()]*\\)$| = any\\(:p[0-9]+\\)$", " = :p0")
                                    .replaceFirst(" > any\\(:p[0-9]+\\)$", " > :p0"))
                            .toList(),
                    order,
                    limited);
        }

        String withoutOrder(String table) {
            return sql(table, List.of(), false);
        }

        private String sql(String table, List<String> keys, boolean limit) {
            return "select " + String.join(", ", items) + " from " + table
                    + (conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions))
                    + (keys.isEmpty() ? "" : " order by " + String.join(", ", keys)) + (limit ? " limit 10" : "");
        }
    }

    private static final List<String> PREDICATES = List.of(
            "u is null",
            "u is not null",
            "s = 'open'",
            "s in ('open', 'new')",
            "s <> 'done'",
            "a > 100",
            "a >= 10 and b = 1",
            "a = 1 or b = 2",
            "a between 10 and 20",
            "flag",
            "not flag",
            "flag is not true");

    private static final List<String> IMPLYING = List.of(
            "u is null",
            "u is not null",
            "u = :p",
            "s = 'open'",
            "s = 'new'",
            "s = :p",
            "s in ('open', 'new')",
            "s in ('open', 'done')",
            "s <> 'done'",
            "a > 100",
            "a > 200",
            "a > 50",
            "a >= 100",
            "a >= 101",
            "a = 101",
            "a = 1",
            "b = 1",
            "b = 2",
            "a > :p",
            "a between 101 and 110",
            "a between 12 and 15",
            "a >= 10",
            "a in (150, 160)",
            "a in (1, 150)",
            "(a = 1 or b = 2)",
            "(a = 12 or a = 13)",
            "flag",
            "flag = true",
            "flag is true",
            "not flag",
            "flag = false",
            "flag is not true");

    private final Random random;
    private final List<Column> columns = new ArrayList<>();
    private int parameters;

    RandomAccess(Random random) {
        this.random = random;
        for (var name : List.of("a", "b", "c", "d")) {
            columns.add(column(name, "int", "int", chance(30)));
        }
        columns.add(column("e", "bigint", "bigint", chance(30)));
        columns.add(column("n", "decimal(10,2)", "numeric(10,2)", chance(30)));
        columns.add(column("s", "text", "text COLLATE \"en-x-icu\"", chance(30)));
        columns.add(column("t", "text", "text COLLATE \"C\"", chance(30)));
        columns.add(column("u", "text", "text COLLATE \"en-x-icu\"", true));
        columns.add(column("flag", "boolean", "boolean", chance(30)));
        columns.add(column("ts", "timestamptz", "timestamptz", chance(30)));
        columns.add(column("tags", "text[]", "text[]", false));
        columns.add(column("j", "json", "jsonb", false));
        columns.add(new Column("r", "{native: tstzrange}", "tstzrange", false, false));
    }

    private Column column(String name, String type, String sql, boolean optional) {
        return new Column(name, type, sql, optional, chance(25) && !name.equals("tags") && !name.equals("j"));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    List<Column> columns() {
        return columns;
    }

    private Column column(String name) {
        return columns.stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<Column> plain() {
        return columns.stream()
                .filter(column -> !Set.of("tags", "j", "r").contains(column.name()))
                .toList();
    }

    // --- indexes ---

    Index index() {
        var dice = random.nextInt(100);
        if (dice < 5) {
            return new Index("hash", List.of(new Part(any(plain()).name(), false, "", "")), List.of(), where(), false);
        } else if (dice < 10) {
            var classed = any(List.of(
                    new Part("tags", false, "", ""),
                    new Part("j", false, "", ""),
                    new Part("j", false, "", "jsonb_path_ops"),
                    new Part("s", false, "", "gin_trgm_ops")));
            return new Index("gin", List.of(classed), List.of(), where(), false);
        } else if (dice < 13) {
            var classed = any(List.of(new Part("r", false, "", ""), new Part("s", false, "", "gist_trgm_ops")));
            return new Index("gist", List.of(classed), List.of(), where(), false);
        } else if (dice < 17) {
            var name = any(List.of("a", "b", "e", "n", "s", "ts"));
            return new Index("brin", List.of(new Part(name, false, "", "")), List.of(), where(), false);
        }
        var terms = new LinkedHashSet<String>();
        var count = 1 + random.nextInt(4);
        while (terms.size() < count) {
            terms.add(
                    chance(10)
                            ? any(List.of("lower(s)", "(a + b)", "abs(c)"))
                            : any(plain()).name());
        }
        var parts = terms.stream().map(this::part).toList();
        var include = chance(20)
                ? plain().stream()
                        .map(Column::name)
                        .filter(name -> !terms.contains(name) && chance(20))
                        .toList()
                : List.<String>of();
        return new Index("btree", parts, include, where(), chance(10));
    }

    private String where() {
        return chance(25) ? any(PREDICATES) : "";
    }

    private Part part(String term) {
        var text = Set.of("s", "t", "u", "lower(s)").contains(term);
        return new Part(
                term,
                chance(30),
                chance(15) ? any(List.of("first", "last")) : "",
                text && chance(20) ? "text_pattern_ops" : "");
    }

    // --- statements ---

    Query query(Index index) {
        parameters = 0;
        if (chance(8)) {
            return new Query(items(index), List.of(), order(index), true);
        }
        var terms = index.parts().stream().map(Part::term).toList();
        var conditions = new LinkedHashSet<String>();
        if (!index.where().isEmpty() && chance(70)) {
            conditions.add(
                    switch (random.nextInt(3)) {
                        case 0 -> index.where().contains(" or ") ? "(" + index.where() + ")" : index.where();
                        default -> implying(index.where());
                    });
        }
        var wanted = random.nextInt(4);
        var used = new LinkedHashSet<String>();
        for (var i = 0; i < wanted; i++) {
            var term = chance(80) ? any(terms) : any(columns).name();
            if (used.add(term) || chance(10)) {
                conditions.add(condition(term, terms));
            }
        }
        if (chance(70) && !terms.isEmpty()) {
            conditions.add(condition(terms.get(0), terms));
        }
        var order = chance(50) ? order(index) : List.<String>of();
        var shuffled = new ArrayList<>(conditions);
        Collections.shuffle(shuffled, random);
        return new Query(items(index), shuffled, order, chance(30));
    }

    private String implying(String predicate) {
        var near = IMPLYING.stream()
                .filter(condition -> condition.replaceAll("\\W.*", "").equals(predicate.replaceAll("\\W.*", "")))
                .toList();
        var picked = near.isEmpty() ? any(IMPLYING) : any(near);
        return picked.replace(":p", parameter());
    }

    private List<String> items(Index index) {
        var dice = random.nextInt(100);
        if (dice < 25) {
            return List.of("*");
        } else if (dice < 32) {
            return List.of("count(*)");
        }
        var items = new LinkedHashSet<String>();
        var count = 1 + random.nextInt(3);
        for (var i = 0; i < count; i++) {
            var names = new ArrayList<>(index.include());
            index.parts().forEach(part -> names.add(part.term()));
            items.add(chance(85) ? any(names) : any(columns).name());
        }
        return List.copyOf(items);
    }

    private List<String> order(Index index) {
        if (index.parts().get(0).operatorClass().equals("gist_trgm_ops") && chance(70)) {
            return List.of(any(List.of("s <-> 'abcd'", "s <-> 'abcd' desc", "'abcd' <-> s")));
        }
        var keys = new ArrayList<String>();
        var terms = new LinkedHashSet<String>();
        var flipped = chance(40);
        var skip = index.method().equals("btree") ? random.nextInt(index.parts().size()) : 0;
        for (var i = 0; i < index.parts().size(); i++) {
            var part = index.parts().get(i);
            if (i < skip && chance(70) || part.term().equals("j") || part.term().equals("tags")) {
                continue;
            }
            var literal = chance(80);
            var descending = literal ? part.descending() != flipped : random.nextBoolean();
            var nullsFirst = literal ? part.nullsFirst() != flipped : random.nextBoolean();
            terms.add(part.term());
            keys.add(part.term()
                    + (descending ? " desc" : "")
                    + (nullsFirst == descending ? "" : nullsFirst ? " nulls first" : " nulls last"));
            if (chance(35)) {
                break;
            }
        }
        if (keys.isEmpty() || chance(15)) {
            var other = any(plain()).name();
            if (terms.add(other)) {
                keys.add(other + (chance(30) ? " desc" : ""));
            }
        }
        return keys;
    }

    private String parameter() {
        return ":p" + ++parameters;
    }

    private String condition(String term, List<String> terms) {
        if (term.equals("tags")) {
            return any(List.of(
                    "tags @> " + parameter(),
                    "tags && " + parameter(),
                    "'x' = any(tags)",
                    "tags @> '{}'",
                    "tags <@ " + parameter(),
                    "tags = " + parameter()));
        } else if (term.equals("j")) {
            return any(List.of(
                    "j @> " + parameter(), "j ? 'k'", "j ->> 'k' = " + parameter(), "j @> '{}'", "j = " + parameter()));
        } else if (term.equals("r")) {
            return any(List.of("r && " + parameter(), "r @> now()", "r = " + parameter(), "upper(r) > now()"));
        } else if (term.equals("flag")) {
            return any(List.of(
                    "flag",
                    "not flag",
                    "flag = true",
                    "flag = " + parameter(),
                    "flag is true",
                    "flag is not true",
                    "flag is null",
                    "flag is false",
                    "flag <> true"));
        }
        var text =
                term.equals("lower(s)") || term.matches("\\w+") && column(term).text();
        return switch (random.nextInt(text ? 22 : 18)) {
            case 0, 1, 2, 3 -> term + " = " + parameter();
            case 4 -> term + " = " + constant(term, 5);
            case 5, 6 -> term + " " + any(List.of("<", "<=", ">", ">=")) + " " + value(term);
            case 7 -> term + " between " + value(term) + " and " + value(term);
            case 8 -> term + " in (" + constant(term, 5) + ", " + constant(term, chance(15) ? 5 : 6) + ")";
            case 9 -> term + " in (" + value(term) + (chance(40) ? "" : ", " + parameter()) + ")";
            case 10 -> term + " = any(" + parameter() + ")";
            case 11 -> term + " is null";
            case 12 -> term + " is not null";
            case 13 -> term + any(List.of(" <> ", " is distinct from ", " is not distinct from ")) + value(term);
            case 14 ->
                "(" + term + " = " + value(term) + " or "
                        + (chance(60) ? term : any(terms).replace("flag", "a")) + " = " + parameter() + ")";
            case 15 -> odd(term);
            case 16, 17 -> row(term, terms);
            default ->
                any(List.of(
                        term + " like 'abc%'",
                        term + " like '%abcd%'",
                        term + " like 'abc'",
                        term + " like " + parameter(),
                        term + " ilike 'abc%'",
                        term + " ^@ 'abc'",
                        term + " like '%ab%'"));
        };
    }

    /** What no index on the term itself answers, mostly. */
    private String odd(String term) {
        if (term.equals("ts")) {
            return any(List.of(
                    "ts::date = '2026-01-01'",
                    "date_trunc('day', ts) = " + parameter(),
                    "ts > now()",
                    "ts > clock_timestamp()",
                    "ts >= date '2026-01-01'"));
        } else if (term.matches("\\w+") && column(term).number()) {
            return any(List.of(
                    term + " = 5.5",
                    term + " = 5::bigint",
                    term + " = 5::numeric",
                    term + " = 5::float8",
                    term + " + 1 = " + parameter(),
                    "coalesce(" + term + ", 0) = 1",
                    "not (" + term + " <> 5)",
                    "not (" + term + " < 5)",
                    term + " not in (1, 2)",
                    "(" + term + " = " + parameter() + " or " + term + " is null)",
                    term + " < " + (term.equals("e") ? "a" : "e"),
                    "5 < " + term,
                    term + " > any(" + parameter() + ")",
                    term + " = all(" + parameter() + ")"));
        } else if (term.matches("\\w+") && column(term).text()) {
            return any(List.of(
                    "lower(" + term + ") = " + parameter(),
                    "upper(" + term + ") = 'X'",
                    term + " || 'x' = 'y'",
                    "length(" + term + ") > 3",
                    "coalesce(" + term + ", '') = 'x'"));
        }
        return term + " = " + parameter();
    }

    private String row(String term, List<String> terms) {
        var at = terms.indexOf(term);
        var rest = new ArrayList<String>();
        rest.add(term);
        for (var i = at + 1; at >= 0 && i < terms.size() && chance(80); i++) {
            rest.add(terms.get(i));
        }
        if (rest.size() < 2 || rest.contains("flag")) {
            return term + " > " + parameter();
        }
        if (chance(15)) {
            Collections.reverse(rest);
        }
        var values = rest.stream().map(one -> parameter()).collect(Collectors.joining(", "));
        return "(" + String.join(", ", rest) + ") " + any(List.of(">", "<", ">=", "<=", "=")) + " (" + values + ")";
    }

    private String value(String term) {
        return chance(60) ? parameter() : constant(term, 5 + random.nextInt(3));
    }

    private String constant(String term, int number) {
        if (term.equals("ts")) {
            return "'2026-01-0" + number + " 00:00:00+00'";
        }
        var text =
                term.equals("lower(s)") || term.matches("\\w+") && column(term).text();
        return text ? "'v" + number + "'" : String.valueOf(number);
    }
}
