package dev.schemaproof.prove;

import java.util.Objects;

/**
 * A number that a proof came by.
 *
 * @param name what was counted or measured, in lower case
 * @param value as it is shown, with its unit
 * @param varies whether it differs from run to run, as a time does or the number of retries; two reports can be compared
 *     only without such figures
 */
public record Figure(String name, String value, boolean varies) {

    public Figure {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
    }

    /** A figure that is the same in every run. */
    public static Figure of(String name, long value) {
        return new Figure(name, Words.number(value), false);
    }

    /** A figure that differs from run to run. */
    public static Figure varying(String name, long value) {
        return new Figure(name, Words.number(value), true);
    }

    @Override
    public String toString() {
        return name + ": " + value;
    }
}
