package dev.schemaproof.prove;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes up queries on the tables of {@link TwinAgreementTest}: of one table and of two. */
final class RandomQueries {

    private record Column(String name, List<String> conditions) {}

    private record Table(String name, List<Column> columns, List<String> orders, List<String> outputs) {

        List<Column> some(Random random, int most) {
            List<Column> chosen = new ArrayList<>();
            for (int i = random.nextInt(most + 1); i > 0; i--) {
                Column column = columns.get(random.nextInt(columns.size()));
                if (!chosen.contains(column)) {
                    chosen.add(column);
                }
            }
            return chosen;
        }
    }

    private record Join(int one, int two, String condition) {}

    private static final String EQUAL = "%s = ?";
    private static final String EITHER = "%s IN (?, ?)";
    private static final String ABOVE = "%s > ?";
    private static final String WITHIN = "%s BETWEEN ? AND ?";
    private static final String ABSENT = "%s IS NULL";
    private static final String PRESENT = "%s IS NOT NULL";

    private static Column column(String name, String... conditions) {
        return new Column(name, List.of(conditions));
    }

    private static final List<Table> TABLES = List.of(
            new Table(
                    "person",
                    List.of(
                            column("id", EQUAL, EQUAL, EITHER),
                            column("email", EQUAL, EQUAL, EITHER, ABOVE),
                            column("country", EQUAL, EITHER, "%s = 'DE'", "%s IN ('DE', 'FR')", "%s <> 'DE'"),
                            column("note", EQUAL, ABSENT, PRESENT),
                            column("joined_at", ABOVE, WITHIN, "%s > now() - interval '7 days'")),
                    List.of("joined_at", "joined_at DESC", "email", "id", "note", "country, joined_at"),
                    List.of("*", "id, email", "email", "note", "count(*)", "id")),
            new Table(
                    "post",
                    List.of(
                            column("id", EQUAL, EQUAL, EITHER, ABOVE, WITHIN),
                            column("author_id", EQUAL, EQUAL, EITHER),
                            column("topic_id", EQUAL, EITHER),
                            column(
                                    "status",
                                    EQUAL,
                                    "%s = 'open'",
                                    "%s = 'paid'",
                                    "%s = 'void'",
                                    "%s IN ('open', 'void')"),
                            column("score", EQUAL, ABOVE, WITHIN, EITHER),
                            column("due", EQUAL, ABSENT, ABOVE, "%s > current_date - 30"),
                            column(
                                    "created_at",
                                    ABOVE,
                                    WITHIN,
                                    "%s > now() - interval '3 days'",
                                    "%s > now() - interval '90 days'"),
                            column("body", EQUAL)),
                    List.of(
                            "created_at DESC",
                            "created_at",
                            "id DESC",
                            "score",
                            "score DESC, id",
                            "due",
                            "author_id, created_at DESC"),
                    List.of("*", "id, score", "id", "body", "count(*)", "max(score)", "author_id, created_at")),
            new Table(
                    "comment",
                    List.of(
                            column("id", EQUAL, EQUAL, EITHER),
                            column("post_id", EQUAL, EQUAL, EITHER),
                            column("person_id", EQUAL, EITHER),
                            column("likes", EQUAL, ABOVE),
                            column("hidden", "%s", "NOT %s", EQUAL)),
                    List.of("id", "likes DESC", "post_id, id DESC", "person_id"),
                    List.of("*", "id, text", "text", "count(*)", "post_id")),
            new Table(
                    "topic",
                    List.of(column("id", EQUAL), column("name", EQUAL)),
                    List.of("id", "name"),
                    List.of("*", "name", "count(*)")));

    private static final List<Join> JOINS = List.of(
            new Join(1, 0, "one.author_id = two.id"),
            new Join(0, 1, "two.author_id = one.id"),
            new Join(2, 1, "one.post_id = two.id"),
            new Join(1, 2, "two.post_id = one.id"),
            new Join(2, 0, "one.person_id = two.id"),
            new Join(1, 3, "one.topic_id = two.id"));

    private final Random random;
    private int parameters;

    RandomQueries(long seed) {
        this.random = new Random(seed);
    }

    /** The next query, its parameters as {@code $1}, {@code $2}. */
    String next() {
        parameters = 0;
        return random.nextInt(100) < 55 ? single() : joined();
    }

    private String single() {
        Table table = TABLES.get(random.nextInt(100) < 65 ? 1 : random.nextInt(TABLES.size()));
        List<String> conditions = conditions(table.some(random, 3), "");
        String output = any(table.outputs());
        return "SELECT " + output + " FROM " + table.name() + where(conditions) + end(table, output, "");
    }

    private String joined() {
        Join join = any(JOINS);
        Table one = TABLES.get(join.one());
        Table two = TABLES.get(join.two());
        List<String> conditions = conditions(one.some(random, 2), "one.");
        conditions.addAll(conditions(two.some(random, 1), "two."));
        String output = random.nextInt(5) == 0 ? "count(*)" : any(List.of("one.*", "one.id, two.id", "two.*", "*"));
        return "SELECT " + output + " FROM " + one.name() + " one JOIN " + two.name() + " two ON " + join.condition()
                + where(conditions) + end(one, output, "one.");
    }

    private List<String> conditions(List<Column> columns, String prefix) {
        List<String> conditions = new ArrayList<>();
        for (Column column : columns) {
            StringBuilder condition = new StringBuilder();
            for (char c :
                    any(column.conditions()).formatted(prefix + column.name()).toCharArray()) {
                condition.append(c == '?' ? "$" + ++parameters : String.valueOf(c));
            }
            conditions.add(condition.toString());
        }
        return conditions;
    }

    private static String where(List<String> conditions) {
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }

    private String end(Table table, String output, String prefix) {
        if (output.contains("(")) {
            return "";
        }
        String order = random.nextInt(100) < 55
                ? " ORDER BY " + prefix + any(table.orders()).replace(", ", ", " + prefix)
                : "";
        return order + (random.nextInt(100) < 60 ? " LIMIT " + any(List.of("1", "20", "100")) : "");
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
