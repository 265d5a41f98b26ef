package dev.schemaproof.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.generate.Artifact;
import dev.schemaproof.generate.relational.RelationalGenerator;
import dev.schemaproof.model.Model;
import dev.schemaproof.template.Templates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Copies that follow a row are proven to, and the proof misses each part of what lets them. */
class FollowedCopiesTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final Model MODEL = Models.read("""
            schema: s
            entities:
              Author:
                table: authors
                attributes: {id: int, name: string(20), rank: int}
                key: [id]
              Post:
                table: posts
                attributes:
                  id: int
                  author_id: int?
                  author_name: {type: string(20), optional: true}
                  title: string(20)
                key: [id]
                references: {author: {entity: Author, onDelete: cascade, onUpdate: cascade}}
                indexes: {by_author: {on: [author_id]}}
              Vote:
                table: votes
                attributes: {id: int, voter_id: int, voter_rank: int}
                key: [id]
                references: {voter: {entity: Author, onDelete: cascade}}
                indexes: {by_voter: {on: [voter_id]}}
            denormalizations:
              author-name:
                duplicates: {into: Post.author_name, from: {copy: author.name}}
                sync: {by: trigger}
                staleness: {allowed: none, effect: a former name, repair: every night}
              voter-rank:
                duplicates: {into: Vote.voter_rank, from: {copy: voter.rank}}
                sync: {by: trigger}
                staleness: {allowed: none, effect: a former rank, repair: every night}
            """);

    @Test
    void areProven() throws Exception {
        var report = proofOf(MODEL, artifacts(MODEL));

        assertThat(report.results())
                .allSatisfy(result ->
                        assertThat(result.verdict()).as(result.toString()).isEqualTo(Verdict.PROVEN));
        assertThat(report.results())
                .extracting(ProofResult::statement)
                .contains("`Post.author_name` is exact after 1,000 statements from 4 connections (0 drift)");
        assertThat(report.results().get(1).figures())
                .filteredOn(figure -> figure.name().equals("statements that changed rows"))
                .singleElement()
                .satisfies(figure -> assertThat(Integer.parseInt(figure.value().replace(",", "")))
                        .isGreaterThan(250));
    }

    /** Over composite, circular and deferrable references, in partitions, and under names that hide others. */
    @Test
    void areProvenInEveryShape() throws Exception {
        var model = Models.readDirectory(Path.of("src/test/cases/followed/model"));

        assertThat(proofOf(model, artifacts(model)).results())
                .allSatisfy(result ->
                        assertThat(result.verdict()).as(result.toString()).isEqualTo(Verdict.PROVEN))
                .hasSize(9);
    }

    /** The statements of the contracts of every shape, which read the source instead of the copy. */
    @Test
    void areReadInsteadOfTheirSources() throws Exception {
        var model = Models.readDirectory(Path.of("src/test/cases/followed/model"));

        assertThat(proofOf(model, artifacts(model), new InsteadGivesTheSameAnswer())
                        .results())
                .filteredOn(result ->
                        result.statement().endsWith(" while the copy is right, and another when it is damaged"))
                .allSatisfy(result -> assertThat(result.verdict()).isEqualTo(Verdict.PROVEN))
                .hasSize(8);
    }

    /** What is taken away, in which script, the pattern of it, and what stands there instead. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    the foreign key of the copy          | schema.sql   | (?m),\\n    -- copy of `author.name`.*\\n.*posts_author_fkey_author_name.*$ |
                    what happens to it on a change       | schema.sql   | (posts_author_fkey_author_name.*) ON UPDATE CASCADE | $1
                    the trigger for INSERT               | triggers.sql | CREATE OR REPLACE TRIGGER zzzz_schemaproof_follow_insert BEFORE INSERT ON posts[^;]+; |
                    the trigger for UPDATE               | triggers.sql | CREATE OR REPLACE TRIGGER zzzz_schemaproof_follow_update BEFORE UPDATE ON posts[^;]+; |
                    the lock of the source               | triggers.sql | FOR KEY SHARE |
                    """)
    void areMissed(String part, String script, String pattern, String instead) throws Exception {
        var mutated = artifacts(MODEL).stream()
                .map(artifact -> {
                    if (!artifact.path().endsWith(script)) {
                        return artifact;
                    }
                    var matcher = Pattern.compile(pattern).matcher(artifact.text());
                    assertThat(matcher.find()).as(artifact.text()).isTrue();
                    return new Artifact(artifact.path(), matcher.replaceAll(instead == null ? "" : instead));
                })
                // It would make what is missing
                .map(artifact -> new Artifact(
                        artifact.path(),
                        script.equals("schema.sql")
                                ? artifact.text().replaceAll("ALTER TABLE posts ADD CONSTRAINT [^;]+;", "")
                                : artifact.text()))
                .toList();

        assertThat(proofOf(MODEL, mutated).results()).anySatisfy(result -> {
            assertThat(result.verdict()).as(result.toString()).isEqualTo(Verdict.FAILED);
            assertThat(result.statement()).startsWith("`Post.author_name` is not exact: ");
        });
    }

    private static List<Artifact> artifacts(Model model) throws Exception {
        return new RelationalGenerator(Templates.builtIn())
                .generate(new Facts(model))
                .toList();
    }

    private static ProofReport proofOf(Model model, List<Artifact> artifacts) throws Exception {
        return proofOf(model, artifacts, new CopiesStayExact());
    }

    private static ProofReport proofOf(Model model, List<Artifact> artifacts, Proof proof) throws Exception {
        return new Prover(List.of(new AppliesCleanly(), proof))
                .prove(new ProofRequest(
                        new Facts(model),
                        model.relationalStore().orElseThrow(),
                        artifacts,
                        SERVER.database(),
                        new ProofSettings(3, 4, 250, 40),
                        Deadline.in(Duration.ofMinutes(2))));
    }
}
