package dev.schemaproof.model;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A secondary index.
 *
 * @param name its key and its name in the database
 * @param on what it is sorted by, in order
 * @param method its access method
 * @param unique whether it forbids equal entries
 * @param include attributes that it carries without being sorted by them
 * @param where the condition of a partial index, SQL
 * @param nullsNotDistinct whether a unique index counts absent values as equal
 * @param storage storage parameters
 * @param reason why it exists beyond what patterns tell
 * @param description what the catalog says of it
 */
public record Index(
        Located<String> name,
        List<Part> on,
        Method method,
        boolean unique,
        List<Located<String>> include,
        Optional<SourceText> where,
        boolean nullsNotDistinct,
        Map<String, Located<String>> storage,
        Optional<String> reason,
        Optional<String> description) {

    public Index {
        on = List.copyOf(on);
        include = List.copyOf(include);
        storage = Copies.ordered(storage);
    }

    /** This index with other parts. */
    public Index withParts(List<Part> others) {
        return new Index(name, others, method, unique, include, where, nullsNotDistinct, storage, reason, description);
    }

    /**
     * One part of an index key.
     *
     * @param text what is indexed: an attribute's name, or a SQL expression
     * @param expression whether it is an expression
     * @param descending its direction
     * @param nullsFirst where absent values stand, if stated; else last when ascending and first when descending
     * @param collation the name of its collation, if stated
     * @param operatorClass the database's name for how it is compared, if stated
     * @param classOptions the operator class's parameters with their parentheses, such as {@code (siglen=32)}
     */
    public record Part(
            SourceText text,
            boolean expression,
            boolean descending,
            Optional<Boolean> nullsFirst,
            Optional<Located<String>> collation,
            Optional<Located<String>> operatorClass,
            Optional<SourceText> classOptions) {

        /** The attribute's name, if it is one. */
        public Optional<String> attribute() {
            return expression ? Optional.empty() : Optional.of(text.value());
        }

        /** Where absent values stand, stated or by default. */
        public boolean nullsStandFirst() {
            return nullsFirst.orElse(descending);
        }
    }

    /** PostgreSQL's access methods. */
    public enum Method {
        BTREE,
        HASH,
        GIN,
        GIST,
        SPGIST,
        BRIN;

        /** The word in the language. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
