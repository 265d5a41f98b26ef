package dev.schemaproof.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.generate.Artifact;
import dev.schemaproof.generate.relational.RelationalGenerator;
import dev.schemaproof.model.Model;
import dev.schemaproof.prove.engine.EngineRequest;
import dev.schemaproof.prove.engine.RunningDatabase;
import dev.schemaproof.template.Templates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The worked example, as it is and with what was generated for it spoiled. */
class SocialProofTest {

    @RegisterExtension
    static final TestServer NEWEST = new TestServer(EngineRequest.NEWEST_MAJOR);

    @RegisterExtension
    static final TestServer OLDEST = new TestServer(EngineRequest.OLDEST_MAJOR);

    private static final Prover STRUCTURE =
            new Prover(List.of(new AppliesCleanly(), new CatalogMatches(), new PatternsUseIndexes()));

    @Test
    void isProvenCompletely() throws Exception {
        ProofReport report = prove(new Prover(), NEWEST.database(), UnaryOperator.identity());

        assertProven(report);
        assertThat(report.results()).extracting(ProofResult::name).contains("patterns-run-on-rows");
        assertThat(report.plans())
                .allSatisfy(plan -> assertThat(plan.execution().orElseThrow().figures())
                        .as(plan.toString())
                        .isPresent());
    }

    @Test
    void isProvenOnTheOldestServer() throws Exception {
        ProofReport report = prove(new Prover(), OLDEST.database(), UnaryOperator.identity());

        assertProven(report);
        assertThat(of(report, "home-feed").statement())
                .matches(
                        ".*, then sorts [67],\\d{3} rows by `p.created_at DESC` to give 20, planned at the declared rows");
        assertThat(report.plans())
                .allSatisfy(plan -> assertThat(plan.execution().orElseThrow().figures())
                        .as(plan.toString())
                        .isPresent());
    }

    @Test
    void namesTheSortOfTheHomeFeed() throws Exception {
        ProofReport report = prove(STRUCTURE, NEWEST.database(), UnaryOperator.identity());

        assertThat(of(report, "home-feed").statement())
                .matches(
                        ".*, then sorts [67],\\d{3} rows by `p.created_at DESC` to give 20, planned at the declared rows");
        assertThat(of(report, "home-feed").details())
                .containsExactly(
                        "it sorts, as `posts` come in this order for each row of `follows` only; with 100 times the"
                                + " rows it sorts 1.0 times as many");
        assertThat(of(report, "posts-of-author").statement()).doesNotContain("sorts");
        assertThat(report.plans())
                .filteredOn(plan -> plan.pattern().equals("home-feed"))
                .flatExtracting(plan -> plan.growth().stream().toList())
                .singleElement()
                .satisfies(growth -> assertThat(growth.cost()).isBetween(0.9, 1.5));
    }

    @Test
    void saysTheSameTwice() throws Exception {
        assertThat(prove(STRUCTURE, NEWEST.database(), UnaryOperator.identity()).results())
                .isEqualTo(prove(STRUCTURE, NEWEST.database(), UnaryOperator.identity())
                        .results());
    }

    @Test
    void failsWithoutAnIndex() throws Exception {
        ProofReport report =
                prove(STRUCTURE, NEWEST.database(), sql -> sql.replaceAll("CREATE INDEX idx_posts_author[^;]*;", ""));

        assertThat(of(report, "main").statement())
                .isEqualTo("index `idx_posts_author_created` of `posts` is missing in the database");
        assertThat(of(report, "main").at()).hasToString("Optional[src/main/schema/posts.yaml:15:7]");
        assertThat(report.results())
                .filteredOn(result -> result.verdict() == Verdict.FAILED)
                .extracting(ProofResult::subject)
                .containsExactly("main", "home-feed", "posts-of-author");
        assertThat(of(report, "posts-of-author").details())
                .singleElement()
                .asString()
                .startsWith(
                        "the analysis of the model expects an index to serve it: posts by idx_posts_author_created");
    }

    @Test
    void failsWithoutAColumn() throws Exception {
        ProofReport report = prove(
                STRUCTURE,
                NEWEST.database(),
                sql -> sql.replaceAll("(?m)^    bio +text,\n", "").replaceAll("COMMENT ON COLUMN users.bio[^;]*;", ""));

        assertThat(of(report, "main").statement()).isEqualTo("column `users.bio` is missing in the database");
        assertThat(of(report, "main").at()).hasToString("Optional[src/main/schema/users.yaml:11:7]");
        assertThat(of(report, "profile-page").statement())
                .matches("the database refuses it: column .*bio.* does not exist");
    }

    private static ProofResult of(ProofReport report, String subject) {
        return report.results().stream()
                .filter(result ->
                        result.subject().equals(subject) && !result.name().equals("applies-cleanly"))
                .findFirst()
                .orElseThrow();
    }

    private static void assertProven(ProofReport report) {
        assertThat(report.results())
                .extracting(ProofResult::name)
                .containsSubsequence(Proofs.all().stream()
                        // It keeps no plans to compare with
                        .filter(proof -> !(proof instanceof PlansGetNoWorse))
                        // No job keeps any of its copies, and no outbox
                        .filter(proof -> !(proof instanceof CopiesCatchUp || proof instanceof OutboxesLoseNothing))
                        // It needs a server that plans at the declared rows
                        .filter(proof -> !(proof instanceof PatternsRunOnRows))
                        .map(Proof::name)
                        .toList());
        assertThat(report.results())
                .allSatisfy(result ->
                        assertThat(result.verdict()).as(result.toString()).isEqualTo(Verdict.PROVEN));
    }

    private static ProofReport prove(Prover prover, RunningDatabase database, UnaryOperator<String> spoil)
            throws Exception {
        Model model = Models.readDirectory(Path.of("../it/social/src/main/schema"));
        Facts facts = new Facts(model);
        List<Artifact> artifacts = new RelationalGenerator(Templates.builtIn())
                .generate(facts)
                .map(artifact -> new Artifact(artifact.path(), spoil.apply(artifact.text())))
                .toList();
        return prover.prove(new ProofRequest(
                facts,
                model.relationalStore().orElseThrow(),
                artifacts,
                database,
                ProofSettings.standard(),
                Deadline.in(Duration.ofMinutes(5))));
    }
}
