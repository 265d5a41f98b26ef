package dev.schemaproof.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.generate.Artifact;
import dev.schemaproof.model.Model;
import dev.schemaproof.prove.PlanBaseline.Entry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PlansGetNoWorseTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final Model MODEL = Models.read("""
            schema: s
            entities:
              Post:
                rows: 20M
                attributes:
                  id: uuid
                  author_id: {type: uuid, values: {distinct: 20k}}
                  created_at: timestamptz
                key: [id]
            accessPatterns:
              newest: {sql: 'SELECT id FROM post WHERE author_id = :author ORDER BY created_at DESC LIMIT 10'}
              page: {sql: 'SELECT created_at FROM post WHERE id = :id'}
              touch: {sql: 'UPDATE post SET created_at = now() WHERE id = :id'}
            """);

    private static final String TABLE =
            "CREATE TABLE post (id uuid PRIMARY KEY, author_id uuid NOT NULL, created_at timestamptz NOT NULL);";

    private static final String SORTED = "CREATE INDEX by_author ON post (author_id, created_at DESC);";

    private static final String UNSORTED = "CREATE INDEX by_author ON post (author_id);";

    @Test
    void saysNothingWithoutABaseline() {
        ProofReport report = prove(SORTED, Optional.empty());

        assertThat(ours(report)).isEmpty();
        assertThat(report.plans())
                .extracting(PatternPlan::line)
                .containsExactly(
                        "Limit > Index Scan of post by by_author",
                        "Index Scan of post by post_pkey",
                        "Update of post > Index Scan of post by post_pkey");
        assertThat(report.plans()).extracting(PatternPlan::rows).containsExactly(10L, 1L, 1L);
    }

    @Test
    void acceptsTheSamePlans() {
        List<ProofResult> results = ours(prove(SORTED, Optional.of(kept(SORTED))));

        assertThat(results).singleElement().satisfies(result -> {
            assertThat(result.verdict()).isEqualTo(Verdict.PROVEN);
            assertThat(result.statement()).isEqualTo("3 patterns are planned at no more cost than before");
            assertThat(result.details()).isEmpty();
        });
    }

    @Test
    void failsWithBothPlansSideBySide() {
        List<ProofResult> results = ours(prove(UNSORTED, Optional.of(kept(SORTED))));

        assertThat(results).hasSize(2);
        assertThat(results.get(0).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(results.get(0).subject()).isEqualTo("newest");
        assertThat(results.get(0).at()).hasToString("Optional[" + Models.FILE + ":11:3]");
        assertThat(results.get(0).statement()).matches("is planned at [\\d,]+ times the cost of before");
        assertThat(results.get(0).details()).hasSize(3);
        assertThat(results.get(0).details().get(0))
                .matches("before: cost [\\d.]+ for 10 rows: Limit > Index Scan of post by by_author");
        assertThat(results.get(0).details().get(1))
                .matches("now:    cost [\\d.,]+ for 10 rows: Limit > Sort > .* by by_author");
        assertThat(results.get(1).statement()).isEqualTo("2 patterns are planned at no more cost than before");
    }

    @Test
    void tellsWhatIsBetterAndWhatIsNew() {
        List<Entry> entries = kept(UNSORTED).entries().stream()
                .filter(entry -> !entry.pattern().equals("page"))
                .toList();
        List<ProofResult> results = ours(prove(
                SORTED,
                Optional.of(PlanBaseline.of(List.of(
                        entries.get(0),
                        entries.get(1),
                        new Entry("main", "old", 1, 1, OptionalLong.empty(), 10_000, "Result"),
                        new Entry("other", "elsewhere", 1, 1, OptionalLong.empty(), 10_000, "Result"))))));

        assertThat(results).singleElement().satisfies(result -> {
            assertThat(result.verdict()).isEqualTo(Verdict.PROVEN);
            assertThat(result.statement())
                    .isEqualTo("2 patterns are planned at no more cost than before, 1 for the first time");
            assertThat(result.details())
                    .containsExactly(
                            "planned at less cost than before, or with fewer pages read: `newest`",
                            "not in the baseline yet: `page`",
                            "in the baseline, but no longer in the model: `old`");
        });
    }

    private static PlanBaseline kept(String index) {
        return PlanBaseline.of(prove(index, Optional.empty()).plans().stream()
                .map(plan -> Entry.of("main", plan))
                .toList());
    }

    private static List<ProofResult> ours(ProofReport report) {
        return report.results().stream()
                .filter(result -> result.name().equals("plans-get-no-worse"))
                .toList();
    }

    private static ProofReport prove(String index, Optional<PlanBaseline> baseline) {
        return new Prover(List.of(new AppliesCleanly(), new PatternsUseIndexes(), new PlansGetNoWorse()))
                .prove(new ProofRequest(
                        new Facts(MODEL),
                        MODEL.relationalStore().orElseThrow(),
                        List.of(new Artifact("main/schema.sql", TABLE + index)),
                        SERVER.database(),
                        ProofSettings.standard(),
                        Deadline.in(Duration.ofMinutes(2)),
                        baseline));
    }
}
