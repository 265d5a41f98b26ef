package dev.schemaproof.prove;

import dev.schemaproof.prove.data.ColumnStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Before PostgreSQL 18, which has no functions for it: what {@code ANALYZE} would leave is written into the catalog, where only
 * {@code array_in} makes an array of a column's own type. {@code pg_statistic} has five slots for kinds of statistics of a column,
 * described in {@code pg_statistic.h}; a kind names the operator it was made with, of the default class for B-trees.
 */
final class WrittenStatistics extends StatisticsSql {

    private static final int SLOTS = 5;
    private static final int MOST_COMMON = 1;
    private static final int BOUNDS = 2;
    private static final int CORRELATION = 3;

    /** How the values of the column {@code col} are compared: as those of the type that its type is made of. */
    private static final String COMPARISON = """
            base AS (
              SELECT t.oid, t.typtype, t.typbasetype, t.typcategory FROM col JOIN pg_type t ON t.oid = col.atttypid
              UNION ALL
              SELECT t.oid, t.typtype, t.typbasetype, t.typcategory FROM base JOIN pg_type t ON t.oid = base.typbasetype
              WHERE base.typtype = 'd'
            ), operand AS (
              SELECT CASE WHEN typtype = 'e' THEN 'anyenum'::regtype WHEN typtype = 'r' THEN 'anyrange'::regtype
                          WHEN typtype = 'm' THEN 'anymultirange'::regtype WHEN typtype = 'c' THEN 'record'::regtype
                          WHEN typcategory = 'A' THEN 'anyarray'::regtype
                          WHEN oid = 'varchar'::regtype THEN 'text'::regtype ELSE oid END AS type
              FROM base WHERE typtype <> 'd'
            ), comparison AS (
              SELECT coalesce(max(o.amopopr::oid::bigint) FILTER (WHERE o.amopstrategy = 1), 0)::oid AS less,
                     coalesce(max(o.amopopr::oid::bigint) FILTER (WHERE o.amopstrategy = 3), 0)::oid AS equal
              FROM operand
              JOIN pg_opclass c ON c.opcintype = operand.type AND c.opcdefault
              JOIN pg_am m ON m.oid = c.opcmethod AND m.amname = 'btree'
              JOIN pg_amop o ON o.amopfamily = c.opcfamily AND o.amoplefttype = c.opcintype AND o.amoprighttype = c.opcintype
            )
            """;

    @Override
    String relation(String schema, String name, long pages, long rows, long visible) {
        return "UPDATE pg_class SET relpages = " + pages + ", reltuples = " + rows + "::real, relallvisible = "
                + visible + " WHERE oid = " + literal(qualified(schema, name)) + "::regclass";
    }

    @Override
    String attribute(
            String schema, String relation, ColumnStatistics column, double distinct, Optional<String> histogram) {
        List<Slot> slots = new ArrayList<>();
        if (!column.frequent().isEmpty()) {
            slots.add(new Slot(MOST_COMMON, "equal", frequencies(column), Optional.of(values(column) + "::cstring")));
        }
        histogram.ifPresent(
                bounds -> slots.add(new Slot(BOUNDS, "less", "NULL", Optional.of("textout(" + bounds + "::text)"))));
        slots.add(new Slot(CORRELATION, "less", "ARRAY[" + column.correlation() + "]::real[]", Optional.empty()));
        StringBuilder columns = new StringBuilder();
        StringBuilder values = new StringBuilder();
        for (int i = 1; i <= SLOTS; i++) {
            Slot slot = i <= slots.size() ? slots.get(i - 1) : Slot.NONE;
            columns.append(String.format(
                    Locale.ROOT, ", stakind%1$d, staop%1$d, stacoll%1$d, stanumbers%1$d, stavalues%1$d", i));
            values.append(", ")
                    // No kind of statistics where the type has no order, as of json
                    .append(slot.kind() == 0 ? "0" : "CASE WHEN less = 0 THEN 0 ELSE " + slot.kind() + " END")
                    .append(", ")
                    .append(slot.operator())
                    .append(slot.kind() == 0 ? ", 0, " : ", attcollation, ")
                    .append(slot.numbers())
                    .append(", ")
                    .append(slot.array()
                            .map(array -> "array_in(" + array + ", atttypid, -1)")
                            .orElse("NULL"));
        }
        return "INSERT INTO pg_statistic (starelid, staattnum, stainherit, stanullfrac, stawidth, stadistinct" + columns
                + ")\n"
                + "WITH RECURSIVE col AS (SELECT attrelid, attnum, atttypid, attcollation FROM pg_attribute WHERE attrelid = "
                + literal(qualified(schema, relation)) + "::regclass AND attname = " + literal(column.column()) + "), "
                + COMPARISON
                + String.format(
                        Locale.ROOT,
                        "SELECT attrelid, attnum, false, %s, %d, %s",
                        column.nulls(),
                        column.width(),
                        distinct)
                + values + " FROM col, comparison";
    }

    /**
     * One kind of statistics.
     *
     * @param operator the column of {@code comparison} with the operator that it was made with
     * @param numbers an expression
     * @param array an expression that gives the text of an array of the column's type
     */
    private record Slot(int kind, String operator, String numbers, Optional<String> array) {
        static final Slot NONE = new Slot(0, "0", "NULL", Optional.empty());
    }
}
