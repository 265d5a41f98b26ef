package dev.schemaproof.analysis.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.generate.relational.PatternSql;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.Model;
import dev.schemaproof.prove.TestServer;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What we say of the types in a statement with parameters, that it would be refused, is what PostgreSQL says. */
class StatementTypingAgainstPostgresTest {

    private static final int STATEMENTS = 2_000;

    /** States of PostgreSQL for types that don't go together, and for constants that a type doesn't have. */
    private static final Set<String> ABOUT_TYPES = Set.of("42883", "42804", "42P08", "42P18", "22P02", "22007");

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private final Random random = new Random(7);
    private final RandomExpressions expressions = new RandomExpressions(random, List.of(":a", ":b", ":a", ":b"));

    @Test
    void refusesOfStatementsOnlyWhatPostgresRefuses() throws SQLException {
        var patterns = new ArrayList<String>();
        for (var i = 0; i < STATEMENTS; i++) {
            patterns.add("{sql: \"" + statement() + "\"}");
        }
        compare(patterns);
    }

    @Test
    void refusesOfStructuredPatternsOnlyWhatPostgresRefuses() throws SQLException {
        var patterns = new ArrayList<String>();
        for (var i = 0; i < STATEMENTS; i++) {
            patterns.add("{entity: T, find: many, where: [\"" + structured() + "\", \"" + structured() + "\"]}");
        }
        compare(patterns);
    }

    private static void compare(List<String> patterns) throws SQLException {
        var wrong = new ArrayList<String>();
        var refused = 0;
        var foreseen = 0;
        var taken = 0;
        var model = model(patterns);
        var facts = new Facts(model);
        try (var connection = SERVER.database().connect();
                var statement = connection.createStatement()) {
            prepare(statement);
            for (var pattern : model.patterns().values()) {
                if (pattern instanceof AccessPattern.Sql text && !isRead(text, facts)) {
                    continue;
                }
                var sql = PatternSql.of(model, pattern).sql();
                var flaws = facts.typing().flaws().stream()
                        .filter(found -> found.subject().equals(pattern.name().value()))
                        .map(FoundFlaw::flaw)
                        .toList();
                var problem = refusal(statement, sql);
                if (problem == null) {
                    taken++;
                    if (!flaws.isEmpty()) {
                        wrong.add(sql + ": " + flaws);
                    }
                } else if (ABOUT_TYPES.contains(problem.getSQLState())) {
                    refused++;
                    foreseen += flaws.isEmpty() ? 0 : 1;
                }
            }
        }

        assertThat(String.join("\n", wrong)).isEmpty();
        // Silence would be no mistake either, so most has to be said
        assertThat(taken).as("statements that are taken").isGreaterThan(STATEMENTS / 10);
        assertThat(refused).as("statements that are refused").isGreaterThan(STATEMENTS / 4);
        assertThat(foreseen).as("refusals foreseen, of " + refused).isGreaterThan(refused * 9 / 10);
    }

    private static boolean isRead(AccessPattern.Sql pattern, Facts facts) {
        var reading = facts.sql().statement(pattern.sql()).orElseThrow();
        return reading.parsed().tree().isPresent() && reading.names().flaws().isEmpty();
    }

    private static SQLException refusal(Statement statement, String sql) throws SQLException {
        try {
            statement.setEscapeProcessing(false);
            statement.execute("PREPARE s AS " + sql);
            statement.execute("DEALLOCATE s");
            return null;
        } catch (SQLException refusal) {
            return refusal;
        }
    }

    private static Model model(List<String> patterns) {
        var yaml = new StringBuilder("""
                schema: s
                stores: {main: {engine: postgresql, version: 18, extensions: [citext]}}
                types: {mood: {enum: [sad, ok]}}
                entities:
                  T:
                    table: t
                    key: [i4]
                    attributes:
                """);
        RandomExpressions.COLUMNS.forEach((name, type) -> yaml.append("      ")
                .append(name)
                .append(type.startsWith("mood") ? ": \"" + type + "\"\n" : ": {native: \"" + type + "\"}\n"));
        yaml.append("accessPatterns:\n");
        for (var i = 0; i < patterns.size(); i++) {
            yaml.append("  p").append(i).append(": ").append(patterns.get(i)).append('\n');
        }
        return Models.read(yaml.toString());
    }

