package dev.schemaproof.analysis.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.dialect.postgresql.CatalogFacts;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.SourceText;
import dev.schemaproof.prove.TestServer;
import dev.schemaproof.sql.SqlExpression;
import dev.schemaproof.sql.SqlParser;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What we say of an expression's type, and that it would be refused, is what PostgreSQL says; where we say nothing there is
 * nothing to compare.
 */
class TypingAgainstPostgresTest {

    private static final int EXPRESSIONS = 2_000;

    /** Columns, by the name of their type. */
    private static final Map<String, String> COLUMNS = new TreeMap<>(Map.ofEntries(
            Map.entry("i2", "int2"),
            Map.entry("i4", "int4"),
            Map.entry("i8", "int8"),
            Map.entry("f4", "float4"),
            Map.entry("f8", "float8"),
            Map.entry("n", "numeric"),
            Map.entry("t", "text"),
            Map.entry("vc", "varchar"),
            Map.entry("bc", "bpchar"),
            Map.entry("b", "bool"),
            Map.entry("d", "date"),
            Map.entry("ti", "time"),
            Map.entry("ts", "timestamp"),
            Map.entry("tz", "timestamptz"),
            Map.entry("iv", "interval"),
            Map.entry("j", "jsonb"),
            Map.entry("js", "json"),
            Map.entry("by", "bytea"),
            Map.entry("ip", "inet"),
            Map.entry("u", "uuid"),
            Map.entry("ia", "int4[]"),
            Map.entry("ta", "text[]"),
            Map.entry("ir", "int4range"),
            Map.entry("tr", "tstzrange"),
            Map.entry("p", "point"),
            Map.entry("ct", "citext"),
            Map.entry("e", "mood"),
            Map.entry("ea", "mood[]"),
            Map.entry("m", "money")));

    private static final List<String> CONSTANTS =
            List.of("'x'", "'1'", "1", "1.5", "99999999999", "true", "null", "'{}'", "'2026-01-01'", "array[1, 2]");

    private static final List<String> TYPES = List.of(
            "int",
            "bigint",
            "smallint",
            "numeric(10,2)",
            "text",
            "varchar(5)",
            "boolean",
            "date",
            "timestamptz",
            "timestamp",
            "uuid",
            "jsonb",
            "json",
            "mood",
            "text[]",
            "interval",
            "time",
            "float",
            "inet",
            "citext",
            "bytea");

    /** What no sane test calls. */
    private static final String DANGEROUS =
            "pg_.*|lo_.*|nextval|setval|currval|lastval|set_config|.*_recv|.*_send|ts_stat|ts_rewrite|query_to.*|cursor_to.*|table_to.*|schema_to.*|database_to.*|dblink.*|binary_upgrade.*|connectby|crosstab.*|gen_salt|has_.*|.*in|.*out";

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

    @Test
    void saysOfExpressionsWhatPostgresSays() throws SQLException {
        var wrong = new ArrayList<String>();
        var counts = new int[3];
        try (var connection = SERVER.database().connect();
                var statement = connection.createStatement()) {
            prepare(statement);
            for (var i = 0; i < EXPRESSIONS; i++) {
                var sql = expression(random.nextInt(3));
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
                column -> types.written(COLUMNS.getOrDefault(column.name().value(), "?")));
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
        COLUMNS.forEach((name, type) -> columns.add(name + " " + type));
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

    private String expression(int depth) {
        if (depth == 0) {
            return random.nextInt(3) == 0 ? one(CONSTANTS) : one(List.copyOf(COLUMNS.keySet()));
        }
        return switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> operand(depth) + " " + one(OPERATORS) + " " + operand(depth);
            case 4, 5, 6 -> call(depth);
            case 7 -> operand(depth) + "::" + one(TYPES);
            case 8 -> "coalesce(" + expression(depth - 1) + ", " + expression(depth - 1) + ")";
            case 9 -> "case when b then " + expression(depth - 1) + " else " + expression(depth - 1) + " end";
            case 10 -> operand(depth) + " in (" + expression(depth - 1) + ", " + expression(depth - 1) + ")";
            default ->
                random.nextBoolean()
                        ? "extract(day from " + expression(depth - 1) + ")"
                        : operand(depth) + " at time zone 'UTC'";
        };
    }

    private String operand(int depth) {
        var inner = expression(depth - 1);
        return depth == 1 ? inner : "(" + inner + ")";
    }

    private String call(int depth) {
        var name = one(FUNCTIONS);
        var routines = CatalogFacts.all().routines(name);
        var arguments = new ArrayList<String>();
        for (var type : routines.get(random.nextInt(routines.size())).arguments()) {
            var fitting = COLUMNS.entrySet().stream()
                    .filter(column -> column.getValue().equals(type))
                    .map(Map.Entry::getKey)
                    .toList();
            arguments.add(fitting.isEmpty() || random.nextInt(4) == 0 ? expression(depth - 1) : one(fitting));
        }
        return name + "(" + String.join(", ", arguments) + ")";
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static final List<String> OPERATORS = List.of(
            "=", "<>", "<", ">=", "+", "-", "*", "/", "%", "^", "||", "->", "->>", "#>", "@>", "<@", "&&", "~", "~~",
            "!~", "@@", "?", "&", "|", "<<", ">>", "-|-", "#", "^@", "~*", "@?", "<->");

    private static final List<String> FUNCTIONS = CatalogFacts.of(18, List.of("citext")).routineNames().stream()
            .filter(name -> !name.matches(DANGEROUS))
            .filter(name -> CatalogFacts.all().routines(name).stream().allMatch(routine -> routine.kind() == 'f'))
            .toList();
}
