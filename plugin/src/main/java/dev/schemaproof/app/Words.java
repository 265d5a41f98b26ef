package dev.schemaproof.app;

import java.util.Locale;

/** Numbers with their nouns. */
final class Words {

    private Words() {}

    /** {@code 1 entity}, {@code 1,200 entities}. */
    static String count(long number, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : many);
    }
}
