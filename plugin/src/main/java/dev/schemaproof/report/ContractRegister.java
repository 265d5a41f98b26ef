package dev.schemaproof.report;

import dev.schemaproof.generate.relational.FoldBuilder;
import dev.schemaproof.generate.relational.Procedures;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Contract.Gain;
import dev.schemaproof.model.Contract.Measurement;
import dev.schemaproof.model.Contract.Staleness;
import dev.schemaproof.model.Derivation;
import dev.schemaproof.model.Durations;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.SourceText;
import dev.schemaproof.prove.MeasuredGain;
import dev.schemaproof.prove.ProofReport;
import dev.schemaproof.prove.ProofResult;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The denormalization contracts of a model with their four answers and what the last proofs say of them, in order of
 * declaration.
 *
 * @param model the model's name
 */
public record ContractRegister(String model, List<Entry> contracts) {

    public ContractRegister {
        contracts = List.copyOf(contracts);
    }

    /**
     * A contract.
     *
     * @param copy {@code Entity.attribute}, or an entity
     * @param from what the copy is made of, by its key and value in the language
     * @param kept what keeps it, such as {@code trigger}
     * @param mode when a trigger brings it up to date, such as {@code deferred}
     * @param every the interval of a job, a refresh, a fold or the consumer of an outbox
     * @param call what a job or a fold has to run, or the consumer of an outbox
     * @param clock the view that says how long notes have been waiting in an outbox
     * @param exact the view that gives the copy without staleness, where one does
     * @param code where the application does it
     * @param allowed how stale it may be; {@code none} means that no committed state is stale
     * @param atLeast the claimed gain as a factor
     * @param shown what it gains and costs on synthetic rows, where that was measured
     * @param proofs what the proofs say of it
     */
    public record Entry(
            String name,
            String copy,
            Map<String, String> from,
            String kept,
            Optional<String> mode,
            Optional<String> every,
            Optional<String> call,
            Optional<String> clock,
            Optional<String> exact,
            Optional<String> code,
            String allowed,
            String effect,
            String repair,
            String pattern,
            String instead,
            double atLeast,
            Optional<Measured> measured,
            Optional<MeasuredGain> shown,
            List<ProofResult> proofs) {

        public Entry {
            proofs = List.copyOf(proofs);
        }
    }

    /**
     * The measurement that the contract quotes.
     *
     * @param factor the time before as a multiple of the time after
     * @param rows at how many rows; absent where it is not said
     */
    public record Measured(
            String before, String after, double factor, Optional<Long> rows, Optional<String> on, String where) {}

    /** Of a model that was proven; a contract whose answers could not all be read is left out, as findings speak of it. */
    public static ContractRegister of(Model model, Collection<ProofReport> reports) {
        return new ContractRegister(
                model.name().value(),
                model.contracts().values().stream()
                        .flatMap(contract -> entry(model, contract, reports).stream())
                        .toList());
    }

