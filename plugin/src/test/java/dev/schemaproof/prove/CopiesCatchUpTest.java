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

/** Copies that a job brings up to date are proven to be, and the proof misses each part of what does it. */
class CopiesCatchUpTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final Path EVERY_SHAPE = Path.of("src/test/cases/scheduled/model");

    private static final Model MODEL = Models.read("""
            schema: s
            entities:
              Room:
                attributes: {id: int, alarms: int}
                key: [id]
              Reading:
                attributes: {id: int, room_id: "int?", trusted: boolean}
                key: [id]
                references: {room: {entity: Room, onDelete: cascade}}
                indexes: {by_room: {on: [room_id]}}
            denormalizations:
              alarms:
                duplicates: {into: Room.alarms, from: {count: Reading, by: room, where: trusted}}
                sync: {by: job, every: 5m}
                staleness: {allowed: 5m, effect: a former number, repair: every night}
            """);

    /** Summaries and copies, over composite keys, optional references and two steps. */
    @Test
    void areProvenInEveryShape() throws Exception {
        var model = Models.readDirectory(EVERY_SHAPE);

        var results = proofOf(model, artifacts(model), new CopiesCatchUp()).results();

        assertThat(results)
                .allSatisfy(result ->
                        assertThat(result.verdict()).as(result.toString()).isEqualTo(Verdict.PROVEN));
        assertThat(results.subList(1, results.size()))
                .extracting(ProofResult::subject)
                .containsExactly("reading-count", "trusted-warmth", "last-note", "house-name", "motto");
        assertThat(results.get(1).statement())
                .isEqualTo("`Room.reading_count` is right after one run of its job,"
                        + " behind 1,000 statements from 4 connections (0 drift)");
    }

    /** The statements of the contracts of every shape, which do without the copy, against those that read it after a run. */
    @Test
    void giveTheAnswerThatTheirPatternsWouldGiveWithoutThem() throws Exception {
        var model = Models.readDirectory(EVERY_SHAPE);

        assertThat(proofOf(model, artifacts(model), new InsteadGivesTheSameAnswer())
                        .results())
                .filteredOn(result ->
                        result.statement().endsWith(" while the copy is right, and another when it is damaged"))
                .allSatisfy(result -> assertThat(result.verdict()).isEqualTo(Verdict.PROVEN))
                .hasSize(5);
    }

    /** What is broken, the pattern of it in the procedure, what stands there instead, and what the proof says. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    a batch is skipped        | WHERE \\(next_row.id\\) > \\(last.id\\) ORDER BY next_row.id LIMIT 1 | $0 OFFSET 7 | it is still wrong after a run of the procedure, while nobody wrote
                    the condition is ignored  | WHERE \\(trusted\\) AND (.*IN )             | WHERE $1            | it is still wrong after a run of the procedure, while nobody wrote
                    the value ignores it      | AND \\(trusted\\)\\) AS actual              | ) AS actual         | it is still wrong after a run of the procedure, while nobody wrote
                    it counts nothing         | changed := changed \\+ rows_changed;        | ``                  | the procedure says something else than how many rows it has changed
                    it writes what is right   | CONTINUE WHEN NOT wrong.schemaproof_wrong;  | UPDATE room SET alarms = alarms WHERE id = wrong.id; | a second run of the procedure changes rows again
                    it raises                 | RAISE NOTICE                                | RAISE EXCEPTION     | the procedure fails while others write
                    """)
    void areMissed(String part, String pattern, String instead, String flaw) throws Exception {
        var mutated = artifacts(MODEL).stream()
                .map(artifact -> {
                    if (!artifact.path().endsWith("triggers.sql")) {
                        return artifact;
                    }
                    var matcher = Pattern.compile(pattern).matcher(artifact.text());
                    assertThat(matcher.find()).as(artifact.text()).isTrue();
                    return new Artifact(artifact.path(), matcher.replaceAll(instead));
                })
                .toList();

        assertThat(proofOf(MODEL, mutated, new CopiesCatchUp()).results()).anySatisfy(result -> {
            assertThat(result.verdict()).as(result.toString()).isEqualTo(Verdict.FAILED);
            assertThat(result.statement()).isEqualTo("`Room.alarms` is not brought up to date: " + flaw);
        });
    }

    private static List<Artifact> artifacts(Model model) throws Exception {
        return new RelationalGenerator(Templates.builtIn())
                .generate(new Facts(model))
                .toList();
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
