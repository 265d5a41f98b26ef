package dev.schemaproof.check.rule;

import java.util.Locale;

/** Numbers as findings say them. */
final class SizeText {

    private static final int KILO = 1024;
    private static final int MEGA = 1024 * KILO;
    private static final int GIGA = 1024 * MEGA;

    private SizeText() {}

    /** Bytes in the unit that reads best, never more than there are. */
    static String bytes(double bytes) {
        if (bytes < KILO) {
            return (long) bytes + " bytes";
        }
        if (bytes < MEGA) {
            return (long) (bytes / KILO) + " KB";
        }
        return bytes < GIGA ? number(bytes / MEGA) + " MB" : number(bytes / GIGA) + " GB";
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
