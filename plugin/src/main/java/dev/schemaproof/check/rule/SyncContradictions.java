package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Contract.Mechanism;
import dev.schemaproof.model.Contract.Staleness;
import dev.schemaproof.model.Contract.Sync;
import dev.schemaproof.model.Derivation;
import dev.schemaproof.model.Durations;
import dev.schemaproof.model.Located;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A mechanism that can't keep the copy as fresh as the contract promises. */
final class SyncContradictions implements Contradictions {

    private static final Pattern METHOD = Pattern.compile("(?:[\\w$]++\\.)*+[\\w$]++#[\\w$]++");

    @Override
    public Stream<Contradiction> of(Contract contract, Facts facts) {
        return Stream.of(code(contract), mode(contract), staleness(contract)).flatMap(found -> found);
    }

    private static Stream<Contradiction> mode(Contract contract) {
        var by = contract.sync().flatMap(Sync::by).map(Located::value);
        var follows = contract.duplicates()
                .flatMap(Contract.Duplicates::from)
                .filter(from -> from.value() instanceof Derivation.Copy)
                .isPresent();
        if (follows && by.filter(mechanism -> mechanism == Mechanism.TRIGGER).isPresent()) {
            return contract.sync().flatMap(Sync::mode).stream()
                    .map(mode -> Contradiction.error(
                            mode.at(),
                            "a `copy` follows its source with each statement, and has no mode",
                            "take `mode: " + mode.value().word() + "` away"));
        }
        return contract.sync().flatMap(Sync::mode).stream()
                .filter(mode -> by.isPresent() && by.get() != Mechanism.TRIGGER)
                .map(mode -> Contradiction.error(
                        mode.at(),
                        "only a trigger has a mode, but the copy is kept `by: "
                                + by.get().word() + "`",
                        "take `mode: " + mode.value().word() + "` away"));
    }

    private static Stream<Contradiction> code(Contract contract) {
        return contract.sync().flatMap(Sync::code).stream()
                .filter(code -> !METHOD.matcher(code.value().strip()).matches())
                .map(code -> Contradiction.error(
                        code.at(),
                        "`" + code + "` names no method of a class",
                        "write it as `com.acme.FollowService#follow`"));
    }

    private static Stream<Contradiction> staleness(Contract contract) {
        var by = contract.sync().flatMap(Sync::by);
        var allowed = contract.staleness().flatMap(Staleness::allowed);
        if (by.isEmpty() || allowed.isEmpty()) {
            return Stream.empty();
        }
        var mechanism = by.get().value();
        if (mechanism == Mechanism.OUTBOX && allowed.get().value().isZero()) {
            return Stream.of(Contradiction.error(
                    by.get().at(),
                    "an outbox is read after the commit, but no staleness is allowed",
                    "use `by: trigger`, or allow as much staleness as the consumer may lag: `allowed: 10s`"));
        }
        if (mechanism != Mechanism.JOB && mechanism != Mechanism.OUTBOX && mechanism != Mechanism.MATERIALIZED_VIEW) {
            return Stream.empty();
        }
        return contract.sync().flatMap(Sync::every).stream()
                .filter(every -> every.value().compareTo(allowed.get().value()) > 0)
                .map(every -> Contradiction.error(
                        every.at(),
                        "a " + caller(mechanism) + " every "
                                + Durations.shown(every.value()) + " can't hold a staleness of "
                                + (allowed.get().value().isZero()
                                        ? "none"
                                        : Durations.shown(allowed.get().value())),
                        allowed.get().value().isZero()
                                ? "use `by: trigger`, or allow at least `" + Durations.shown(every.value()) + "`"
                                : "run it at least every `"
                                        + Durations.shown(allowed.get().value()) + "`, or allow more staleness"));
    }

    private static String caller(Mechanism mechanism) {
        return switch (mechanism) {
            case JOB -> "job";
            case OUTBOX -> "consumer called";
            default -> "refresh";
        };
    }
}
