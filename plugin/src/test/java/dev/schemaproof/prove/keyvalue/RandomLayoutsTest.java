package dev.schemaproof.prove.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.keyvalue.KeyValueAnalysis.StoreFacts;
import dev.schemaproof.analysis.keyvalue.Resolution.Served;
import dev.schemaproof.generate.keyvalue.KeyValueGenerator;
import dev.schemaproof.prove.Deadline;
import dev.schemaproof.prove.ProofReport;
import dev.schemaproof.prove.Verdict;
import dev.schemaproof.prove.dynamodb.TableEvaluator;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/**
 * No pattern of a random layout is judged served whose request gives a wrong answer. The property {@code schemaproof.layouts} says how
 * many layouts are tried, {@code schemaproof.layouts.seed} where they begin; a flaw names its seed.
 */
class RandomLayoutsTest {

    private static final int LAYOUTS = Integer.getInteger("schemaproof.layouts", 150);
    private static final long SEED = Long.getLong("schemaproof.layouts.seed", 1L);

    private static final KeyValueProver.Settings SETTINGS = new KeyValueProver.Settings(24, 24, 12, 3);

    @Test
    void noRequestOfASoundLayoutGivesAWrongAnswer() {
        var flaws = new ArrayList<String>();
        var sound = 0;
        var proven = 0;
        for (var seed = SEED; seed < SEED + LAYOUTS; seed++) {
            var facts = new Facts(Models.read(RandomLayout.yaml(seed)));
            var store = facts.keyValue().stores().get(0);
            if (!sound(store)) {
                continue;
            }
            sound++;
            var report = prove(facts, served(store));
            for (var result : report.results()) {
                proven += result.verdict() == Verdict.PROVEN ? 1 : 0;
                if (result.verdict() == Verdict.FAILED) {
                    flaws.add("seed " + seed + ": " + result.name() + " " + result.subject() + " at " + result.at()
                            + ": " + result.statement() + " " + result.details());
                }
            }
        }
        assertThat(flaws).isEmpty();
        assertThat(sound).as("layouts without findings in their keys").isGreaterThan(LAYOUTS / 3);
        assertThat(proven).as("proofs").isGreaterThan(LAYOUTS);
    }

    /** Nothing is wrong with the keys themselves: other findings are about single patterns, which then have no request. */
    private static boolean sound(StoreFacts store) {
        return store.problems().isEmpty()
                && store.collisions().isEmpty()
                && store.tables().stream()
                        .flatMap(table -> table.items().stream())
                        .flatMap(item -> item.key().templates().stream())
                        .flatMap(template -> template.variables().stream())
                        .noneMatch(variable -> variable.path().optional());
    }

    private static StoreFacts served(StoreFacts store) {
        return new StoreFacts(
                store.store(),
                store.tables(),
                store.problems(),
                store.collisions(),
                store.resolutions().stream().filter(Served.class::isInstance).toList());
    }

    private static ProofReport prove(Facts facts, StoreFacts store) {
        return new KeyValueProver(
                        facts.model(),
                        store,
                        new KeyValueGenerator().generate(facts).toList(),
                        new TableEvaluator(),
                        SETTINGS,
                        Deadline.in(Duration.ofMinutes(1)))
                .prove();
    }
}
