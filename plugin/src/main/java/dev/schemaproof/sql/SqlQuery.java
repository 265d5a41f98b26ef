package dev.schemaproof.sql;

import java.util.List;
import java.util.Optional;

/** A query: what SELECT, VALUES and set operations make. */
public sealed interface SqlQuery {

    /** The queries that it names with WITH. */
    List<CommonTable> with();

    /** What stands behind it. */
    Tail tail();

    Span span();

    /**
     * One SELECT.
     *
     * @param distinct whether equal rows are dropped, with or without ON
     * @param distinctOn by what rows count as equal, where stated
     * @param items the projection
     * @param from tables and joins, of which those separated by commas are joined without a condition
     * @param windows what stands in its WINDOW clause
     * @param locking the rows that it locks, if it does
     */
    record Select(
            List<CommonTable> with,
            boolean distinct,
            List<SqlExpression> distinctOn,
            List<Item> items,
            List<FromItem> from,
            Optional<SqlExpression> where,
            List<SqlExpression> groupBy,
            Optional<SqlExpression> having,
            List<SqlExpression> windows,
            Tail tail,
            Optional<Locking> locking,
            Span span)
            implements SqlQuery {

        public Select {
            with = List.copyOf(with);
            distinctOn = List.copyOf(distinctOn);
            items = List.copyOf(items);
            from = List.copyOf(from);
            groupBy = List.copyOf(groupBy);
            windows = List.copyOf(windows);
        }
    }

    /**
     * Queries put together.
     *
     * @param parts at least two
     * @param appending whether all are put together by UNION ALL
     */
    record Compound(List<CommonTable> with, List<SqlQuery> parts, boolean appending, Tail tail, Span span)
            implements SqlQuery {

        public Compound {
            with = List.copyOf(with);
            parts = List.copyOf(parts);
        }
    }

    /** Rows written out. */
    record Values(List<CommonTable> with, List<SqlExpression> rows, Tail tail, Span span) implements SqlQuery {

        public Values {
            with = List.copyOf(with);
            rows = List.copyOf(rows);
        }
    }

    /**
     * What FOR UPDATE and its like lock.
     *
     * @param of the names in FROM whose rows they are; empty for all
     */
    record Locking(List<SqlName> of) {

        public Locking {
            of = List.copyOf(of);
        }
    }

    /** One value of a projection. */
    record Item(SqlExpression value, Optional<SqlName> alias) {}

    /**
     * A sort key.
     *
     * @param nullsFirst where absent values stand, if stated
     */
    record SortKey(SqlExpression value, boolean descending, Optional<Boolean> nullsFirst) {

        /** Where absent values stand, stated or by default. */
        public boolean nullsStandFirst() {
            return nullsFirst.orElse(descending);
        }
    }

    /**
     * Order and limits.
     *
     * @param limit how many rows at most; absent also for LIMIT ALL
     */
    record Tail(List<SortKey> orderBy, Optional<SqlExpression> limit, Optional<SqlExpression> offset) {

        public Tail {
            orderBy = List.copyOf(orderBy);
        }

        /** Neither order nor limit. */
        public static Tail none() {
            return new Tail(List.of(), Optional.empty(), Optional.empty());
        }
    }

    /**
     * A statement named by WITH.
     *
     * @param columns its columns' names, where stated
     * @param recursive whether its WITH says RECURSIVE
     * @param materialized what it says about MATERIALIZED
     */
    record CommonTable(
            SqlName name,
            List<SqlName> columns,
            SqlStatement statement,
            boolean recursive,
            Optional<Boolean> materialized) {

        public CommonTable {
            columns = List.copyOf(columns);
        }
    }
}
