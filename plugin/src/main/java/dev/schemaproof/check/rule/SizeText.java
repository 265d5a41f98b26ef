package dev.schemaproof.check.rule;

import java.util.Locale;

/** Numbers as findings say them. */
final class SizeText {

    private static final int KILO = 1024;

    private SizeText() {}

    /** Bytes in the unit that reads best, never more than there are. */
    static String bytes(double bytes) {
        if (bytes < KILO) {
            return (long) bytes + " bytes";
        }
        return bytes < KILO * KILO ? (long) (bytes / KILO) + " KB" : number(bytes / KILO / KILO) + " MB";
    }

    /** A number with one digit behind the point where it is small. */
    static String number(double number) {
        var rounded = Math.round(number * 10) / 10.0;
        return rounded < 10 && rounded != Math.rint(rounded)
                ? String.format(Locale.ROOT, "%.1f", rounded)
                : String.format(Locale.ROOT, "%d", Math.round(number));
    }

    /** A share, 0 to 1. */
    static String percent(double share) {
        return number(share * 100) + " %";
    }
}
