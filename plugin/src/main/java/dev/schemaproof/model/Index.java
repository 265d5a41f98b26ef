package dev.schemaproof.model;

import java.util.List;
import java.util.Locale;
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
 * @param reason why it exists beyond what patterns tell
 */
public record Index(
        Located<String> name,
        List<Part> on,
        Method method,
        boolean unique,
        List<Located<String>> include,
        Optional<SourceText> where,
        Optional<String> reason) {

    public Index {
        on = List.copyOf(on);
        include = List.copyOf(include);
    }

    /**
     * One part of an index key.
     *
     * @param text what is indexed: an attribute's name, or a SQL expression
     * @param expression whether it is an expression
     * @param descending its direction
     * @param nullsFirst where absent values stand, if stated; else last when ascending and first when descending
     * @param operatorClass the database's name for how it is compared, if stated
     */
    public record Part(
            SourceText text,
            boolean expression,
            boolean descending,
            Optional<Boolean> nullsFirst,
            Optional<Located<String>> operatorClass) {

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
