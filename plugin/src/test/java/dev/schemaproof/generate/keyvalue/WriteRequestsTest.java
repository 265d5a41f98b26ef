package dev.schemaproof.generate.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.keyvalue.Resolution.Omission;
import dev.schemaproof.analysis.keyvalue.Resolution.Served;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Writes whose conditions the key doesn't decide. */
class WriteRequestsTest {

    private static Served served(String pattern) {
        var resolution = new Facts(Models.read("""
                        schema: log
                        stores:
                          edge:
                            engine: dynamodb
                            tables:
                              entries:
                                partitionKey: PK
                                sortKey: SK
                                items:
                                  Entry: {key: {PK: "DAY#{made:yyyy-MM-dd}", SK: "{id}"}}
                        entities:
                          Entry:
                            attributes: {id: uuid, made: timestamptz, level: int null, note: text null}
                            key: [id]
                        accessPatterns:
                          p: {entity: Entry, PATTERN}
                        """.replace("PATTERN", pattern)))
                .keyValue()
                .stores()
                .get(0)
                .resolutions()
                .get(0);
        return (Served) resolution;
    }

    @Test
    void askForWhatAFormatLeavesOut() {
        var update = served("write: update, where: [id = :id, made = :made], set: [note]");
        assertThat(new RequestBody(update.request()).body())
                .containsEntry("ConditionExpression", "attribute_exists(PK) AND made = :v1");
        var delete = served("write: delete, where: [id = :id, made = :made]");
        assertThat(new RequestBody(delete.request()).body()).containsEntry("ConditionExpression", "made = :v0");
    }

    @Test
    void leaveOutTheNewValueWhereTheOldOneIsComparedWithAParameterOfItsName() {
        assertThat(served("write: update, where: [id = :id, made = :made, \"level > :level\"], set: [level, note]")
                        .omissions())
                .containsExactly(new Omission("new_level", List.of("level")), new Omission("note", List.of("note")));
    }
}
