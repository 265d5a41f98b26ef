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
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A part of what lays changes aside and folds them is taken away, and the proof says so: nothing in it is there for no reason. */
class MutatedFoldsTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    /** With one slot, so that all writers share it. */
    private static final String MODEL = """
            schema: s
            entities:
              Room:
                attributes:
                  id: int
                  readings: {type: int, default: 0}
                  weight: {type: "decimal(9,1)", default: 0}
                key: [id]
                checks: {never_less_than_none: readings >= 0}
              Reading:
                attributes:
                  id: int
                  room_id: int?
                  warmth: {type: "decimal(4,1)", optional: true}
                  trusted: boolean
                key: [id]
                references: {room: {entity: Room, onDelete: cascade, onUpdate: cascade}}
                indexes: {by_room: {on: [room_id]}}
            denormalizations:
              readings:
                duplicates: {into: Room.readings, from: {count: Reading, by: room, where: trusted}}
                sync: {by: trigger, mode: %1$s, every: 1s}
                staleness: {allowed: %2$s, effect: a former number, repair: every night}
              weight:
                duplicates: {into: Room.weight, from: {sum: Reading.warmth, by: room}}
                sync: {by: trigger, mode: %1$s, every: 1s}
                staleness: {allowed: %2$s, effect: a former weight, repair: every night}
            """;

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"SLOTTED", "LEDGER"})
    void holdsAsItIs(Mode mode) throws Exception {
        var results = proofOf(model(mode, "1m"), artifacts(model(mode, "1m"))).results();

        assertThat(results)
                .allSatisfy(result ->
                        assertThat(result.verdict()).as(result.toString()).isEqualTo(Verdict.PROVEN))
                .hasSize(6);
        assertThat(results.get(2).statement())
                .startsWith("`Room.readings` with what is laid aside for it is exact after 480 statements");
        assertThat(results.get(4).statement()).startsWith("`Room.readings` is right after one run of its fold");
    }

    /** No run takes no time at all. */
    @Test
    void failsWhereARunTakesTooLong() throws Exception {
        var model = model(Mode.LEDGER, "1s");

        assertThat(proofOf(model, artifacts(model)).results())
                .filteredOn(result -> result.verdict() == Verdict.FAILED)
                .extracting(ProofResult::statement)
                .hasSize(2)
                .contains(
                        "`Room.readings` is not brought up to date: it gets staler than allowed, by the interval of its fold"
                                + " and the time that a run takes");
    }

    /** A pattern, and what stands there instead of all occurrences. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    the trigger for UPDATE                  | CREATE OR REPLACE TRIGGER schemaproof_sync_update [^;]+; |
                    the trigger for DELETE                  | CREATE OR REPLACE TRIGGER schemaproof_sync_delete [^;]+; |
                    the trigger for TRUNCATE                | CREATE OR REPLACE TRIGGER schemaproof_sync_truncate [^;]+; |
                    the sign of what is taken away          | -coalesce\\(reading.warmth, 0\\) |coalesce(reading.warmth, 0)
                    rows before an UPDATE                   | FROM old_rows AS reading\\s+UNION ALL |FROM old_rows AS reading WHERE false UNION ALL
                    the condition                           | FROM new_rows AS reading WHERE \\(trusted\\) |FROM new_rows AS reading
                    the start under another key             | CREATE OR REPLACE TRIGGER schemaproof_arrive [^;]+; |
                    what a row leaves to its former key     | CREATE OR REPLACE TRIGGER schemaproof_leave AFTER [^;]+; |
                    what a row leaves when it is deleted    | CREATE OR REPLACE TRIGGER schemaproof_leave_for_good [^;]+; |
                    what refuses direct writes              | RAISE check_violation(?s:.+?)CONSTRAINT = TG_NAME; |RETURN NULL;
                    the lock of a fold                      | FOR NO KEY UPDATE( SKIP LOCKED)? |
                    the wait for a lock                     | PERFORM 1 FROM room AS parent WHERE parent.id = next.id FOR NO KEY UPDATE; |
                    what a fold takes away                  | AS schemaproof_left_[01](?=[, \\n]) |* 0 $0
                    what a fold adds                        | parent.readings \\+ folded.readings |parent.readings
                    """)
    void isMissed(String part, String pattern, String instead) throws Exception {
        isMissed(Mode.LEDGER, pattern, instead == null ? "" : instead);
    }

    /** What only slots have. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    what adds to a slot that is there       | DO UPDATE SET readings = slot.readings \\+ EXCLUDED.readings, |DO UPDATE SET
                    what looks for a slot that is there     | ON CONFLICT \\(id, schemaproof_slot\\)\\s+DO UPDATE SET [^;]+; |;
                    what passes over a slot that is locked  | WHERE free.id = next.id FOR UPDATE SKIP LOCKED |WHERE false
                    """)
    void isMissedInSlots(String part, String pattern, String instead) throws Exception {
        isMissed(Mode.SLOTTED, pattern, instead == null ? "" : instead);
    }

    private static void isMissed(Mode mode, String pattern, String instead) throws Exception {
        var model = model(mode, "1m");
        var mutated = artifacts(model).stream()
                .map(artifact -> {
                    if (!artifact.path().endsWith("triggers.sql")) {
                        return artifact;
                    }
                    var matcher = Pattern.compile(pattern).matcher(artifact.text());
                    assertThat(matcher.find()).as(artifact.text()).isTrue();
                    return new Artifact(artifact.path(), matcher.replaceAll(instead));
                })
                .toList();

        assertThat(proofOf(model, mutated).results())
                .as(mode.word())
                .anySatisfy(result -> assertThat(result.verdict()).isEqualTo(Verdict.FAILED));
    }

    private static List<Artifact> artifacts(Model model) throws Exception {
        return new RelationalGenerator(Templates.builtIn())
                .generate(new Facts(model))
                .toList();
    }

    private static Model model(Mode mode, String allowed) {
        return Models.read(MODEL.formatted(mode.word() + (mode == Mode.SLOTTED ? ", slots: 1" : ""), allowed));
    }

    private static ProofReport proofOf(Model model, List<Artifact> artifacts) {
        return new Prover(
                        List.of(new AppliesCleanly(), new CatalogMatches(), new CopiesStayExact(), new CopiesCatchUp()))
                .prove(new ProofRequest(
                        new Facts(model),
                        model.relationalStore().orElseThrow(),
                        artifacts,
                        SERVER.database(),
                        new ProofSettings(3, 4, 120, 20),
                        Deadline.in(Duration.ofMinutes(2))));
    }
}
