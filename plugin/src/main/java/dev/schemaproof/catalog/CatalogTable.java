package dev.schemaproof.catalog;

import dev.schemaproof.catalog.CatalogSequence.Counting;
import dev.schemaproof.model.Deferral;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A table or a materialized view.
 *
 * @param query what a materialized view shows; empty for tables
 * @param columns in order
 * @param constraints what its rows fulfil
 * @param indexes those that no constraint brings along
 * @param partitioning how it is divided
 * @param security who may see and do what
 * @param unlogged whether it is lost in a crash
 * @param storage storage parameters
 * @param comment what the catalog says of it
 * @param triggers those that users make
 */
public record CatalogTable(
        CatalogName name,
        Optional<Expression> query,
        List<Column> columns,
        Constraints constraints,
        List<Index> indexes,
        Optional<Partitioning> partitioning,
        Security security,
        boolean unlogged,
        Map<String, String> storage,
        Optional<String> comment,
        List<Trigger> triggers) {

    public CatalogTable {
        columns = List.copyOf(columns);
        indexes = List.copyOf(indexes);
        storage = settings(storage);
        triggers = List.copyOf(triggers);
    }

    public Optional<Key> primaryKey() {
        return constraints.primaryKey();
    }

    public List<Key> uniques() {
        return constraints.uniques();
    }

    public List<ForeignKey> foreignKeys() {
        return constraints.foreignKeys();
    }

    public List<Check> checks() {
        return constraints.checks();
    }

    public List<Exclusion> exclusions() {
        return constraints.exclusions();
    }

    static Map<String, String> settings(Map<String, String> given) {
        return Collections.unmodifiableMap(new TreeMap<>(given));
    }

    /**
     * A column.
     *
     * @param type as {@code format_type} prints it
     * @param nullable whether it may be null
     * @param defaultValue what it is when nothing is said; empty for generated columns
     * @param generated what a generated column is computed from
     * @param virtual whether a generated column is computed when it is read
     * @param identity whether the database numbers it
     * @param counting how the database numbers it
     * @param collation where it is not the type's own
     * @param comment what the catalog says of it
     */
    public record Column(
            String name,
            Expression type,
            boolean nullable,
            Optional<Expression> defaultValue,
            Optional<Expression> generated,
            boolean virtual,
            Identity identity,
            Optional<Counting> counting,
            Optional<String> collation,
            Optional<String> comment) {}

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

    /** What the rows of a table fulfil. */
    public record Constraints(
            Optional<Key> primaryKey,
            List<Key> uniques,
            List<ForeignKey> foreignKeys,
            List<Check> checks,
            List<Exclusion> exclusions) {

        public Constraints {
            uniques = List.copyOf(uniques);
            foreignKeys = List.copyOf(foreignKeys);
            checks = List.copyOf(checks);
            exclusions = List.copyOf(exclusions);
        }

        /** Nothing is asked of the rows. */
        public static Constraints none() {
            return new Constraints(Optional.empty(), List.of(), List.of(), List.of(), List.of());
        }
    }

    /**
     * A primary key or unique constraint.
     *
     * @param include columns that its index carries without being sorted by them
     * @param nullsNotDistinct whether two rows without a value count as equal
     * @param withoutOverlaps whether its last column is a range of which no two overlap
     * @param storage storage parameters of its index
     * @param comment what the catalog says of it
     */
    public record Key(
            String name,
            List<String> columns,
            List<String> include,
            boolean nullsNotDistinct,
            boolean withoutOverlaps,
            Deferral deferral,
            Map<String, String> storage,
            Optional<String> comment) {

        public Key {
            columns = List.copyOf(columns);
            include = List.copyOf(include);
            storage = settings(storage);
        }
    }

    /**
     * A foreign key.
     *
     * @param columns the referencing columns
     * @param table the table referred to
     * @param referred its columns, in the order of the referencing ones
     * @param onDelete such as {@code cascade}
     * @param setOnDelete the columns that are emptied then, where not all
     * @param onUpdate likewise
     * @param match {@code simple} or {@code full}
     * @param period whether its last column is a range that the ranges referred to have to cover
     * @param validated whether all rows are known to fulfil it
     * @param comment what the catalog says of it
     */
    public record ForeignKey(
            String name,
            List<String> columns,
            CatalogName table,
            List<String> referred,
            String onDelete,
            List<String> setOnDelete,
            String onUpdate,
            String match,
            Deferral deferral,
            boolean period,
            boolean validated,
            Optional<String> comment) {

        public ForeignKey {
            columns = List.copyOf(columns);
            referred = List.copyOf(referred);
            setOnDelete = List.copyOf(setOnDelete);
        }
    }

    /**
     * A condition on a row, or on the values of a domain.
     *
     * @param name where it is known; nobody names the only check of a domain
     * @param noInherit whether it holds for the table alone
     * @param validated whether all rows are known to fulfil it
     * @param comment what the catalog says of it
     */
    public record Check(
            Optional<String> name,
            Expression condition,
            boolean noInherit,
            boolean validated,
            Optional<String> comment) {}

    /**
     * An exclusion constraint.
     *
     * @param index the index that holds it, under the constraint's name
     * @param operators how each part of the index is compared
     * @param comment what the catalog says of the constraint
     */
    public record Exclusion(Index index, List<String> operators, Deferral deferral, Optional<String> comment) {

        public Exclusion {
            operators = List.copyOf(operators);
        }

        public String name() {
            return index.name();
        }
    }

    /**
     * An index.
     *
     * @param method such as {@code btree}
     * @param unique whether it forbids equal entries
     * @param parts what it is sorted by, in order
     * @param include columns that it carries without being sorted by them
     * @param where the condition of a partial index
     * @param nullsNotDistinct whether a unique index counts two rows without a value as equal
     * @param storage storage parameters
     * @param valid whether it is complete; one that was built concurrently in vain is not
     * @param comment what the catalog says of it
     */
    public record Index(
            String name,
            String method,
            boolean unique,
            List<Part> parts,
            List<String> include,
            Optional<Expression> where,
            boolean nullsNotDistinct,
            Map<String, String> storage,
            boolean valid,
            Optional<String> comment) {

        public Index {
            parts = List.copyOf(parts);
            include = List.copyOf(include);
            storage = settings(storage);
        }
    }

    /**
     * A part of an index.
     *
     * @param column the column, if it is one
     * @param expression what is indexed, otherwise
     * @param descending its direction
     * @param nullsFirst where nulls stand
     * @param collation where it is not the column's own
     * @param operatorClass where it is not the type's own, or has parameters
     * @param classOptions the parameters of its operator class, such as {@code siglen=32}
     */
    public record Part(
            Optional<String> column,
            Optional<Expression> expression,
            boolean descending,
            boolean nullsFirst,
            Optional<String> collation,
            Optional<String> operatorClass,
            List<String> classOptions) {

        public Part {
            if (column.isPresent() == expression.isPresent()) {
                throw new IllegalArgumentException("a part of an index is a column or an expression");
            }
            classOptions = List.copyOf(classOptions);
        }

        @Override
        public String toString() {
            String what = column.or(() -> expression
                            .map(Expression::text)
                            .map(text -> text.startsWith("(") && text.endsWith(")") ? text : "(" + text + ")"))
                    .orElse("");
            return what
                    + collation.map(name -> " collate " + name).orElse("")
                    + operatorClass.map(name -> " " + name).orElse("")
                    + (classOptions.isEmpty() ? "" : " (" + String.join(", ", classOptions) + ")")
                    + (descending ? " desc" : "")
                    + (nullsFirst == descending ? "" : nullsFirst ? " nulls first" : " nulls last");
        }
    }

    /**
     * How a table is divided.
     *
     * @param key the strategy and the partition key, such as {@code RANGE (created_at)}
     * @param partitions of all levels
     */
    public record Partitioning(Expression key, List<Partition> partitions) {

        public Partitioning {
            partitions = List.copyOf(partitions);
        }
    }

    /**
     * A partition.
     *
     * @param parent the table or partition that it is a part of
     * @param bound the rows that it takes, such as {@code FOR VALUES IN (1)}
     * @param key how it is divided itself
     * @param unlogged whether it is lost in a crash
     * @param storage storage parameters
     * @param comment what the catalog says of it
     */
    public record Partition(
            CatalogName name,
            CatalogName parent,
            Expression bound,
            Optional<Expression> key,
            boolean unlogged,
            Map<String, String> storage,
            Optional<String> comment) {

        public Partition {
            storage = settings(storage);
        }
    }

    /**
     * Who may see and do what.
     *
     * @param rowSecurity whether policies decide over rows
     * @param forced whether they bind the table's owner too
     */
    public record Security(boolean rowSecurity, boolean forced, List<Policy> policies, Grants grants) {

        public Security {
            policies = List.copyOf(policies);
        }

        /** For the owner alone, and all rows. */
        public static Security none() {
            return new Security(false, false, List.of(), Grants.none());
        }
    }

    /**
     * A policy of row-level security.
     *
     * @param command {@code all}, {@code select}, {@code insert}, {@code update} or {@code delete}
     * @param restrictive whether it narrows what others permit
     * @param roles whom it concerns; {@code public} is everybody
     * @param using the condition on rows that are seen
     * @param check the condition on rows that are written
     * @param comment what the catalog says of it
     */
    public record Policy(
            String name,
            String command,
            boolean restrictive,
            Set<String> roles,
            Optional<Expression> using,
            Optional<Expression> check,
            Optional<String> comment) {

        public Policy {
            roles = Collections.unmodifiableSet(new TreeSet<>(roles));
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
