package dev.schemaproof.model;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * An attribute of an entity.
 *
 * @param name its key
 * @param column its column's name; the attribute's unless given
 * @param type its type
 * @param optional whether it may be absent (null)
 * @param defaultValue a SQL expression, verbatim
 * @param generated the SQL expression of a generated column
 * @param virtual whether a generated column is computed when it is read rather than stored
 * @param identity how the database numbers it, if it does
 * @param collation the name of its collation
 * @param description what it means
 * @param personal whether it says something about a person
 * @param check a SQL condition on it
 * @param values how its values are distributed
 */
public record Attribute(
        Located<String> name,
        Located<String> column,
        Located<DataType> type,
        boolean optional,
        Optional<SourceText> defaultValue,
        Optional<SourceText> generated,
        boolean virtual,
        Optional<Identity> identity,
        Optional<Located<String>> collation,
        Optional<String> description,
        boolean personal,
        Optional<SourceText> check,
        Values values) {

    /** Whether a default takes its numbers from a sequence of the column's own. */
    public boolean isSerial() {
        return identity.stream().anyMatch(given -> given.numbering() == Numbering.SERIAL);
    }

    /**
     * How the database numbers rows.
     *
     * @param numbering whether a row may bring its own number
     * @param options how its sequence counts
     */
    public record Identity(Numbering numbering, SequenceOptions options) {}

    /** Whether a row may bring its own number. */
    public enum Numbering {
        ALWAYS,
        BY_DEFAULT,
        /** It may, and a default takes the number from a sequence of the column's own, as before there were identities. */
        SERIAL;

        /** The word in the language. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * What is known about the values, for planner proofs and synthetic rows.
     *
     * @param distinct how many different values
     * @param nulls the share of absent values, 0 to 1
     * @param width the average width in bytes
     * @param skew the share of each frequent value, 0 to 1, most frequent as declared
     */
    public record Values(OptionalLong distinct, OptionalDouble nulls, OptionalInt width, Map<String, Double> skew) {

        public Values {
            skew = Copies.ordered(skew);
        }

        /** Nothing is known. */
        public static Values unknown() {
            return new Values(OptionalLong.empty(), OptionalDouble.empty(), OptionalInt.empty(), Map.of());
        }
    }
}
