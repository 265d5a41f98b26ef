package dev.schemaproof.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.access.Condition;
import dev.schemaproof.analysis.access.Coverage;
import dev.schemaproof.analysis.access.IndexPath;
import dev.schemaproof.analysis.access.PatternAccess;
import dev.schemaproof.analysis.access.QueryBlock;
import dev.schemaproof.analysis.access.Term;
import dev.schemaproof.app.Rules;
import dev.schemaproof.check.Checker;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.generate.relational.RelationalGenerator;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.prove.engine.RunningDatabase;
import dev.schemaproof.template.Templates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The workloads of TPC-H and TPC-C at a size that counts: their models have no errors, and how each table of each statement is
 * read is what PostgreSQL plans for tables of that size. Where it plans otherwise, the file {@code <model>.otherwise} says how, and
 * why that is no mistake; each of its reasons is checked too.
 */
class TpcTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final Path FOLDER = Path.of("src/test/resources/tpc");

    /** Why a planner may read a table in another way than the analysis of the model says that it can be read. */
    private enum Why {
        /** It could be as said, and is when whole tables and the joins that read them are priced out. */
        WHOLE_IS_CHEAPER,
        /** It is found from another table than said, by an index that the analysis knows to lead to it as well. */
        FOUND_FROM_ANOTHER,
        /** It is where the plan begins, so that all of it is read; as said it would be found from another table. */
        BEGINS_WITH_IT,
    }

    /**
     * How a table is read.
     *
     * @param index empty where all of it is read
     * @param sought the columns that bound what is read, with the one that a range ends
     * @param only whether nothing but the index is read
     * @param order how much of the order that is wanted of this table alone comes without a sort; empty where none is
     */
    private record Way(Optional<String> index, List<String> sought, boolean only, Optional<Coverage.Order> order) {

        static Way whole(Optional<Coverage.Order> order) {
            return new Way(Optional.empty(), List.of(), false, order);
        }

        boolean whole() {
            return index.isEmpty();
        }

        @Override
        public String toString() {
            return index.map(name -> name
                                    + (sought.isEmpty() ? "" : " (" + String.join(", ", sought) + ")")
                                    + (only ? " only" : ""))
                            .orElse("whole")
                    + order.map(given -> ", order " + given).orElse("");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tpch", "tpcc"})
    void theModelHasNoErrors(String name) throws IOException {
        List<Finding> findings = new Checker(Rules.all(), Set.of()).check(facts(name));
        assertThat(findings)
                .filteredOn(finding -> finding.severity() == Severity.ERROR
                        || finding.rule().value().equals("opaque-pattern"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tpch", "tpcc"})
    void itsPlansAreProven(String name) throws Exception {
        List<ProofResult> results = new ArrayList<>();
        try (Bench bench = applied(facts(name), "")) {
            new PatternsUseIndexes().prove(bench, results::add);
        }
        assertThat(results)
                .hasSameSizeAs(facts(name).model().patterns().values())
                .filteredOn(result -> result.verdict() != Verdict.PROVEN)
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tpch", "tpcc"})
    void itsTablesAreReadAsTheAnalysisSays(String name) throws Exception {
        Facts facts = facts(name);
        Map<String, PlanNode> cheapest = plans(facts, "");
        Map<String, PlanNode> indexed = plans(
                facts, "-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c enable_material=off");
        List<String> otherwise = new ArrayList<>();
        for (PatternAccess access : facts.access().patterns()) {
            String pattern = access.pattern().name().value();
            for (Coverage coverage : access.coverages()) {
                Way said = said(access, coverage);
                Way done = done(cheapest.get(pattern), access, coverage);
                if (!said.equals(done)) {
                    Way priced = done(indexed.get(pattern), access, coverage);
                    otherwise.add(String.join(
                            " | ",
                            pattern,
                            coverage.use().name(),
                            said.toString(),
                            done.toString(),
                            why(coverage, said, done, priced).map(Why::name).orElse("WRONG, it can be " + priced)));
                }
            }
        }
        assertThat(otherwise)
                .containsExactlyElementsOf(
                        Files.readAllLines(FOLDER.resolve(name + ".otherwise"), StandardCharsets.UTF_8));
    }

    /**
     * Why the planner does otherwise.
     *
     * @param priced how it does when whole tables and the joins that read them are priced out
     * @return empty if nothing explains it
     */
    private static Optional<Why> why(Coverage coverage, Way said, Way done, Way priced) {
        if (done.whole() && priced.equals(said)) {
            return Optional.of(Why.WHOLE_IS_CHEAPER);
        }
        Way indexed = done.sought().isEmpty() ? priced : done;
        if (!lookup(coverage) && indexed.sought().isEmpty()) {
            return Optional.empty();
        }
        if (indexed.sought().isEmpty()) {
            return Optional.of(Why.BEGINS_WITH_IT);
        }
        boolean known = Stream.concat(coverage.seeks().stream().map(Coverage.Seek::index), coverage.others().stream())
                .anyMatch(path -> indexed.index().equals(Optional.of(path.name())));
        return known ? Optional.of(Why.FOUND_FROM_ANOTHER) : Optional.empty();
    }

    /** Whether a row of another table has to be known before this one's can be sought as said. */
    private static boolean lookup(Coverage coverage) {
        List<Term> sought = coverage.seeks().get(0).sought();
        return coverage.use().conditions().stream()
                .anyMatch(condition -> condition instanceof Condition.Comparison comparison
                        && sought.contains(comparison.term())
                        && !comparison.needs().isEmpty());
    }

    private static Facts facts(String name) throws IOException {
        return new Facts(Models.read(Files.readString(FOLDER.resolve(name + ".yaml"), StandardCharsets.UTF_8)));
    }

    private static Way said(PatternAccess access, Coverage coverage) {
        Optional<Coverage.Order> order = order(access, coverage).map(wanted -> coverage.order());
        if (coverage.seeks().isEmpty()) {
            return Way.whole(order);
        }
        Coverage.Seek seek = coverage.seeks().get(0);
        return new Way(
                Optional.of(seek.index().name()),
                Stream.concat(seek.sought().stream(), seek.range().stream())
                        .map(Term::text)
                        .toList(),
                coverage.indexOnly(),
                order);
    }

    /** The first key of the order that is wanted of the rows of this table alone. */
    private static Optional<String> order(PatternAccess access, Coverage coverage) {
        List<QueryBlock.Sort> keys = access.shape().blockOf(coverage.use()).order();
        boolean own = keys.stream()
                .allMatch(key -> key.use().isPresent()
                        && key.use().getAsInt() == coverage.use().id());
        return own && !coverage.singleRow()
                ? keys.stream().findFirst().map(key -> key.term().text())
                : Optional.empty();
    }

    private static Coverage.Order sorted(PlanNode plan, String first) {
        return plan.all()
                .filter(node -> node.text("Sort Key")
                        // An expression is printed in another way
                        .filter(key -> key.contains(first) || !first.matches("\\w+"))
                        .isPresent())
                .map(node -> node.type().equals("Incremental Sort") ? Coverage.Order.PREFIX : Coverage.Order.NONE)
                .findFirst()
                .orElse(Coverage.Order.FULL);
    }

    private static Way done(PlanNode plan, PatternAccess access, Coverage coverage) {
        Optional<Coverage.Order> order = order(access, coverage).map(first -> sorted(plan, first));
        String alias = coverage.use().name();
        List<PlanNode> scans = plan.all()
                .filter(node -> node.text("Alias").filter(alias::equals).isPresent())
                .filter(node ->
                        node.text("Relation Name").isPresent() && node.type().endsWith("Scan"))
                .toList();
        assertThat(scans).as(alias).hasSize(1);
        PlanNode scan = scans.get(0);
        Optional<PlanNode> found = scan.type().equals("Bitmap Heap Scan")
                ? scan.all()
                        .filter(node -> node.type().equals("Bitmap Index Scan"))
                        .findFirst()
                : Optional.of(scan).filter(node -> node.text("Index Name").isPresent());
        if (found.isEmpty()) {
            return Way.whole(order);
        }
        PlanNode index = found.get();
        String name = index.text("Index Name").orElseThrow();
        if (index.text("Index Cond").isEmpty()) {
            return new Way(Optional.of(name), List.of(), index.type().equals("Index Only Scan"), order);
        }
        IndexPath path = Stream.concat(coverage.seeks().stream().map(Coverage.Seek::index), coverage.others().stream())
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("not known to lead to `" + alias + "`: " + name));
        ReadPlan read = ReadPlan.of(
                plain(index),
                new RandomAccess.Index(
                        "btree",
                        path.terms().stream()
                                .map(term -> new RandomAccess.Part(term.text(), false, "", ""))
                                .toList(),
                        List.of(),
                        "",
                        path.unique()),
                List.of(),
                false);
        return new Way(
                Optional.of(name),
                Stream.concat(read.sought().stream(), read.range().stream()).toList(),
                read.indexOnly(),
                order);
    }

    /** The node alone, its columns without the casts that texts of limited length are compared by. */
    private static PlanNode plain(PlanNode node) {
        Map<String, String> properties = new LinkedHashMap<>(node.properties());
        properties.computeIfPresent(
                "Index Cond", (name, condition) -> condition.replaceAll("\\((\\w+)\\)::text", "$1"));
        return new PlanNode(properties, List.of());
    }

    /** The plans of all patterns, on tables that are planned as full. */
    private static Map<String, PlanNode> plans(Facts facts, String options) throws Exception {
        Map<String, PlanNode> plans = new LinkedHashMap<>();
        try (Bench bench = applied(facts, options)) {
            for (AccessPattern pattern : bench.patterns()) {
                plans.put(
                        pattern.name().value(),
                        bench.planner().plan(bench.statementOf(pattern).sql()));
            }
        }
        return plans;
    }

    private static Bench applied(Facts facts, String options) throws Exception {
        RunningDatabase database = SERVER.database();
        database.dataSource().unwrap(PGSimpleDataSource.class).setOptions(options);
        Bench bench = new Bench(new ProofRequest(
                facts,
                facts.model().relationalStore().orElseThrow(),
                new RelationalGenerator(Templates.builtIn()).generate(facts).toList(),
                database,
                ProofSettings.standard(),
                Deadline.in(Duration.ofMinutes(5))));
        List<ProofResult> results = new ArrayList<>();
        new AppliesCleanly().prove(bench, results::add);
        assertThat(results).extracting(ProofResult::verdict).containsOnly(Verdict.PROVEN);
        return bench;
    }
}
