package dev.schemaproof.app;

import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Located;
import dev.schemaproof.output.Json;
import dev.schemaproof.prove.MeasuredGain;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A measurement as the language writes it.
 *
 * @param before the milliseconds without the copy
 * @param after the milliseconds with it
 * @param rows at how many rows
 * @param on the day
 * @param where the place
 */
record MeasurementText(BigDecimal before, BigDecimal after, long rows, LocalDate on, String where) {

    private static final MathContext DIGITS = new MathContext(3, RoundingMode.HALF_UP);
    /** The server counts no finer. */
    private static final BigDecimal TICK = new BigDecimal("0.001");

    private static final long THOUSAND = 1_000;
    private static final long MILLION = 1_000_000;

    /** What needs no quotes, and is no placeholder either. */
    private static final Pattern PLAIN = Pattern.compile("\\p{L}[\\p{L}\\p{N}._/-]*( [\\p{L}\\p{N}._/-]+)*");

    /** What was measured. */
    static MeasurementText of(MeasuredGain gain, LocalDate on, String where) {
        return new MeasurementText(
                rounded(gain.last().timing().before()),
                rounded(gain.last().timing().after()),
                gain.last().rows(),
                on,
                where);
    }

    /** A measurement that bears out what the contract claims, to judge all else of the model by. */
    static MeasurementText asClaimed(Contract contract, LocalDate on) {
        double claim = contract.gain()
                .flatMap(Contract.Gain::atLeast)
                .map(Located::value)
                .orElse(1.0);
        return new MeasurementText(
                BigDecimal.valueOf(Math.ceil(claim) + 1).setScale(0, RoundingMode.CEILING),
                BigDecimal.ONE,
                THOUSAND,
                on,
                "a draft");
    }

    private static BigDecimal rounded(double millis) {
        return BigDecimal.valueOf(millis).max(TICK).round(DIGITS);
    }

    /** The scalars by their keys. */
    Map<String, String> figures() {
        var figures = new LinkedHashMap<String, String>();
        figures.put("before", before.stripTrailingZeros().toPlainString() + " ms");
        figures.put("after", after.stripTrailingZeros().toPlainString() + " ms");
        figures.put("rows", count());
        figures.put("on", on.toString());
        figures.put("where", PLAIN.matcher(where).matches() ? where : Json.quoted(where));
        return figures;
    }

    private String count() {
        if (rows % MILLION == 0) {
            return rows / MILLION + "M";
        }
        return rows % THOUSAND == 0 ? rows / THOUSAND + "k" : Long.toString(rows);
    }

    /** Whether a contract that was read has this measurement. */
    boolean isIn(@Nullable Contract contract) {
        return Optional.ofNullable(contract)
                .flatMap(Contract::gain)
                .flatMap(Contract.Gain::measured)
                .filter(read -> holds(read.before(), duration(before))
                        && holds(read.after(), duration(after))
                        && read.rows().orElse(0) == rows
                        && holds(read.on(), on)
                        && holds(read.where(), where))
                .isPresent();
    }

    private static <T> boolean holds(Optional<Located<T>> read, T written) {
        return read.map(Located::value).equals(Optional.of(written));
    }

    private static Duration duration(BigDecimal millis) {
        return Duration.ofNanos(millis.movePointRight(6).longValueExact());
    }
}
