package dev.schemaproof.analysis.keyvalue;

import java.util.OptionalInt;

/** Characters that make an example easy to read. */
final class Friendly {

    private static final String PREFERRED = "a1bcdefghijklmnopqrstuvwxyz023456789";

    private Friendly() {}

    /** The character of the range that reads best. */
    static int character(int first, int last) {
        return character(first, last, -1).orElse(first);
    }

    /** The same, but not this one; nothing if the range holds no other. */
    static OptionalInt character(int first, int last, int except) {
        for (var i = 0; i < PREFERRED.length(); i++) {
            var preferred = PREFERRED.charAt(i);
            if (first <= preferred && preferred <= last && preferred != except) {
                return OptionalInt.of(preferred);
            }
        }
        var printable = first < '!' && last >= '!' ? '!' : first;
        if (printable != except) {
            return OptionalInt.of(printable);
        }
        return printable < last
                ? OptionalInt.of(printable + 1)
                : first < printable ? OptionalInt.of(first) : OptionalInt.empty();
    }
}
