package dev.schemaproof.sql;

import dev.schemaproof.sql.SqlQuery.CommonTable;
import dev.schemaproof.sql.SqlQuery.Item;
import java.util.List;
import java.util.Optional;

/** A statement that reads or changes rows. */
public sealed interface SqlStatement {

    /** A query as a statement. */
    record Reading(SqlQuery query) implements SqlStatement {}

    /**
     * INSERT.
     *
     * @param columns the columns that get values, where stated
     * @param source the rows; absent for DEFAULT VALUES
     * @param onConflict what happens to rows that are there already
     */
    record Insert(
            List<CommonTable> with,
            FromItem.Table target,
            List<SqlExpression.Column> columns,
            Optional<SqlQuery> source,
            Optional<OnConflict> onConflict,
            List<Item> returning)
            implements SqlStatement {

        public Insert {
            with = List.copyOf(with);
            columns = List.copyOf(columns);
            returning = List.copyOf(returning);
        }
    }

    /**
     * ON CONFLICT.
     *
     * @param target the columns or expressions of the unique index and its condition, where stated
     * @param set what changes; empty for DO NOTHING
     * @param where which rows change
     */
    record OnConflict(List<SqlExpression> target, List<Assignment> set, Optional<SqlExpression> where) {

        public OnConflict {
            target = List.copyOf(target);
            set = List.copyOf(set);
        }
    }

    /** Columns and the values they get: as many values as columns, or one that yields them all. */
    record Assignment(List<SqlExpression.Column> columns, List<SqlExpression> values) {

        public Assignment {
            columns = List.copyOf(columns);
            values = List.copyOf(values);
        }
    }

    /** UPDATE. */
    record Update(
            List<CommonTable> with,
            FromItem.Table target,
            List<Assignment> set,
            List<FromItem> from,
            Optional<SqlExpression> where,
            List<Item> returning)
            implements SqlStatement {

        public Update {
            with = List.copyOf(with);
            set = List.copyOf(set);
            from = List.copyOf(from);
            returning = List.copyOf(returning);
        }
    }

    /** DELETE. */
    record Delete(
            List<CommonTable> with,
            FromItem.Table target,
            List<FromItem> using,
            Optional<SqlExpression> where,
            List<Item> returning)
            implements SqlStatement {

        public Delete {
            with = List.copyOf(with);
            using = List.copyOf(using);
            returning = List.copyOf(returning);
        }
    }

    /** A statement that reads or changes rows, but can't be looked into, such as MERGE. */
    record Opaque(String what, Span span) implements SqlStatement {}
}
