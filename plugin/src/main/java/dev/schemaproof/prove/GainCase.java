package dev.schemaproof.prove;

import dev.schemaproof.analysis.contract.SummaryContract;
import dev.schemaproof.generate.relational.PatternSql;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.sql.PositionalSql;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A contract whose gain can be tried: the pattern that reads its copy, and the statement that does without.
 *
 * @param contract the contract
 * @param holder the entity that holds the copy, or that is one
 * @param pattern the pattern
 * @param asked the pattern as a statement
 * @param other the statement without the copy
 * @param claim how many times as much that must cost
 * @param summary the summary, where triggers keep the copy
 * @param largest the entity with the most declared rows of those that either statement reads
 * @param filled the entities whose tables must have rows
 * @param scanned whether the pattern reads a whole table at the declared rows
 * @param otherScanned whether the statement without the copy does
 */
record GainCase(
        Contract contract,
        Entity holder,
        AccessPattern pattern,
        PatternSql asked,
        PositionalSql other,
        Located<Double> claim,
        Optional<SummaryContract> summary,
        Entity largest,
        Set<Entity> filled,
        boolean scanned,
        boolean otherScanned) {

    GainCase {
        filled = new LinkedHashSet<>(filled);
    }

    /** The contract's case, where its answers name all that it takes, and its copy is in the bench's store. */
    static Optional<GainCase> of(Bench bench, Contract contract) throws SQLException, NotMeasuredException {
        Optional<Contract.Gain> gain = contract.gain();
        Optional<Entity> holder = contract.duplicates()
                .flatMap(Contract.Duplicates::into)
                .flatMap(into -> bench.entities().stream()
                        .filter(entity ->
                                entity.name().value().equals(into.entity().value()))
                        .findFirst());
        Optional<AccessPattern> pattern = gain.flatMap(Contract.Gain::pattern)
                .flatMap(name -> bench.patterns().stream()
                        .filter(candidate -> candidate.name().value().equals(name.value()))
                        .findFirst());
        Optional<PositionalSql> other =
                gain.flatMap(Contract.Gain::instead).map(instead -> PositionalSql.of(instead.value()));
        Optional<Located<Double>> claim = gain.flatMap(Contract.Gain::atLeast);
        if (holder.isEmpty() || pattern.isEmpty() || other.isEmpty() || claim.isEmpty()) {
            return Optional.empty();
        }
        PatternSql asked = bench.statementOf(pattern.get());
        List<String> unknown = other.get().parameterNames().stream()
                .filter(name -> !asked.parameterNames().contains(name))
                .toList();
        if (!unknown.isEmpty()) {
            throw new NotMeasuredException("`instead` has parameters that the pattern does not have");
        }
        PlanNode plan = plan(bench, asked.sql(), Words.name(pattern.get().name().value()));
        PlanNode otherPlan = plan(bench, other.get().sql(), "`instead`");
        Set<Entity> read = new LinkedHashSet<>();
        read.add(holder.get());
        read.addAll(read(bench, plan));
        read.addAll(read(bench, otherPlan));
        Entity largest = read.stream()
                .filter(entity -> !bench.request().facts().contracts().isView(entity))
                .max(Comparator.comparingLong(Entity::expectedRows))
                .orElseThrow(() -> new NotMeasuredException("neither statement reads a table"));
        Optional<SummaryContract> summary = bench.request().facts().contracts().triggeredIn(bench.store()).stream()
                .filter(candidate -> candidate.contract().equals(contract))
                .findFirst();
        summary.ifPresent(found -> read.add(found.child()));
        if (read.removeIf(bench.request().facts().contracts()::isView)) {
            // Its rows come from whatever its query reads
            bench.entities().stream()
                    .filter(entity -> !bench.request().facts().contracts().isView(entity))
                    .forEach(read::add);
        }
        return Optional.of(new GainCase(
                contract,
                holder.get(),
                pattern.get(),
                asked,
                other.get(),
                claim.get(),
                summary,
                largest,
                read,
                scans(plan),
                scans(otherPlan)));
    }

    private static PlanNode plan(Bench bench, String sql, String statement) throws SQLException, NotMeasuredException {
        try {
            return bench.planner().plan(sql);
        } catch (SQLException refused) {
            if (SqlStates.gone(refused) || SqlStates.cancelled(refused)) {
                throw refused;
            }
            // Other proofs say what is wrong with it, and where
            throw new NotMeasuredException("the database refuses " + statement + ": " + Words.message(refused));
        }
    }

    private static Set<Entity> read(Bench bench, PlanNode plan) {
        Set<Entity> entities = new LinkedHashSet<>();
        plan.all()
                .flatMap(node -> node.text("Relation Name").stream())
                .flatMap(table -> bench.entityOfTable(table).stream())
                .forEach(entities::add);
        return entities;
    }

    private static boolean scans(PlanNode plan) {
        return plan.all().anyMatch(node -> node.type().equals("Seq Scan"));
    }

    String name() {
        return contract.name().value();
    }

    /** The values of the pattern's parameters in the order of the other statement's. */
    List<String> forOther(List<String> tuple) {
        return other.parameterNames().stream()
                .map(name ->
                        Objects.requireNonNull(tuple.get(asked.parameterNames().indexOf(name))))
                .toList();
    }
}
