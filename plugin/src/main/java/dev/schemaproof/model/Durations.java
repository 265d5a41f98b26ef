package dev.schemaproof.model;

import java.math.BigDecimal;
import java.time.Duration;

/** Durations as the language writes them. */
public final class Durations {

    private Durations() {}

    /** The duration in the largest unit in which it is whole, such as {@code 5m}; below seconds in milliseconds. */
    public static String shown(Duration duration) {
        var nanos = duration.toNanosPart();
        if (nanos != 0) {
            var exact =
                    BigDecimal.valueOf(duration.toSeconds()).movePointRight(3).add(BigDecimal.valueOf(nanos, 6));
            return exact.stripTrailingZeros().toPlainString() + "ms";
        }
        var seconds = duration.toSeconds();
        if (seconds % 86_400 == 0 && seconds != 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3_600 == 0 && seconds != 0) {
            return seconds / 3_600 + "h";
        }
        return seconds % 60 == 0 && seconds != 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
