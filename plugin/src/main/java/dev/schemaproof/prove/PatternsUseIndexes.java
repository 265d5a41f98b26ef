package dev.schemaproof.prove;

import dev.schemaproof.analysis.access.Coverage;
import dev.schemaproof.analysis.access.LeftSort;
import dev.schemaproof.analysis.access.PatternAccess;
import dev.schemaproof.catalog.CatalogReader;
import dev.schemaproof.generate.relational.PatternSql;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.prove.PlanJudge.Flaw;
import dev.schemaproof.prove.PlanJudge.Judgement;
import dev.schemaproof.prove.PlanJudge.Use;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The database's own planner finds a way to answer every access pattern that reads no more than it must. */
public final class PatternsUseIndexes implements Proof {

    @Override
    public String name() {
        return "patterns-use-indexes";
    }

    @Override
    public void prove(Bench bench, Consumer<ProofResult> results) throws SQLException {
        List<AccessPattern> patterns = bench.patterns();
        if (patterns.isEmpty()) {
            return;
        }
        IndexShapes indexes;
        try (Connection connection = bench.connect()) {
            indexes = new IndexShapes(
                    new CatalogReader(connection, bench.request().database().schema()).read());
        }
        Planner planner = bench.planner();
        for (AccessPattern pattern : patterns) {
            bench.deadline().check();
            results.accept(prove(bench, planner, indexes, pattern));
        }
    }

    private ProofResult prove(Bench bench, Planner planner, IndexShapes indexes, AccessPattern pattern)
            throws SQLException {
        PatternSql statement = bench.statementOf(pattern);
        PlanNode plan;
        Optional<Growth> growth;
        try {
            plan = planner.plan(statement.sql());
            growth = planner.growth(statement.sql());
        } catch (SQLException error) {
            if (SqlStates.gone(error) || SqlStates.cancelled(error)) {
                throw error;
            }
            return result(pattern, Verdict.FAILED, "the database refuses it: " + Words.message(error))
                    .at(SqlPlaces.of(pattern, statement.sql(), error));
        }
        bench.planned(PatternPlan.of(pattern.name().value(), plan, growth));
        Judgement judgement = PlanJudge.judge(bench, indexes, plan);
        Optional<String> vain = growth.filter(Growth::vain)
                .filter(found -> judgement.flaws().isEmpty())
                .map(found -> "costs " + found.shown() + " as much with " + Growth.TIMES
                        + " times as many rows, while no more come out of it");
        Optional<Located<String>> allowed = pattern.header().scan();
        ProofResult result;
        if (judgement.flaws().isEmpty() && vain.isEmpty()) {
            result = result(
                    pattern,
                    Verdict.PROVEN,
                    served(judgement) + sorts(bench, planner, plan) + ", planned " + planner.manner());
        } else if (allowed.isPresent()) {
            result = result(pattern, Verdict.PROVEN, vain.orElse(sentences(judgement)) + ", which `scan` allows")
                    .withDetails(List.of("reason: " + allowed.get().value()));
        } else if (vain.isPresent()) {
            result = result(pattern, Verdict.FAILED, served(judgement) + ", but " + vain.get())
                    .withDetails(List.of(
                            "it reads more and more to come to the same rows: let an index give them in the wanted order,"
                                    + " keep the result in a copy, or allow it with `scan: allowed` and a reason"));
        } else {
            result = flawed(bench, planner, indexes, pattern, statement, judgement);
        }
        List<String> details = new ArrayList<>(result.details());
        if (judgement.flaws().isEmpty()) {
            sorted(bench, pattern, plan, growth).ifPresent(details::add);
        }
        disagreement(bench, planner, pattern, judgement, result.verdict()).ifPresent(details::add);
        return result.withDetails(details);
    }

    /** What is left to sort when the rows are found. */
    private static String sorts(Bench bench, Planner planner, PlanNode plan) {
        return lastSort(bench, plan)
                .map(sort -> ", then sorts "
                        + (planner.knowsVolumes() ? Words.count(Math.round(sort.rows()), "row") + " " : "") + "by "
                        + Words.name(sort.text("Sort Key").orElse(""))
                        + (planner.knowsVolumes() && plan.rows() < sort.rows()
                                ? " to give " + Words.number(Math.round(plan.rows()))
                                : ""))
                .orElse("");
    }

    /** The sort at the end of a plan, unless it sorts what small tables hold. */
    private static Optional<PlanNode> lastSort(Bench bench, PlanNode plan) {
        return plan.lastSort()
                .filter(sort -> sort.all()
                        .flatMap(node -> node.text("Relation Name").stream())
                        .anyMatch(table ->
                                bench.entityOfTable(table).filter(Entity::small).isEmpty()));
    }

