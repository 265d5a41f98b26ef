package dev.schemaproof.prove.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.generate.Artifact;
import dev.schemaproof.generate.keyvalue.KeyValueGenerator;
import dev.schemaproof.prove.Deadline;
import dev.schemaproof.prove.ProofResult;
import dev.schemaproof.prove.Verdict;
import dev.schemaproof.prove.dynamodb.TableEvaluator;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Partitions that are spread over shards answer as whole ones do, by what {@code access-patterns.json} says and by nothing less. */
class ShardProofTest {

    static final String MODEL = """
            schema: fleet
            types: {state: {enum: [idle, busy]}}
            stores:
              edge:
                engine: dynamodb
                tables:
                  fleet:
                    partitionKey: PK
                    sortKey: SK
                    indexes:
                      by-state: {partitionKey: GSI1PK, sortKey: GSI1SK}
                      by-level: {partitionKey: GSI2PK, sortKey: {name: GSI2SK, type: number}, project: [id, note]}
                      by-note: {local: true, sortKey: LSI1SK}
                    items:
                      Reading:
                        key: {PK: "DEVICE#{device}", SK: "R#{at}#{id}", shards: 4}
                        by-state: {GSI1PK: "STATE#{state}", GSI1SK: "{at}", shards: {count: 3, by: id}}
                        by-level: {GSI2PK: "LEVELS", GSI2SK: "{level}", shards: 5}
                        by-note: {LSI1SK: "{note}"}
            entities:
              Reading:
                attributes: {id: uuid, device: int, at: timestamptz, level: int, state: state, note: text}
                key: [id]
            accessPatterns:
              latest: {entity: Reading, find: many, where: [device = :device], orderBy: [at desc], select: [id], limit: 4}
              since: {entity: Reading, find: many, where: [device = :device, "at >= :since"], orderBy: [at]}
              reading: {entity: Reading, find: one, where: [device = :device, at = :at, id = :id], consistent: true}
              any: {entity: Reading, find: many, where: [device = :device], select: [id], limit: 5}
              number: {entity: Reading, find: count, where: [device = :device]}
              low: {entity: Reading, find: many, where: [device = :device, "level < :most"], orderBy: [at desc], select: [id], limit: 2}
              by-note: {entity: Reading, find: many, where: [device = :device, "note starts with :start"], orderBy: [note], consistent: true}
              in-state: {entity: Reading, find: many, where: [state = :state], orderBy: [at desc], limit: 7}
              last: {entity: Reading, find: one, where: [state = :state], orderBy: [at desc], select: [id]}
              highest: {entity: Reading, find: many, orderBy: [level desc], select: [id, note], limit: 6}
              one: {entity: Reading, find: one, where: [state = :state, id = :id]}
              record: {entity: Reading, write: insert}
              change: {entity: Reading, write: update, where: [device = :device, at = :at, id = :id], set: [state, level]}
              drop: {entity: Reading, write: delete, where: [device = :device, at = :at, id = :id]}
            """;

    private static List<ProofResult> prove(UnaryOperator<String> edit) {
        var facts = new Facts(Models.read(MODEL));
        var artifacts = new KeyValueGenerator()
                .generate(facts)
                .map(artifact -> artifact.path().endsWith("access-patterns.json")
                        ? new Artifact(artifact.path(), edit.apply(artifact.text()))
                        : artifact)
                .toList();
        return new KeyValueProver(
                        facts.model(),
                        facts.keyValue().stores().get(0),
                        artifacts,
                        new TableEvaluator(),
                        new KeyValueProver.Settings(40, 24, 12, 5),
                        Deadline.in(Duration.ofMinutes(2)))
                .prove()
                .results();
    }

    @Test
    void everyShardIsAskedAndTheAnswersAreOne() {
        var results = prove(text -> text);

        assertThat(results)
                .hasSize(15)
                .allSatisfy(result -> assertThat(result.verdict())
                        .as(result.subject() + ": " + result.statement() + result.details())
                        .isEqualTo(Verdict.PROVEN));
        assertThat(results)
                .filteredOn(result -> result.subject().equals("latest"))
                .singleElement()
                .satisfies(result -> assertThat(result.statement())
                        .startsWith("its 4 queries, one a shard, return together what the rows say"));
        assertThat(results)
                .filteredOn(result -> List.of("reading", "one").contains(result.subject()))
                .allSatisfy(result -> assertThat(result.statement()).doesNotContain("shard"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // a shard that nobody asks
                "\"to\" : 3 | \"to\" : 2 | since",
                "\"from\" : 0 | \"from\" : 1 | number",
                // answers one behind the other where an order is asked for
                "\"answers\" : \"merge\" | \"answers\" : \"append\" | since",
                "\"ascending\" : false | \"ascending\" : true | highest",
                "\"by\" : \"GSI1SK\" | \"by\" : \"PK\" | in-state",
                // a limit of each shard is none of all of them
                "\"limit\" : 7 | \"cut\" : 7 | in-state",
                // an item in another shard than its key says
                "${id:shard(4)} | 0 | reading",
                "${id:shard(4)} | 1 | record",
                "${id:shard(3)} | 2 | change",
            })
    void aWrongWordAboutShardsIsFound(String right, String wrong, String pattern) {
        var results = prove(text -> {
            assertThat(text).contains(right);
            return text.replace(right, wrong);
        });

        assertThat(results)
                .filteredOn(result -> result.subject().equals(pattern))
                .singleElement()
                .satisfies(result -> assertThat(result.verdict()).isEqualTo(Verdict.FAILED));
    }
}
