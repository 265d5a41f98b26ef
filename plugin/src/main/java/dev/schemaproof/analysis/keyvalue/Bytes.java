package dev.schemaproof.analysis.keyvalue;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * How many bytes something takes, as far as the model declares it.
 *
 * @param average at least so many on average: by declared widths, and by the shortest value where none is declared
 * @param mostPlain the most where every character takes one byte; nothing where there is no bound
 * @param most the most that the model allows; nothing where there is no bound
 */
public record Bytes(double average, OptionalLong mostPlain, OptionalLong most) {

    static Bytes exactly(long bytes) {
        return new Bytes(bytes, OptionalLong.of(bytes), OptionalLong.of(bytes));
    }

    static Bytes between(double average, long most) {
        return new Bytes(average, OptionalLong.of(most), OptionalLong.of(most));
    }

    static Bytes unbounded(double average) {
        return new Bytes(average, OptionalLong.empty(), OptionalLong.empty());
    }

    static Bytes of(String text) {
        return exactly(text.getBytes(StandardCharsets.UTF_8).length);
    }

    Bytes plus(Bytes other) {
        return new Bytes(average + other.average, sum(mostPlain, other.mostPlain), sum(most, other.most));
    }

    /** The same where only this share of all has it. */
    Bytes inShare(double share) {
        return new Bytes(average * share, mostPlain, most);
    }

    private static OptionalLong sum(OptionalLong one, OptionalLong other) {
        return one.isPresent() && other.isPresent()
                ? OptionalLong.of(one.getAsLong() + other.getAsLong())
                : OptionalLong.empty();
    }
}
