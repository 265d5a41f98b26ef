package dev.schemaproof.prove;

import dev.schemaproof.prove.data.ColumnStatistics;
import java.util.Locale;
import java.util.Optional;

/** Since PostgreSQL 18, which has functions for it: they are what {@code pg_dump --statistics} writes. */
final class RestoredStatistics extends StatisticsSql {

    @Override
    String relation(String schema, String name, long pages, long rows, long visible) {
        return restore("relation", schema, "relname", name) + ", 'relpages', " + pages + ", 'reltuples', " + rows
                + "::real, 'relallvisible', " + visible + ")";
    }

    @Override
    String attribute(
            String schema, String relation, ColumnStatistics column, double distinct, Optional<String> histogram) {
        StringBuilder sql =
                new StringBuilder(restore("attribute", schema, "relname", relation, "attname", column.column()));
        sql.append(String.format(
                Locale.ROOT,
                ", 'inherited', false, 'null_frac', %s::real, 'avg_width', %d, 'n_distinct', %s::real,"
                        + " 'correlation', %s::real",
                column.nulls(),
                column.width(),
                distinct,
                column.correlation()));
        if (!column.frequent().isEmpty()) {
            sql.append(", 'most_common_vals', ")
                    .append(values(column))
                    .append("::text, 'most_common_freqs', ")
                    .append(frequencies(column));
        }
        histogram.ifPresent(
                bounds -> sql.append(", 'histogram_bounds', ").append(bounds).append("::text"));
        return sql.append(')').toString();
    }

    private static String restore(String what, String schema, String... names) {
        StringBuilder sql = new StringBuilder("SELECT pg_restore_" + what + "_stats('schemaname', " + literal(schema));
        for (int i = 0; i < names.length; i += 2) {
            sql.append(", '").append(names[i]).append("', ").append(literal(names[i + 1]));
        }
        return sql.toString();
    }
}
