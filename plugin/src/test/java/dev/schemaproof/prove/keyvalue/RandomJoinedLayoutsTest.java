package dev.schemaproof.prove.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.keyvalue.KeyValueAnalysis.StoreFacts;
import dev.schemaproof.analysis.keyvalue.Resolution.Served;
import dev.schemaproof.generate.keyvalue.KeyValueGenerator;
import dev.schemaproof.prove.Deadline;
import dev.schemaproof.prove.Verdict;
import dev.schemaproof.prove.dynamodb.TableEvaluator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * No read of several entities in a random layout is judged served whose request gives a wrong answer: a parent, two children and a stranger
 * lie in one table, under words that begin like each other. The property {@code schemaproof.joined} says how many layouts are tried,
 * {@code schemaproof.joined.seed} where they begin; a flaw names its seed.
 */
class RandomJoinedLayoutsTest {

    private static final int LAYOUTS = Integer.getInteger("schemaproof.joined", 250);
    private static final long SEED = Long.getLong("schemaproof.joined.seed", 1L);

    private static final KeyValueProver.Settings SETTINGS = new KeyValueProver.Settings(32, 24, 1, 5);

    private static final List<String> TYPES = List.of("text", "word", "word", "word", "few", "few", "uuid", "smallint");
    private static final List<String> PARTITIONS =
            List.of("H#{hive}", "H#{hive}", "{hive}", "B#{id}", "{hive}#{id}", "H#{hive}#{id}", "H#{hive}#B#{id}");
    private static final List<String> PARENTS =
            List.of("ME", "ME", "B#{id}", "B#{id}", "B#{id}", "{id}", "O", "B#{id}#", "B{id}#ME", "ZZ#{id}");
    private static final List<String> CHILDREN = List.of(
            "O#{n}#{id}",
            "OX#{n}#{id}",
            "OX{n}#{id}",
            "Z#{id}#{n}",
            "{id}#{n}",
            "A#{n}#{id}",
            "B#{id}#C#{n}",
            "B#{id}#C#{n}",
            "B#{id}#CX#{n}",
            "B#{id}#D#{n}",
            "B#{id}C{n}",
            "B#{id}-{n}",
            "B{id}#O#{n}",
            "O#{n}");

    @Test
    void noRequestForSeveralEntitiesGivesAWrongAnswer() {
        var flaws = new ArrayList<String>();
        var served = 0;
        var proven = 0;
        for (var seed = SEED; seed < SEED + LAYOUTS; seed++) {
            var facts = new Facts(Models.read(yaml(seed)));
            var store = facts.keyValue().stores().get(0);
            if (!store.problems().isEmpty() || !store.collisions().isEmpty()) {
                continue;
            }
            var joined = store.resolutions().stream()
                    .filter(resolution -> resolution instanceof Served found
                            && !found.shares().isEmpty())
                    .toList();
            if (joined.isEmpty()) {
                continue;
            }
            served += joined.size();
            var results = new KeyValueProver(
                            facts.model(),
                            new StoreFacts(store.store(), store.tables(), List.of(), List.of(), joined),
                            new KeyValueGenerator().generate(facts).toList(),
                            new TableEvaluator(),
                            SETTINGS,
                            Deadline.in(Duration.ofMinutes(1)))
                    .prove()
                    .results();
            for (var result : results) {
                proven += result.verdict() == Verdict.PROVEN && result.name().equals(KeyValueProver.READS) ? 1 : 0;
                if (result.verdict() == Verdict.FAILED) {
                    flaws.add("seed " + seed + ": " + result.name() + " " + result.subject() + ": " + result.statement()
                            + " " + result.details());
                }
            }
        }
        assertThat(flaws).isEmpty();
        assertThat(served).as("reads that are served").isGreaterThan(LAYOUTS / 10);
        assertThat(proven).as("reads that are proven").isGreaterThan(LAYOUTS / 10);
    }

    private static String yaml(long seed) {
        var random = new SplittableRandom(seed);
        var hive = one(random, TYPES);
        var id = one(random, TYPES);
        var lines = new ArrayList<String>();
        lines.add("schema: zoo");
        lines.add("types: {few: {enum: [a, ab, b]}, word: {domain: text, check: \"value ~ '^[a-z0-9]+$'\"}}");
        lines.add("stores:");
        lines.add("  edge:");
        lines.add("    engine: dynamodb");
        lines.add("    tables:");
        lines.add("      zoo:");
        lines.add("        partitionKey: PK");
        lines.add("        sortKey: SK");
        lines.add("        indexes: {other: {partitionKey: XK, sortKey: YK}}");
        lines.add("        items:");
        var table = one(random, PARTITIONS);
        var index = one(random, PARTITIONS);
        for (var name : List.of("Bee", "Cat", "Dog", "Elk")) {
            var child = !name.equals("Bee");
            var stray = name.equals("Elk") && random.nextBoolean();
            lines.add("          " + name + ":");
            lines.add("            key: " + key(random, "PK", stray ? "E#{n}" : table, "SK", child));
            if (random.nextInt(3) > 0) {
                lines.add("            other: " + key(random, "XK", index, "YK", child));
            }
        }
        lines.add("entities:");
        lines.add("  Bee: {attributes: {hive: " + hive + ", id: " + id + ", name: text, rank: int}, key: [hive, id]}");
        for (var name : List.of("Cat", "Dog", "Elk")) {
            lines.add(
                    "  " + name + ": {attributes: {hive: " + hive + ", id: " + id + ", n: " + one(random, TYPES)
                            + ", note: text null}, key: [hive, id, n], references: {bee: {entity: Bee, attributes: [hive, id]}}}");
        }
        lines.add("accessPatterns:");
        for (var i = 0; i < 6; i++) {
            lines.add("  p" + i + ": " + pattern(random));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String key(SplittableRandom random, String partition, String template, String sort, boolean child) {
        return "{" + partition + ": \"" + template + "\", " + sort + ": \"" + one(random, child ? CHILDREN : PARENTS)
                + "\"}";
    }

    private static String pattern(SplittableRandom random) {
        var included = List.of("Cat", "Dog", "Elk").stream()
                .filter(name -> random.nextInt(3) > 0)
                .map(name -> name + ": "
                        + (random.nextInt(3) == 0 ? "{by: bee, orderBy: [n], select: [n, hive, id]}" : "bee"))
                .collect(Collectors.joining(", "));
        var where = List.of("hive = :h, id = :i", "hive = :h, id = :i", "hive = :h, id = :i", "hive = :h", "id = :i");
        return "{entity: Bee, find: " + one(random, List.of("one", "many")) + ", where: [" + one(random, where)
                + "], include: {" + (included.isEmpty() ? "Cat: bee" : included) + "}"
                + (random.nextInt(4) == 0 ? ", orderBy: [id]" : "") + "}";
    }

    private static <T> T one(SplittableRandom random, List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
