package dev.schemaproof.generate.keyvalue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;

/** Units, bytes and money as charts and JSON show them. */
final class CapacityNumbers {

    private static final double KILO = 1024;
    private static final int DIGITS = 4;
    private static final int DECIMALS = 6;
    private static final BigDecimal CENT = new BigDecimal("0.01");

    private CapacityNumbers() {}

    /** For tools: to a millionth. */
    static BigDecimal exact(double number) {
        return exact(BigDecimal.valueOf(number));
    }

    /** For tools: to a millionth. */
    static BigDecimal exact(BigDecimal number) {
        return plain(number.setScale(DECIMALS, RoundingMode.HALF_UP));
    }

    /** For people: four digits, and none of a whole number less. */
    static String text(double number) {
        var exact = BigDecimal.valueOf(number);
        var whole = exact.setScale(0, RoundingMode.HALF_UP);
        return whole.precision() >= DIGITS
                ? String.format(Locale.ROOT, "%,d", whole.toBigInteger())
                : plain(exact.round(new MathContext(DIGITS, RoundingMode.HALF_UP)))
                        .toPlainString();
    }

    /** Bytes in the unit that reads best. */
    static String bytes(double bytes) {
        if (bytes < KILO) {
            return Math.round(bytes) + " bytes";
        }
        if (bytes < KILO * KILO) {
            return text(bytes / KILO) + " KB";
        }
        return bytes < KILO * KILO * KILO
                ? text(bytes / KILO / KILO) + " MB"
                : text(bytes / KILO / KILO / KILO) + " GB";
    }

    /** An amount to the cent. */
    static String money(BigDecimal amount, Optional<String> currency) {
        var behind = currency.map(code -> " " + code).orElse("");
        var cents = amount.setScale(2, RoundingMode.HALF_UP);
        return cents.signum() == 0 && amount.signum() > 0
                ? "under " + CENT.toPlainString() + behind
                : cents.toPlainString() + behind;
    }

    /** Without zeros behind the point, and without an exponent. */
    private static BigDecimal plain(BigDecimal number) {
        var stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
