package dev.schemaproof.sql;

import java.util.List;
import java.util.Optional;

/** What a query reads from. */
public sealed interface FromItem {

    Span span();

    /**
     * A table, a view or a name from WITH.
     *
     * @param schema the schema, where stated
     * @param columns new names for its columns, where stated
     */
    record Table(Optional<SqlName> schema, SqlName name, Optional<SqlName> alias, List<SqlName> columns, Span span)
            implements FromItem {

        public Table {
            columns = List.copyOf(columns);
        }

        /** By what its columns are qualified. */
        public SqlName called() {
            return alias.orElse(name);
        }
    }

    /** A query in parentheses. */
    record Derived(SqlQuery query, Optional<SqlName> alias, List<SqlName> columns, boolean lateral, Span span)
            implements FromItem {

        public Derived {
            columns = List.copyOf(columns);
        }
    }

    /** The rows of a function. */
    record Function(SqlExpression.Call call, Optional<SqlName> alias, List<SqlName> columns, Span span)
            implements FromItem {

        public Function {
            columns = List.copyOf(columns);
        }
    }

    /** Tables joined from left to right. */
    record Joined(FromItem first, List<Step> steps, Span span) implements FromItem {

        public Joined {
            steps = List.copyOf(steps);
        }
    }

    /** Something that can't be looked into. */
    record Opaque(String what, Optional<SqlName> alias, Span span) implements FromItem {}

    /**
     * What is joined to what stands left of it.
     *
     * @param on the condition
     * @param using columns that are equal on both sides
     * @param natural whether all columns of the same name are equal
     */
    record Step(JoinKind kind, FromItem item, Optional<SqlExpression> on, List<SqlName> using, boolean natural) {

        public Step {
            using = List.copyOf(using);
        }
    }

    /** Which rows survive without a partner. */
    enum JoinKind {
        /** None; also a cross join. */
        INNER,
        /** Those of the left side. */
        LEFT,
        /** Those of the right side. */
        RIGHT,
        /** Those of both. */
        FULL
    }
}
