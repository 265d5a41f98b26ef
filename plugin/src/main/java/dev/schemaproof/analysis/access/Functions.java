package dev.schemaproof.analysis.access;

import dev.schemaproof.sql.SqlExpression;
import java.util.Set;

/** What is known about PostgreSQL's functions by their names. */
final class Functions {

    private static final Set<String> AGGREGATES = Set.of(
            "count",
            "sum",
            "min",
            "max",
            "avg",
            "array_agg",
            "string_agg",
            "json_agg",
            "jsonb_agg",
            "json_object_agg",
            "jsonb_object_agg",
            "bool_and",
            "bool_or",
            "every",
            "any_value",
            "bit_and",
            "bit_or",
            "stddev",
            "stddev_pop",
            "stddev_samp",
            "variance",
            "var_pop",
            "var_samp",
            "corr",
            "mode",
            "percentile_cont",
            "percentile_disc",
            "rank",
            "dense_rank",
            "percent_rank",
            "cume_dist",
            "grouping",
            "range_agg",
            "range_intersect_agg",
            "xmlagg");

    /** Give several rows, from nothing but their arguments. */
    private static final Set<String> SETS = Set.of(
            "unnest",
            "generate_series",
            "generate_subscripts",
            "json_array_elements",
            "json_array_elements_text",
            "json_each",
            "json_each_text",
            "json_object_keys",
            "json_populate_recordset",
            "json_to_record",
            "json_to_recordset",
            "jsonb_array_elements",
            "jsonb_array_elements_text",
            "jsonb_each",
            "jsonb_each_text",
            "jsonb_object_keys",
            "jsonb_path_query",
            "jsonb_populate_recordset",
            "jsonb_to_record",
            "jsonb_to_recordset",
            "regexp_matches",
            "regexp_split_to_table",
            "string_to_table");

    /** Give the same value throughout a statement. Of all others it isn't known. */
    private static final Set<String> STEADY = Set.of(
            "abs",
            "age",
            "array",
            "array_append",
            "array_cat",
            "array_length",
            "array_remove",
            "btrim",
            "cardinality",
            "ceil",
            "ceiling",
            "char_length",
            "coalesce",
            "concat",
            "concat_ws",
            "current_catalog",
            "current_date",
            "current_role",
            "current_schema",
            "current_setting",
            "current_time",
            "current_timestamp",
            "current_user",
            "date_bin",
            "date_part",
            "date_trunc",
            "daterange",
            "decode",
            "digest",
            "div",
            "encode",
            "floor",
            "format",
            "greatest",
            "int4range",
            "int8range",
            "jsonb_build_array",
            "jsonb_build_object",
            "json_build_object",
            "least",
            "left",
            "length",
            "localtime",
            "localtimestamp",
            "lower",
            "lpad",
            "ltrim",
            "make_date",
            "make_interval",
            "make_time",
            "make_timestamp",
            "make_timestamptz",
            "md5",
            "mod",
            "now",
            "nullif",
            "numrange",
            "octet_length",
            "phraseto_tsquery",
            "plainto_tsquery",
            "position",
            "power",
            "regexp_replace",
            "repeat",
            "replace",
            "reverse",
            "right",
            "round",
            "rpad",
            "rtrim",
            "session_user",
            "sha256",
            "sign",
            "split_part",
            "sqrt",
            "statement_timestamp",
            "string_to_array",
            "strpos",
            "substr",
            "substring",
            "system_user",
            "to_char",
            "to_date",
            "to_json",
            "to_jsonb",
            "to_number",
            "to_timestamp",
            "to_tsquery",
            "to_tsvector",
            "transaction_timestamp",
            "translate",
            "trim",
            "trunc",
            "tsrange",
            "tstzrange",
            "unaccent",
            "upper",
            "user",
            "websearch_to_tsquery");

    private Functions() {}

    /** Whether an expression puts several rows together, or compares rows, to give a value. */
    static boolean aggregates(SqlExpression expression) {
        return expression
                .walk()
                .anyMatch(node -> node instanceof SqlExpression.Call call
                        && (call.windowed() || AGGREGATES.contains(call.function())));
    }

    /** Whether it looks at other rows of the result, by OVER. */
    static boolean windowed(SqlExpression expression) {
        return expression.walk().anyMatch(node -> node instanceof SqlExpression.Call call && call.windowed());
    }

    /** Whether it is known to read nothing but its arguments. */
    static boolean isKnownSet(String function) {
        return SETS.contains(function) || STEADY.contains(function);
    }

    static boolean givesRows(SqlExpression expression) {
        return expression
                .walk()
                .anyMatch(node -> node instanceof SqlExpression.Call call && SETS.contains(call.function()));
    }

    /** Whether the expression has one value throughout a statement, as far as is known. */
    static boolean isSteady(SqlExpression expression) {
        return expression
                .walk()
                .noneMatch(node -> node instanceof SqlExpression.Call call
                                && (call.windowed() || !STEADY.contains(call.function()))
                        || node instanceof SqlExpression.Opaque);
    }
}
