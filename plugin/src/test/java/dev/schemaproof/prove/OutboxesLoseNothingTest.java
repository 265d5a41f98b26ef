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

/** Copies that outboxes keep are right, and whatever is broken in what was generated for them is noticed. */
class OutboxesLoseNothingTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final Path EVERY_SHAPE = Path.of("src/test/cases/noted/model");

    /** Nothing here depends on how fast this machine is. */
    private static final String LONG = "allowed: 1d";

    private static final Model MODEL = Models.read("""
            schema: s
            entities:
              Room:
                attributes: {id: int, alarms: {type: int, default: 0}}
                key: [id]
              Reading:
                attributes: {id: int, room_id: "int?", trusted: boolean}
                key: [id]
                references: {room: {entity: Room, onDelete: cascade, onUpdate: cascade}}
                indexes: {by_room: {on: [room_id]}}
            denormalizations:
              alarms:
                duplicates: {into: Room.alarms, from: {count: Reading, by: room, where: trusted}}
                sync: {by: outbox}
                staleness: {allowed: 1d, effect: a former number, repair: every night}
            """);

    /** Summaries of every kind and copies, over composite keys, optional references, within one table and over two steps. */
    @Test
    void areProvenInEveryShape() throws Exception {
        var model = Models.readDirectory(EVERY_SHAPE, text -> text.replaceAll("allowed: \\w+", LONG));

        var results =
                proofOf(model, artifacts(model), new OutboxesLoseNothing()).results();

        assertThat(results)
                .allSatisfy(result ->
                        assertThat(result.verdict()).as(result.toString()).isEqualTo(Verdict.PROVEN));
        assertThat(results.subList(1, results.size()))
                .extracting(ProofResult::subject)
                .containsExactly(
                        "item-count",
                        "gift-total",
                        "has-gift",
                        "dearest",
                        "last-note",
                        "part-count",
                        "shop-name",
                        "motto");
        assertThat(results.get(1).statement())
                .isEqualTo("`Basket.item_count` is right when its outbox is empty,"
                        + " behind 480 statements from 4 connections beside one consumer and beside two (0 drift)");
    }

    /** The statements of the contracts of every shape, which do without the copy, against those that read it after a call. */
    @Test
    void giveTheAnswerThatTheirPatternsWouldGiveWithoutThem() throws Exception {
        var model = Models.readDirectory(EVERY_SHAPE);

        assertThat(proofOf(model, artifacts(model), new InsteadGivesTheSameAnswer())
                        .results())
                .filteredOn(result ->
                        result.statement().endsWith(" while the copy is right, and another when it is damaged"))
                .allSatisfy(result -> assertThat(result.verdict()).isEqualTo(Verdict.PROVEN))
                .hasSize(8);
    }

    /** What a consumer needs longer for than is allowed, is not proven. */
    @Test
    void areNotProvenWhereTheyAreStaleForTooLong() throws Exception {
        var model = Models.readDirectory(
                EVERY_SHAPE,
                text -> text.replaceAll("allowed: \\w+", LONG)
                        .replaceFirst(
                                "sync: \\{by: outbox}\\n    staleness: \\{" + LONG,
                                "sync: {by: outbox}\n    staleness: {allowed: 1 ms"));

        assertThat(proofOf(model, artifacts(model), new OutboxesLoseNothing())
                        .results()
                        .get(1))
                .satisfies(result -> {
                    assertThat(result.verdict()).isEqualTo(Verdict.NOT_PROVEN);
                    assertThat(result.statement())
                            .isEqualTo("`Basket.item_count` was out of date for longer than the allowed 1ms,"
                                    + " though its consumer never paused");
                });
    }

    /** What is broken, the pattern of it in the script, what stands there instead, and what the proof says. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    the notes go before the value is read | (DELETE FROM schemaproof_outbox_alarms WHERE schemaproof_id = ANY \\(wrong.schemaproof_ids\\);)(?=(?s:.*schemaproof_waiting\\)\\n)) | $1 COMMIT; PERFORM set_config('schemaproof.repair', 'on', true); | nothing waits any more, but it is wrong after a consumer had died in the middle, and another had come
                    the notes of a row go, whichever      | DELETE FROM schemaproof_outbox_alarms WHERE schemaproof_id = ANY \\(wrong.schemaproof_ids\\);(?s:(.*?rows_changed = ROW_COUNT;)) | $1 DELETE FROM schemaproof_outbox_alarms AS noted WHERE noted.id = wrong.id; | nothing waits any more, but it is wrong after others had written where a consumer had read and not committed
                    the value is read before the lock     | PERFORM 1 FROM room AS parent WHERE parent.id = wrong.id FOR NO KEY UPDATE( SKIP LOCKED)?; | SELECT (SELECT count(*) FROM reading WHERE reading.room_id = wrong.id AND (trusted)) AS actual INTO counted; $0 | the consumer writes what a row came to before it had locked it, not what it comes to
                    the former row of an update is left   | \\(SELECT reading.room_id AS id FROM old_rows[^;]*?UNION ALL | `` | nothing waits any more, but it is wrong after a single statement
                    the later row of an update is left    | UNION ALL[^;]*?(?=\\s*\\) AS changed) | `` | nothing waits any more, but it is wrong after a single statement
                    rows that go are left                 | IF TG_OP = 'DELETE' | IF false | nothing waits any more, but it is wrong after a single statement
                    rows that come are left               | IF TG_OP = 'INSERT' | IF false | nothing waits any more, but it is wrong after a first call of the consumer
                    TRUNCATE is left                      | INSERT INTO schemaproof_outbox_alarms DEFAULT VALUES; | `` | nothing waits any more, but it is wrong after TRUNCATE of `reading`
                    the condition is ignored              | AND \\(trusted\\)\\) AS actual | ) AS actual | nothing waits any more, but it is wrong after a first call of the consumer
                    notes stay                            | DELETE FROM schemaproof_outbox_alarms WHERE | PERFORM 1 FROM schemaproof_outbox_alarms WHERE | notes still wait after a first call of the consumer
                    direct writes are taken               | schemaproof_guard_update_alarms AFTER UPDATE | schemaproof_guard_update_alarms AFTER UPDATE OF id | an UPDATE of the copy itself is accepted and leaves it wrong
                    it raises                             | RAISE NOTICE | RAISE EXCEPTION | the consumer fails
                    the clock stands still                | count\\(\\*\\) AS waiting | 1::bigint AS waiting | the clock shows notes after a first call of the consumer, though none waits
                    """)
    void areMissed(String part, String pattern, String instead, String flaw) throws Exception {
        var mutated = artifacts(MODEL).stream()
                .map(artifact -> {
                    if (!artifact.path().endsWith("triggers.sql")) {
                        return artifact;
                    }
                    var matcher = Pattern.compile(pattern).matcher(artifact.text());
                    assertThat(matcher.find()).as(artifact.text()).isTrue();
                    var text = matcher.replaceAll(instead);
                    // A value that was read before is not read again
                    return new Artifact(
                            artifact.path(),
                            part.startsWith("the value is read")
                                    ? text.replaceAll(
                                            "SELECT \\(SELECT count\\(\\*\\) FROM reading [^;]*;(?=\\s*UPDATE)", "")
                                    : text);
                })
                .toList();

        assertThat(proofOf(MODEL, mutated, new OutboxesLoseNothing()).results()).anySatisfy(result -> {
            assertThat(result.verdict()).as(result.toString()).isEqualTo(Verdict.FAILED);
            assertThat(result.statement()).isEqualTo("`Room.alarms` is not kept by its outbox: " + flaw);
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
                        new ProofSettings(3, 4, 60, 40),
                        Deadline.in(Duration.ofMinutes(2))));
    }
}
