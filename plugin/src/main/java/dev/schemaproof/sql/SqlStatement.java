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

    /**
     * MERGE.
     *
     * @param source the rows that are laid beside those of the target
     * @param on when two rows belong together
     * @param branches at least one; for each row the first that fits is taken
     */
    record Merge(
            List<CommonTable> with,
            FromItem.Table target,
            FromItem source,
            SqlExpression on,
            List<MergeBranch> branches,
            List<Item> returning)
            implements SqlStatement {

        public Merge {
            with = List.copyOf(with);
            branches = List.copyOf(branches);
            returning = List.copyOf(returning);
        }

        /** How PostgreSQL joins the target to the source; rows that no branch is for are dropped. */
        public FromItem.JoinKind kind() {
            var kept = has(Match.SOURCE_ONLY);
            if (has(Match.TARGET_ONLY)) {
                return kept ? FromItem.JoinKind.FULL : FromItem.JoinKind.RIGHT;
            }
            return kept ? FromItem.JoinKind.LEFT : FromItem.JoinKind.INNER;
        }

        /** Whether a branch is for these rows. */
        public boolean has(Match match) {
            return branches.stream().anyMatch(branch -> branch.match() == match);
        }

        /** Whether a branch does this. */
        public boolean does(Class<? extends MergeAction> action) {
            return branches.stream().map(MergeBranch::action).anyMatch(action::isInstance);
        }

        /** What its updates set. */
        public List<Assignment> set() {
            return branches.stream()
                    .map(MergeBranch::action)
                    .filter(MergeAction.Update.class::isInstance)
                    .flatMap(update -> ((MergeAction.Update) update).set().stream())
                    .toList();
        }
    }

    /** Which rows a branch of a MERGE is for. */
    enum Match {
        /** WHEN MATCHED: a row of the target and one of the source. */
        BOTH,
        /** WHEN NOT MATCHED [BY TARGET]: a row of the source alone. */
        SOURCE_ONLY,
        /** WHEN NOT MATCHED BY SOURCE: a row of the target alone. */
        TARGET_ONLY
    }

    /**
     * A branch of a MERGE.
     *
     * @param condition what else has to hold of the rows
     */
    record MergeBranch(Match match, Optional<SqlExpression> condition, MergeAction action) {}

    /** What a branch of a MERGE does. */
    sealed interface MergeAction {

        /** The values that it writes. */
        default List<SqlExpression> values() {
            return List.of();
        }

        /** Changes the target's row. */
        record Update(List<Assignment> set) implements MergeAction {

            public Update {
                set = List.copyOf(set);
            }

            @Override
            public List<SqlExpression> values() {
                return set.stream()
                        .flatMap(assignment -> assignment.values().stream())
                        .toList();
            }
        }

        /**
         * Adds a row to the target.
         *
         * @param columns the columns that get values, where stated
         * @param values the row; empty for DEFAULT VALUES
         */
        record Insert(List<SqlExpression.Column> columns, List<SqlExpression> values) implements MergeAction {

            public Insert {
                columns = List.copyOf(columns);
                values = List.copyOf(values);
            }
        }

        /** Deletes the target's row. */
        record Delete() implements MergeAction {}

        /** DO NOTHING. */
        record Nothing() implements MergeAction {}
    }

    /** A statement that reads or changes rows, but can't be looked into. */
    record Opaque(String what, Span span) implements SqlStatement {}
}
