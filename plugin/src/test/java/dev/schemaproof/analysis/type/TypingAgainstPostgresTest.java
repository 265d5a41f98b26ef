package dev.schemaproof.analysis.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.SourceText;
import dev.schemaproof.prove.TestServer;
import dev.schemaproof.sql.SqlExpression;
import dev.schemaproof.sql.SqlParser;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What we say of an expression's type, and that it would be refused, is what PostgreSQL says; where we say nothing there is
 * nothing to compare.
 */
class TypingAgainstPostgresTest {

    private static final int EXPRESSIONS = 2_000;

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final Model MODEL = Models.read("""
            schema: s
            stores: {main: {engine: postgresql, version: 18, extensions: [citext]}}
            types: {mood: {enum: [sad, ok]}}
            entities: {T: {table: t, attributes: {e: mood}, key: [e]}}
            """);

    private final TypeSystem types =
            new TypeSystem(MODEL, MODEL.relationalStore().orElseThrow());
    private final Random random = new Random(42);
    private final RandomExpressions expressions = new RandomExpressions(random, List.of());

    @Test
    void saysOfExpressionsWhatPostgresSays() throws SQLException {
        var wrong = new ArrayList<String>();
        var counts = new int[3];
        try (var connection = SERVER.database().connect();
                var statement = connection.createStatement()) {
            prepare(statement);
            for (var i = 0; i < EXPRESSIONS; i++) {
                var sql = expressions.expression(random.nextInt(3));
                var source = SourceText.of(sql, new Location("model.yaml", 1, 1, 1));
                var tree = SqlParser.expression(source).tree();
                if (tree.isPresent()) {
                    compare(sql, tree.get(), statement, counts).ifPresent(wrong::add);
                }
            }
        }
        assertThat(String.join("\n", wrong)).isEmpty();
        // Silence would be no mistake either, so most has to be said
        assertThat(counts[0]).as("types known").isGreaterThan(EXPRESSIONS / 5);
        assertThat(counts[1]).as("refusals foreseen").isGreaterThan(EXPRESSIONS / 5);
        assertThat(counts[2]).as("volatilities known").isGreaterThan(EXPRESSIONS / 5);
    }

    private Optional<String> compare(String sql, SqlExpression tree, Statement statement, int[] counts)
            throws SQLException {
        var typing = new Typing(
                types,
                new Literals(MODEL),
                sql,
                column -> types.written(
                        RandomExpressions.COLUMNS.getOrDefault(column.name().value(), "?")));
        var typed = typing.type(tree);
        String theirs;
        try (var rows = statement.executeQuery("SELECT pg_temp.judge($$" + sql + "$$)")) {
            rows.next();
            theirs = rows.getString(1);
        }
        var refused = theirs.startsWith("!");
        if (!typing.flaws().isEmpty()) {
            counts[1]++;
            return refused ? Optional.empty() : Optional.of(sql + ": " + typing.flaws() + ", but it is " + theirs);
        } else if (refused) {
            return Optional.empty();
        }
        var type = theirs.substring(1);
        if (typed.type().isPresent()) {
            counts[0]++;
            var ours =
                    typed.type().get().isUnknown() ? SqlType.TEXT : typed.type().get();
            if (!types.written(type).equals(Optional.of(ours))) {
                return Optional.of(sql + ": " + ours + ", but it is " + type);
            }
        }
        if (typed.volatility() != Volatility.UNKNOWN && !theirs.startsWith("?")) {
            counts[2]++;
            var mutable = theirs.startsWith("~");
            if (mutable != (typed.volatility() == Volatility.MUTABLE)) {
                return Optional.of(sql + ": " + typed.volatility() + ", but it is " + theirs);
            }
        }
        return Optional.empty();
    }

    private static void prepare(Statement statement) throws SQLException {
        statement.execute("CREATE EXTENSION citext");
        statement.execute("CREATE TYPE mood AS ENUM ('sad', 'ok')");
        var columns = new ArrayList<String>();
        RandomExpressions.COLUMNS.forEach((name, type) -> columns.add(name + " " + type));
        statement.execute("CREATE TABLE t (" + String.join(", ", columns) + ")");
        statement.execute("""
                CREATE FUNCTION pg_temp.judge(expression text) RETURNS text LANGUAGE plpgsql AS $f$
                DECLARE type text; mark text := '=';
                BEGIN
                  BEGIN
                    EXECUTE 'CREATE TEMPORARY VIEW v AS SELECT (' || expression || ') AS x FROM t';
                    SELECT format_type(atttypid, NULL) INTO type FROM pg_attribute
                      WHERE attrelid = 'v'::regclass AND attname = 'x';
                    DROP VIEW v;
                  EXCEPTION WHEN OTHERS THEN
                    RETURN '!' || SQLERRM;
                  END;
                  BEGIN
                    EXECUTE 'CREATE INDEX i ON t ((CASE WHEN (' || expression || ') IS NULL THEN 1 END))';
                    DROP INDEX i;
                  EXCEPTION WHEN invalid_object_definition THEN mark := '~';
                            WHEN OTHERS THEN mark := '?';
                  END;
                  RETURN mark || type;
                END $f$
                """);
    }
}
