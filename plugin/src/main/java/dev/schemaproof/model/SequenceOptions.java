package dev.schemaproof.model;

import java.util.Optional;

/**
 * How a sequence counts; what is absent is left to the database.
 *
 * @param start the first number
 * @param increment the step, which may be negative
 * @param minimum the least number
 * @param maximum the greatest number
 * @param cache how many numbers a session takes at once
 * @param cycle whether it begins anew at its end
 */
public record SequenceOptions(
        Optional<Located<Long>> start,
        Optional<Located<Long>> increment,
        Optional<Located<Long>> minimum,
        Optional<Located<Long>> maximum,
        Optional<Located<Long>> cache,
        boolean cycle) {

    /** All left to the database. */
    public static SequenceOptions unspecified() {
        return new SequenceOptions(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);
    }
}
