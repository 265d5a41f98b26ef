package dev.schemaproof.catalog;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A table.
 *
 * @param name without its schema
 * @param columns in order
 * @param primaryKey where there is one
 * @param uniques unique constraints
 * @param foreignKeys references to other tables
 * @param checks conditions on a row
 * @param indexes those that no constraint brings along
 * @param triggers those that users make
 */
public record CatalogTable(
        String name,
        List<Column> columns,
        Optional<Key> primaryKey,
        List<Key> uniques,
        List<ForeignKey> foreignKeys,
        List<Check> checks,
        List<Index> indexes,
        List<Trigger> triggers) {

    public CatalogTable {
        columns = List.copyOf(columns);
        uniques = List.copyOf(uniques);
        foreignKeys = List.copyOf(foreignKeys);
        checks = List.copyOf(checks);
        indexes = List.copyOf(indexes);
        triggers = List.copyOf(triggers);
    }

    /** This table with other triggers. */
    public CatalogTable withTriggers(List<Trigger> others) {
        return new CatalogTable(name, columns, primaryKey, uniques, foreignKeys, checks, indexes, others);
    }

    /** This table with other references. */
    public CatalogTable withForeignKeys(List<ForeignKey> others) {
        return new CatalogTable(name, columns, primaryKey, uniques, others, checks, indexes, triggers);
    }

    /**
     * A column.
     *
     * @param type as {@code format_type} prints it
     * @param nullable whether it may be null
     * @param defaultValue what it is when nothing is said; empty for generated columns
     * @param generated what a stored generated column is computed from
     * @param identity whether the database numbers it
     * @param collation where it is not the type's own
     */
    public record Column(
            String name,
            Expression type,
            boolean nullable,
            Optional<Expression> defaultValue,
            Optional<Expression> generated,
            Identity identity,
            Optional<String> collation) {}

    /** Whether the database numbers a column. */
    public enum Identity {
        NONE("is no identity column"),
        ALWAYS("is always numbered by the database"),
        BY_DEFAULT("is numbered by the database by default");

        private final String words;

        Identity(String words) {
            this.words = words;
        }

        /** A predicate for a column. */
        String words() {
            return words;
        }
    }

    /**
     * A primary key or unique constraint.
     *
     * @param name where it is known; a model need not name it
     */
    public record Key(Optional<String> name, List<String> columns) {

        public Key {
            columns = List.copyOf(columns);
        }
    }

    /**
     * A foreign key.
     *
     * @param name where it is known; a model does not name it
     * @param columns the referencing columns
     * @param table the table referred to
     * @param referred its columns, in the order of the referencing ones
     * @param onDelete such as {@code cascade}
     * @param onUpdate likewise
     * @param deferrable whether it can be checked at the end of the transaction
     */
    public record ForeignKey(
            Optional<String> name,
            List<String> columns,
            String table,
            List<String> referred,
            String onDelete,
            String onUpdate,
            boolean deferrable) {

        public ForeignKey {
            columns = List.copyOf(columns);
            referred = List.copyOf(referred);
        }
    }

    /**
     * A condition on a row.
     *
     * @param name where it is known; a model does not name the check of a single attribute
     */
    public record Check(Optional<String> name, Expression condition) {}

    /**
     * An index that no constraint brings along.
     *
     * @param method such as {@code btree}
     * @param unique whether it forbids equal entries
     * @param parts what it is sorted by, in order
     * @param include columns that it carries without being sorted by them
     * @param where the condition of a partial index
     */
    public record Index(
            String name,
            String method,
            boolean unique,
            List<Part> parts,
            List<String> include,
            Optional<Expression> where) {

        public Index {
            parts = List.copyOf(parts);
            include = List.copyOf(include);
        }
    }

    /**
     * A part of an index.
     *
     * @param column the column, if it is one
     * @param expression what is indexed, otherwise
     * @param descending its direction
     * @param nullsFirst where nulls stand
     * @param operatorClass where it is not the type's own
     */
    public record Part(
            Optional<String> column,
            Optional<Expression> expression,
            boolean descending,
            boolean nullsFirst,
            Optional<String> operatorClass) {

        public Part {
            if (column.isPresent() == expression.isPresent()) {
                throw new IllegalArgumentException("a part of an index is a column or an expression");
            }
        }

        @Override
        public String toString() {
            String what = column.orElseGet(
                    () -> "(" + expression.map(Expression::text).orElse("") + ")");
            return what
                    + operatorClass.map(name -> " " + name).orElse("")
                    + (descending ? " desc" : "")
                    + (nullsFirst == descending ? "" : nullsFirst ? " nulls first" : " nulls last");
        }
    }

    /**
     * A trigger.
     *
     * @param timing {@code before}, {@code after} or {@code instead of}
     * @param events what it answers
     * @param forEachRow whether it runs for every row, not for every statement
     * @param function the function it calls, without its schema
     * @param enabled whether it runs in ordinary sessions
     */
    public record Trigger(
            String name, String timing, Set<Event> events, boolean forEachRow, String function, boolean enabled) {

        public Trigger {
            events = Collections.unmodifiableSet(
                    events.isEmpty() ? EnumSet.noneOf(Event.class) : EnumSet.copyOf(events));
        }
    }

    /** What a trigger answers. */
    public enum Event {
        INSERT,
        DELETE,
        UPDATE,
        TRUNCATE
    }
}
