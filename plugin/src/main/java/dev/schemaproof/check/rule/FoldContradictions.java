package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Contract.Mechanism;
import dev.schemaproof.model.Contract.Mode;
import dev.schemaproof.model.Contract.Staleness;
import dev.schemaproof.model.Contract.Sync;
import dev.schemaproof.model.Derivation;
import dev.schemaproof.model.Durations;
import dev.schemaproof.model.Located;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Changes that are to be laid aside and folded into the copy later, where they can't be, or would come too late. */
final class FoldContradictions implements Contradictions {

    @Override
    public Stream<Contradiction> of(Contract contract, Facts facts) {
        var sync = contract.sync();
        if (sync.isEmpty()) {
            return Stream.empty();
        }
        var mode = sync.get()
                .mode()
                .filter(found -> found.value().isFolded())
                .filter(found -> isBy(sync.get(), Mechanism.TRIGGER));
        return Stream.concat(
                        Stream.of(slots(sync.get(), mode), idle(sync.get(), mode)),
                        mode.stream()
                                .flatMap(folded -> Stream.of(
                                        additive(contract, folded), none(contract, folded), late(contract, folded))))
                .flatMap(Optional::stream);
    }

    private static boolean isBy(Sync sync, Mechanism mechanism) {
        return sync.by().filter(by -> by.value() == mechanism).isPresent();
    }

    private static Optional<Contradiction> slots(Sync sync, Optional<Located<Mode>> mode) {
        if (mode.filter(found -> found.value() == Mode.SLOTTED).isEmpty()) {
            return sync.slots()
                    .map(slots -> Contradiction.error(
                            slots.at(),
                            "only `mode: slotted` has slots",
                            "write `by: trigger, mode: slotted`, or take `slots` away"));
        }
        return sync.slots()
                .filter(slots -> slots.value() < 1 || slots.value() > Sync.MOST_SLOTS)
                .map(slots -> Contradiction.error(
                        slots.at(),
                        "the changes of a copy can't be spread among " + slots.value() + " slots",
                        "take 1 to " + Sync.MOST_SLOTS + ", about as many as connections that write at once; "
                                + Sync.SLOTS + " if you say nothing"));
    }

    /** An interval that nothing keeps. */
    private static Optional<Contradiction> idle(Sync sync, Optional<Located<Mode>> mode) {
        return mode.isPresent() || !isBy(sync, Mechanism.TRIGGER)
                ? Optional.empty()
                : sync.every()
                        .map(every -> Contradiction.error(
                                every.at(),
                                "a trigger in mode `"
                                        + sync.mode()
                                                .map(Located::value)
                                                .orElse(Mode.DEFERRED)
                                                .word()
                                        + "` waits for no interval",
                                "take the interval away; `mode: slotted`, `mode: ledger` and `by: job` have one"));
    }

    private static Optional<Contradiction> additive(Contract contract, Located<Mode> mode) {
        return contract.duplicates()
                .flatMap(Contract.Duplicates::from)
                .map(Located::value)
                .flatMap(FoldContradictions::word)
                .map(word -> Contradiction.error(
                        mode.at(),
                        "`" + word + "` can't be kept in mode `" + mode.value().word()
                                + "`: what one row changes of it depends on the others, so that changes can't be added up apart",
                        "use `mode: deferred`, which locks the row that holds the copy only while a transaction commits,"
                                + " or `by: job`; only a `count` and a `sum` can be `"
                                + mode.value().word() + "`"));
    }

    /** What it is, where it can't be added up; a copy has no mode at all, as others say. */
    private static Optional<String> word(Derivation derivation) {
        if (derivation instanceof Derivation.Exists) {
            return Optional.of("exists");
        } else if (derivation instanceof Derivation.Latest) {
            return Optional.of("latest");
        }
        return derivation instanceof Derivation.Aggregate aggregate && aggregate.function() != Derivation.Function.SUM
                ? Optional.of(aggregate.function().name().toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    private static Optional<Contradiction> none(Contract contract, Located<Mode> mode) {
        return contract.staleness()
                .flatMap(Staleness::allowed)
                .filter(allowed -> allowed.value().isZero())
                .map(
                        allowed -> Contradiction.error(
                                allowed.at(),
                                "in mode `" + mode.value().word()
                                        + "` writers don't touch the row that holds the copy, which is stale until the next fold, but no"
                                        + " staleness is allowed",
                                "allow some, as in `allowed: 5s` with `sync: {by: trigger, mode: "
                                        + mode.value().word()
                                        + ", every: 1s}`, and let whoever needs the exact number at once read"
                                        + " the generated view; or use `mode: deferred`, in which writers of one row wait for each other"));
    }

    private static Optional<Contradiction> late(Contract contract, Located<Mode> mode) {
        var allowed = contract.staleness()
                .flatMap(Staleness::allowed)
                .map(Located::value)
                .filter(found -> !found.isZero());
        return contract.sync()
                .flatMap(Sync::every)
                .filter(every -> allowed.isPresent() && every.value().compareTo(allowed.get()) >= 0)
                .map(every -> Contradiction.error(
                        every.at(),
                        "a fold every " + Durations.shown(every.value()) + " can't hold a staleness of "
                                + Durations.shown(allowed.orElseThrow()) + ", as it takes time itself",
                        "fold what is laid aside in mode `" + mode.value().word()
                                + "` more often than that, or allow more staleness"));
    }
}