    private static void prepare(Statement statement) throws SQLException {
        statement.execute("CREATE EXTENSION citext");
        statement.execute("CREATE TYPE mood AS ENUM ('sad', 'ok')");
        var columns = new ArrayList<String>();
        RandomExpressions.COLUMNS.forEach((name, type) -> columns.add(name + " " + type));
        statement.execute("CREATE TABLE t (" + String.join(", ", columns) + ")");
    }

    private String statement() {
        return switch (random.nextInt(8)) {
            case 0 -> "SELECT " + value() + " FROM t WHERE " + condition() + " AND " + condition();
            case 1 ->
                "SELECT x.i4 FROM t x JOIN t y ON x." + column() + " = y." + column() + " WHERE x." + column()
                        + " = :a ORDER BY 1 LIMIT :b";
            case 2 -> "INSERT INTO t (" + column("i4") + ") VALUES (" + value() + ", " + value() + ")";
            case 3 -> "UPDATE t SET " + column() + " = " + value() + " WHERE " + condition();
            case 4 ->
                "DELETE FROM t WHERE " + column() + " IN (SELECT " + value() + " FROM t WHERE " + condition() + ")";
            case 5 ->
                "SELECT " + aggregate() + " FROM t GROUP BY " + column() + " HAVING " + aggregate()
                        + expressions.one(List.of(" = ", " > ", " + 1 > ")) + operand();
            case 6 -> merge();
            default ->
                "SELECT i4 FROM t WHERE " + column() + " = any(:a) AND " + column() + " BETWEEN :b AND " + value()
                        + " OR EXISTS (SELECT FROM t WHERE " + condition() + ")";
        };
    }

    private String merge() {
        var written = column();
        return "MERGE INTO t USING (SELECT " + written + " AS given, " + column() + " AS other FROM t) s ON s.other = "
                + column() + " WHEN MATCHED AND " + condition() + " THEN UPDATE SET " + column() + " = "
                + expressions.one(List.of("s.given", value()))
                + " WHEN NOT MATCHED AND " + expressions.one(List.of("s.other = :a", "s.other", "s.given > s.other"))
                + " THEN INSERT (" + column(written) + ") VALUES ("
                + expressions.one(List.of(":a", ":b", "s.other")) + ", s.given)"
                + expressions.one(List.of("", " RETURNING " + value()));
    }

    private String structured() {
        var operators = List.of("=", "<", ">=", "<>", "in", "between", "starts with", "contains", "is null");
        var operator = expressions.one(operators);
        return switch (operator) {
            case "is null" -> column() + " is null";
            case "between" -> column() + " between " + operand() + " and " + operand();
            case "in" -> column() + (random.nextBoolean() ? " in :a" : " in (" + operand() + ", " + operand() + ")");
            default -> column() + " " + operator + " " + operand();
        };
    }

    private String operand() {
        return expressions.one(List.of(":a", ":b", ":c", ":d", "'x'", "'1'", "'2026-01-01'", "5", "1.5", "true"));
    }

    private String aggregate() {
        return expressions.one(
                        List.of("max", "min", "sum", "avg", "count", "bool_or", "array_agg", "any_value", "json_agg"))
                + "(" + expressions.one(List.of("", "", "DISTINCT ")) + column() + ")"
                + expressions.one(List.of("", "", " FILTER (WHERE " + condition() + ")"));
    }

    private String condition() {
        var column = column();
        return switch (random.nextInt(5)) {
            case 0, 1 -> column + " = " + expressions.one(List.of(":a", ":b"));
            case 4 -> expressions.one(List.of(":a", ":b", ":c")) + " IS NULL";
            case 2 -> column + " >= " + column;
            default -> column + " = " + value();
        };
    }

    private String value() {
        return switch (random.nextInt(3)) {
            case 0 -> expressions.one(List.of(":a", ":b", ":c"));
            case 1 -> expressions.expression(0);
            default -> expressions.expression(1);
        };
    }

    private String column() {
        return expressions.one(List.copyOf(RandomExpressions.COLUMNS.keySet()));
    }

    /** Another column before this one. */
    private String column(String other) {
        var one = column();
        return one.equals(other) ? "i8, " + other : one + ", " + other;
    }
}
