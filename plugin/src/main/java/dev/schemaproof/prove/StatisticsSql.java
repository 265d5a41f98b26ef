package dev.schemaproof.prove;

import dev.schemaproof.dialect.postgresql.PostgresDialect;
import dev.schemaproof.prove.data.ColumnStatistics;
import dev.schemaproof.prove.data.DeclaredStatistics;
import java.util.Optional;
import java.util.stream.Collectors;

/** The statements by which a superuser tells the planner what stands in a table that it has never analyzed. */
abstract sealed class StatisticsSql permits RestoredStatistics, WrittenStatistics {

    /** The first PostgreSQL with {@code pg_restore_attribute_stats}. */
    private static final int FIRST_THAT_RESTORES = 18;

    /** Beyond this share of the rows, ANALYZE notes distinct values as a share, so that they grow with the table. */
    private static final double DISTINCT_AS_SHARE = 0.1;

    /** The number of parts of a histogram, as ANALYZE makes them. */
    private static final int HISTOGRAM = 100;

    private static final PostgresDialect SQL = new PostgresDialect();

    /** Those for a server of this major version. */
    static StatisticsSql of(int majorVersion) {
        return majorVersion >= FIRST_THAT_RESTORES ? new RestoredStatistics() : new WrittenStatistics();
    }

    /**
     * Of a table or an index.
     *
     * @param pages its pages; its file has to be as long
     * @param visible how many of them hold only rows that everybody sees
     */
    abstract String relation(String schema, String name, long pages, long rows, long visible);

    /**
     * Of a column of a table, or of an expression in an index.
     *
     * @param rows of the table
     */
    final String attribute(String schema, String relation, long rows, ColumnStatistics column) {
        return attribute(
                schema,
                relation,
                column,
                distinct(column, rows),
                column.frequent().isEmpty() && column.recent() ? Optional.of(histogram()) : Optional.empty());
    }

    /**
     * Of a column, in the terms of {@code pg_statistic}.
     *
     * @param distinct how many different values; a negative number is their share of the rows
     * @param histogram an expression that gives an array, where one is known
     */
    abstract String attribute(
            String schema, String relation, ColumnStatistics column, double distinct, Optional<String> histogram);

    private static double distinct(ColumnStatistics column, long rows) {
        double share = column.distinct() / Math.max(1, rows);
        return share > DISTINCT_AS_SHARE ? -Math.min(1, share) : Math.rint(column.distinct());
    }

    /**
     * As of now, because statements compare with now(). The planner compares moments with and without a time zone as if the
     * latter were those of UTC, whatever the session's time zone is.
     */
    private static String histogram() {
        return "(SELECT array_agg((now() AT TIME ZONE 'UTC' - interval '" + DeclaredStatistics.DAYS / HISTOGRAM
                + " days' * n)::text || '+00' ORDER BY n DESC) FROM generate_series(0, " + HISTOGRAM + ") n)";
    }

    /** The most frequent values as a literal of an array. */
    static String values(ColumnStatistics column) {
        return literal(column.frequent().keySet().stream()
                .map(value -> "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                .collect(Collectors.joining(",", "{", "}")));
    }

    /** Their shares of all rows, those without a value included. */
    static String frequencies(ColumnStatistics column) {
        return column.frequent().values().stream()
                .map(frequency -> String.valueOf(frequency * (1 - column.nulls())))
                .collect(Collectors.joining(",", "ARRAY[", "]::real[]"));
    }

    static String literal(String text) {
        return SQL.literal(text);
    }

    static String qualified(String schema, String name) {
        return SQL.identifier(schema) + "." + SQL.identifier(name);
    }
}
