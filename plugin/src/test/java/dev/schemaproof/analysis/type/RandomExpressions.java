package dev.schemaproof.analysis.type;

import dev.schemaproof.dialect.postgresql.CatalogFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Expressions of random columns, constants, operators and functions, of which PostgreSQL refuses many. */
final class RandomExpressions {

    /** Columns, by the name of their type. */
    static final Map<String, String> COLUMNS = new TreeMap<>(Map.ofEntries(
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

    private final Random random;
    private final List<String> constants;

    /** @param more what may stand for a value beside constants and columns */
    RandomExpressions(Random random, List<String> more) {
        this.random = random;
        constants = Stream.concat(CONSTANTS.stream(), more.stream()).toList();
    }

    String expression(int depth) {
        if (depth == 0) {
            return random.nextInt(3) == 0 ? one(constants) : one(List.copyOf(COLUMNS.keySet()));
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

    <T> T one(List<T> choices) {
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
