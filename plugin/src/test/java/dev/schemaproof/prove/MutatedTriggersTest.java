package dev.schemaproof.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.generate.Artifact;
import dev.schemaproof.generate.relational.RelationalGenerator;
import dev.schemaproof.model.Contract.Mode;
import dev.schemaproof.model.Model;
import dev.schemaproof.template.Templates;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A part of what is generated is taken away, and the proof says so: nothing in it is there for no reason. */
class MutatedTriggersTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final String MODEL = """
            schema: s
            entities:
              Room:
                attributes:
                  id: int
                  warmest: {type: "decimal(4,1)", optional: true}
                  last_note: {type: string(20), optional: true}
                  weight: {type: "decimal(9,1)", default: 0}
                  alarmed: {type: boolean, default: false}
                key: [id]
              Reading:
                attributes:
                  id: int
                  room_id: int?
                  warmth: {type: "decimal(4,1)", optional: true}
                  seen: {type: int, optional: true}
                  note: {type: string(20), optional: true}
                  trusted: boolean
                key: [id]
                references: {room: {entity: Room, onDelete: cascade, onUpdate: cascade}}
                indexes: {by_room: {on: [room_id, warmth]}}
            denormalizations:
              warmest:
                duplicates: {into: Room.warmest, from: {max: Reading.warmth, by: room}}
                sync: {by: trigger}
                staleness: {allowed: none, effect: wrong heating, repair: every night}
              note:
                duplicates: {into: Room.last_note, from: {latest: Reading.note, by: room, orderBy: seen}}
                sync: {by: trigger}
                staleness: {allowed: none, effect: wrong note, repair: every night}
              weight:
                duplicates: {into: Room.weight, from: {sum: Reading.warmth, by: room}}
                sync: {by: trigger}
                staleness: {allowed: none, effect: wrong weight, repair: every night}
              alarmed:
                duplicates: {into: Room.alarmed, from: {exists: Reading, by: room, where: trusted}}
                sync: {by: trigger}
                staleness: {allowed: none, effect: no alarm, repair: every night}
            """;

    private static final Map<Mode, Model> MODELS = Map.of(
            Mode.DEFERRED, Models.read(MODEL),
            Mode.IMMEDIATE, Models.read(MODEL.replace("by: trigger", "by: trigger, mode: immediate")));

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"DEFERRED", "IMMEDIATE"})
    void holdsAsItIs(Mode mode) throws Exception {
        assertThat(proofOf(mode, artifacts(mode)).results())
                .allSatisfy(result ->
                        assertThat(result.verdict()).as(result.toString()).isEqualTo(Verdict.PROVEN))
                .hasSize(5);
    }

    /** A pattern, and what stands there instead of its first or of all occurrences. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    the lock before what is there is read       | all   | PERFORM 1 FROM room AS parent WHERE parent.id = change.id FOR NO KEY UPDATE; |
                    the trigger for UPDATE                      | first | CREATE OR REPLACE TRIGGER schemaproof_sync_update [^;]+; |
                    the trigger for DELETE                      | first | CREATE OR REPLACE TRIGGER schemaproof_sync_delete [^;]+; |
                    the trigger for TRUNCATE                    | first | CREATE OR REPLACE TRIGGER schemaproof_sync_truncate [^;]+; |
                    the value among what has changed            | all   | , reading\\.warmth( AS schemaproof_0)?(?=\\s+FROM) |, 1$1
                    the order among what has changed            | all   | , reading\\.seen( AS schemaproof_1)?(?=, reading) |, 1$1
                    rows that are gone after an UPDATE          | all   | FROM old_rows AS reading\\s+EXCEPT ALL |FROM old_rows AS reading WHERE false EXCEPT ALL
                    the condition                               | all   | reading.room_id = change.id AND \\(trusted\\) |reading.room_id = change.id
                    rows without an order come last             | all   | reading.seen DESC NULLS LAST, reading.id DESC LIMIT 1 |reading.seen DESC, reading.id DESC LIMIT 1
                    the key among rows of one order             | all   | reading.seen DESC NULLS LAST, reading.id DESC LIMIT 1 |reading.seen DESC NULLS LAST LIMIT 1
                    the sign of what is taken away              | all   | -coalesce\\(reading.warmth, 0\\) |coalesce(reading.warmth, 0)
                    the start under another key                 | first | CREATE OR REPLACE TRIGGER schemaproof_arrive [^;]+; |
                    what refuses direct writes                  | all   | RAISE check_violation(?s:.+?)CONSTRAINT = TG_NAME; |RETURN NULL;
                    """)
    void isMissed(String part, String how, String pattern, String instead) throws Exception {
        for (var mode : MODELS.keySet()) {
            isMissed(mode, how, pattern, instead);
        }
    }

    /** What only deferred copies have. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    what runs at commit                         | all   | CREATE CONSTRAINT TRIGGER schemaproof_flush [^;]+; |
                    what asks for another run                   | all   | DELETE FROM schemaproof_flush WHERE xid = pg_current_xact_id\\(\\); |
                    the note of an INSERT, DELETE or UPDATE     | all   | waiting := waiting OR FOUND; |
                    what a row leaves to its former key         | first | CREATE OR REPLACE TRIGGER schemaproof_leave_for_good [^;]+; |
                    the notes of what TRUNCATE takes            | all   | UPDATE schemaproof_pending_room SET [^;]+; |
                    """)
    void isMissedAtCommit(String part, String how, String pattern, String instead) throws Exception {
        isMissed(Mode.DEFERRED, how, pattern, instead);
    }

    private static void isMissed(Mode mode, String how, String pattern, String instead) throws Exception {
        var replacement = instead == null ? "" : instead;
        var mutated = artifacts(mode).stream()
                .map(artifact -> {
                    if (!artifact.path().endsWith("triggers.sql")) {
                        return artifact;
                    }
                    var matcher = Pattern.compile(pattern).matcher(artifact.text());
                    assertThat(matcher.find()).as(artifact.text()).isTrue();
                    var text = how.equals("all") ? matcher.replaceAll(replacement) : matcher.replaceFirst(replacement);
                    return new Artifact(artifact.path(), text);
                })
                .toList();

        assertThat(proofOf(mode, mutated).results())
                .as(mode.word())
                .anySatisfy(result -> assertThat(result.verdict()).isEqualTo(Verdict.FAILED));
    }

    private static List<Artifact> artifacts(Mode mode) throws Exception {
        return new RelationalGenerator(Templates.builtIn())
                .generate(new Facts(model(mode)))
                .toList();
    }

    private static Model model(Mode mode) {
        return Objects.requireNonNull(MODELS.get(mode));
    }

    private static ProofReport proofOf(Mode mode, List<Artifact> artifacts) throws Exception {
        return new Prover(List.of(new AppliesCleanly(), new CopiesStayExact()))
                .prove(new ProofRequest(
                        new Facts(model(mode)),
                        model(mode).relationalStore().orElseThrow(),
                        artifacts,
                        SERVER.database(),
                        new ProofSettings(3, 4, 250, 40),
                        Deadline.in(Duration.ofMinutes(2))));
    }
}