    private static Optional<Entry> entry(Model model, Contract contract, Collection<ProofReport> reports) {
        var into = contract.duplicates().flatMap(Contract.Duplicates::into);
        var from = contract.duplicates().flatMap(Contract.Duplicates::from);
        var by = contract.sync().flatMap(Contract.Sync::by);
        var allowed = contract.staleness().flatMap(Staleness::allowed);
        if (into.isEmpty() || from.isEmpty() || by.isEmpty() || allowed.isEmpty()) {
            return Optional.empty();
        }
        var outbox = by.get().value() == Contract.Mechanism.OUTBOX;
        var mode = contract.sync()
                .flatMap(Contract.Sync::mode)
                .map(Located::value)
                .filter(found -> by.get().value() == Contract.Mechanism.TRIGGER);
        var holder = model.entity(into.get().entity().value());
        return Optional.of(new Entry(
                contract.name().value(),
                into.get().toString(),
                from(from.get().value()),
                by.get().value().word(),
                by.get().value() == Contract.Mechanism.TRIGGER && !(from.get().value() instanceof Derivation.Copy)
                        ? Optional.of(mode.orElse(Contract.Mode.DEFERRED).word())
                        : Optional.empty(),
                outbox
                        ? Optional.of(Durations.shown(Procedures.interval(contract)))
                        : contract.sync().flatMap(Contract.Sync::every).map(every -> Durations.shown(every.value())),
                outbox || by.get().value() == Contract.Mechanism.JOB
                        ? holder.map(entity -> Procedures.call(model, contract, entity))
                        : mode.filter(Contract.Mode::isFolded)
                                .flatMap(folded -> holder.map(entity -> FoldBuilder.call(entity, folded))),
                outbox ? Optional.of(Procedures.CLOCK) : Optional.empty(),
                mode.filter(Contract.Mode::isFolded).flatMap(folded -> holder.map(FoldBuilder::view)),
                contract.sync().flatMap(Contract.Sync::code).map(Located::value),
                allowed.get().value().isZero()
                        ? "none"
                        : Durations.shown(allowed.get().value()),
                contract.staleness()
                        .flatMap(Staleness::effect)
                        .map(Located::value)
                        .orElse(""),
                contract.staleness()
                        .flatMap(Staleness::repair)
                        .map(Located::value)
                        .orElse(""),
                contract.gain().flatMap(Gain::pattern).map(Located::value).orElse(""),
                contract.gain().flatMap(Gain::instead).map(SourceText::value).orElse(""),
                contract.gain().flatMap(Gain::atLeast).map(Located::value).orElse(0.0),
                contract.gain().flatMap(Gain::measured).flatMap(ContractRegister::measured),
                reports.stream()
                        .flatMap(report -> report.gains().stream())
                        .filter(gain -> gain.contract().equals(contract.name().value()))
                        .findFirst(),
                reports.stream()
                        .flatMap(report -> report.results().stream())
                        .filter(result ->
                                result.subject().equals(contract.name().value()))
                        .toList()));
    }

    private static Optional<Measured> measured(Measurement measurement) {
        if (measurement.before().isEmpty() || measurement.after().isEmpty()) {
            return Optional.empty();
        }
        var before = measurement.before().get().value();
        var after = measurement.after().get().value();
        return after.isZero()
                ? Optional.empty()
                : Optional.of(new Measured(
                        Durations.shown(before),
                        Durations.shown(after),
                        nanos(before) / nanos(after),
                        measurement.rows().isPresent()
                                ? Optional.of(measurement.rows().getAsLong())
                                : Optional.empty(),
                        measurement.on().map(on -> on.value().toString()),
                        measurement.where().map(Located::value).orElse("")));
    }

    /** As a fraction of seconds would be rounded. */
    private static double nanos(Duration duration) {
        return duration.toSeconds() * 1e9 + duration.toNanosPart();
    }

    private static Map<String, String> from(Derivation derivation) {
        var from = new LinkedHashMap<String, String>();
        if (derivation instanceof Derivation.Count count) {
            from.put("count", count.entity().value());
            rows(from, count.by(), count.where());
        } else if (derivation instanceof Derivation.Exists exists) {
            from.put("exists", exists.entity().value());
            rows(from, exists.by(), exists.where());
        } else if (derivation instanceof Derivation.Aggregate aggregate) {
            from.put(
                    aggregate.function().name().toLowerCase(Locale.ROOT),
                    aggregate.entity() + "." + aggregate.attribute());
            rows(from, aggregate.by(), aggregate.where());
        } else if (derivation instanceof Derivation.Latest latest) {
            from.put("latest", latest.entity() + "." + latest.attribute());
            rows(from, latest.by(), latest.where());
            from.put("orderBy", latest.orderBy().value());
        } else if (derivation instanceof Derivation.Copy copy) {
            from.put("copy", copy.path().value());
        } else if (derivation instanceof Derivation.Query query) {
            from.put("query", query.sql().value());
        }
        return from;
    }

    private static void rows(Map<String, String> from, Located<String> by, Optional<SourceText> where) {
        from.put("by", by.value());
        where.ifPresent(condition -> from.put("where", condition.value()));
    }
}