    /** Why it sorts, and what becomes of that with more rows. */
    private static Optional<String> sorted(Bench bench, AccessPattern pattern, PlanNode plan, Optional<Growth> growth) {
        if (lastSort(bench, plan).isEmpty()) {
            return Optional.empty();
        }
        Optional<PatternAccess> access =
                bench.request().facts().access().of(pattern.name().value());
        String why = access.flatMap(found -> found.sorts().stream().findFirst())
                .map(LeftSort::reason)
                .orElse(
                        access.stream()
                                        .flatMap(found -> found.coverages().stream())
                                        .anyMatch(coverage -> coverage.order() == Coverage.Order.FULL)
                                ? "the planner finds that cheaper than rows that come in order"
                                : "what it orders by is computed from its rows");
        return Optional.of("it sorts, as " + why
                + growth.map(found -> "; with " + Growth.TIMES + " times the rows it sorts "
                                + Growth.times(found.sorted()) + " as many")
                        .orElse(""));
    }

    /** Where the planner finds another way than the analysis of the model did, without a database. */
    private static Optional<String> disagreement(
            Bench bench, Planner planner, AccessPattern pattern, Judgement judgement, Verdict verdict) {
        Optional<PatternAccess> access = bench.request()
                .facts()
                .access()
                .of(pattern.name().value())
                .filter(found -> found.shape().sound() && found.shape().blind().isEmpty());
        if (access.isEmpty()) {
            return Optional.empty();
        }
        boolean served = access.get().served();
        if (served != (verdict == Verdict.PROVEN)) {
            return Optional.of(
                    served
                            ? "the analysis of the model expects an index to serve it: "
                                    + access.get().summary()
                            : "the analysis of the model finds no index that serves it: "
                                    + access.get().summary());
        }
        Set<String> taken = new TreeSet<>();
        judgement.uses().stream()
                .filter(use ->
                        bench.entityOfTable(use.table()).filter(Entity::small).isEmpty())
                .forEach(use -> use.index().ifPresent(index -> taken.add(Words.name(index))));
        Set<String> expected = new TreeSet<>();
        access.get().coverages().stream()
                // How a small table is read doesn't matter
                .filter(coverage -> !coverage.use().entity().small())
                .flatMap(coverage -> coverage.seeks().stream())
                .forEach(seek -> expected.add(Words.name(seek.index().name())));
        return !planner.knowsVolumes()
                        || taken.equals(expected)
                        || !judgement.flaws().isEmpty()
                ? Optional.empty()
                : Optional.of("the analysis of the model expects another way: "
                        + access.get().summary());
    }

    /** Tells an index that is missing from one that the planner would rather not use. */
    private ProofResult flawed(
            Bench bench,
            Planner planner,
            IndexShapes indexes,
            AccessPattern pattern,
            PatternSql statement,
            Judgement judgement)
            throws SQLException {
        Judgement other = PlanJudge.judge(bench, indexes, planner.planWithoutSequentialScans(statement.sql()));
        if (!planner.knowsVolumes() || !other.flaws().isEmpty() || other.uses().isEmpty()) {
            return result(pattern, Verdict.FAILED, sentences(judgement) + ", planned " + planner.manner())
                    .withDetails(judgement.uses().stream().map(Use::toString).toList());
        }
        if (judgement.flaws().stream().allMatch(Flaw::unknownRange)) {
            return result(
                            pattern,
                            Verdict.PROVEN,
                            served(other) + " when its range is narrow, planned " + planner.manner())
                    .withDetails(List.of("for any range, as in a prepared statement, the planner expects a third of all"
                            + " rows, and then " + sentences(judgement)));
        }
        return result(
                pattern,
                Verdict.NOT_PROVEN,
                "an index can serve it ("
                        + Words.and(other.uses().stream().map(Use::toString).toList())
                        + "), but planned " + planner.manner() + " it " + sentences(judgement)
                        + ", which the planner finds cheaper");
    }

    private static String served(Judgement judgement) {
        return judgement.uses().isEmpty()
                ? "needs no search"
                : "is served by "
                        + Words.and(judgement.uses().stream().map(Use::toString).toList());
    }

    private static String sentences(Judgement judgement) {
        return Words.and(judgement.flaws().stream().map(Flaw::sentence).toList());
    }

    private ProofResult result(AccessPattern pattern, Verdict verdict, String statement) {
        return ProofResult.of(name(), pattern.name().value(), verdict, statement)
                .at(pattern.name().at());
    }
}
