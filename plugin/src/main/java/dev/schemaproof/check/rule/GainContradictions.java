package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Contract.Gain;
import dev.schemaproof.model.Contract.Measurement;
import dev.schemaproof.model.Durations;
import dev.schemaproof.model.Located;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** A gain that is none, that is smaller than claimed, or that was measured on a day to come. */
final class GainContradictions implements Contradictions {

    @Override
    public Stream<Contradiction> of(Contract contract, Facts facts) {
        return contract.gain().stream()
                .flatMap(gain -> Stream.of(noClaim(gain), noGain(gain), lessThanClaimed(gain), tooEarly(gain, facts)))
                .flatMap(Optional::stream);
    }

    private static Optional<Contradiction> noClaim(Gain gain) {
        return gain.atLeast()
                .filter(factor -> factor.value() <= 1)
                .map(factor -> Contradiction.error(
                        factor.at(),
                        "a gain of " + times(factor) + " is no gain",
                        "claim what was measured, or remove the copy"));
    }

    private static Optional<Contradiction> noGain(Gain gain) {
        return gain.measured()
                .flatMap(measured -> measured.after()
                        .filter(after -> measured.before()
                                .filter(before -> before.value().compareTo(after.value()) <= 0)
                                .isPresent())
                        .map(after -> Contradiction.error(
                                after.at(),
                                "with the copy the query takes " + Durations.shown(after.value())
                                        + ", not less than the "
                                        + Durations.shown(
                                                measured.before().orElseThrow().value()) + " without it",
                                "remove the copy, or measure again with schema:measure")));
    }

    private static Optional<Contradiction> lessThanClaimed(Gain gain) {
        var measured = gain.measured().flatMap(GainContradictions::factor);
        return gain.atLeast()
                .filter(claimed -> claimed.value() > 1)
                .filter(claimed -> measured.filter(factor -> factor > 1 && factor < claimed.value())
                        .isPresent())
                .map(claimed -> Contradiction.error(
                        claimed.at(),
                        "a gain of " + times(claimed) + " is claimed, but only "
                                + times(new Located<>(measured.orElseThrow(), claimed.at())) + " was measured",
                        "claim at most what was measured"));
    }

    private static Optional<Double> factor(Measurement measured) {
        return measured.before()
                .flatMap(before -> measured.after()
                        .filter(after -> !after.value().isZero())
                        .map(after -> nanos(before.value()) / nanos(after.value())));
    }

    private static double nanos(Duration duration) {
        return duration.toSeconds() * 1e9 + duration.toNanosPart();
    }

    private static String times(Located<Double> factor) {
        return BigDecimal.valueOf(factor.value())
                        .round(new MathContext(3))
                        .stripTrailingZeros()
                        .toPlainString()
                + "x";
    }

    /** A day to come is a guess, a typo or another time zone, but never a reason to stop a build. */
    private static Optional<Contradiction> tooEarly(Gain gain, Facts facts) {
        return gain.measured()
                .flatMap(Measurement::on)
                .filter(day -> day.value().isAfter(facts.today()))
                .map(day -> new Contradiction(
                        day.at(),
                        Severity.WARNING,
                        "the gain was measured on " + day.value() + ", which is still to come",
                        "give the day of the measurement"));
    }
}
