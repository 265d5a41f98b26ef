package dev.schemaproof.analysis.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.keyvalue.Paths;
import dev.schemaproof.model.AccessPattern.Read;
import dev.schemaproof.model.AccessPattern.Write;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * No choice of keys serves more patterns, or as many with fewer keys, than the one that is proposed: all keys are tried. The property {@code
 * schemaproof.keys} says how many models are tried.
 */
class FewestKeysTest {

    private static final int MODELS = Integer.getInteger("schemaproof.keys", 120);

    @Test
    void noOtherKeysAreFewer() {
        var flaws = new ArrayList<String>();
        var compared = 0;
        var several = 0;
        for (var seed = 1; seed <= MODELS; seed++) {
            var model = Models.read(RandomStore.yaml(seed));
            for (var entity : model.entities().values()) {
                var columns = new EntityColumns(new Paths(model), entity);
                var writes = writes(model);
                var asked = new EntityWrites(columns, writes);
                var asks = asks(model, entity, new EntityReads(columns, asked));
                var plan = new EntityPlanner(columns, asked, asks).plans().get(0);
                var served = EntityPlanner.promised(plan);
                var mine = writes.getOrDefault(entity.name().value(), List.of());
                var key = new ArrayList<String>();
                plan.table()
                        .columns()
                        .forEach(column -> key.add(columns.path(column).toString()));
                var unserved = asks.size() - served.size() + asked.unserved(columns.own(key));
                var best = new ExhaustiveLayout(
                                entity, asks.stream().map(Ask::pattern).toList(), mine)
                        .best();
                var found = new ExhaustiveLayout.Best(unserved, plan.indexes().size());
                if (!found.equals(best)) {
                    flaws.add("seed " + seed + " " + entity.name() + ": " + found + " but " + best + " " + plan.table()
                            + " " + plan.indexes());
                }
                compared++;
                several += plan.indexes().size() > 1 ? 1 : 0;
                assertThat(plan.fewest()).isTrue();
            }
        }
        assertThat(flaws).isEmpty();
        assertThat(several)
                .as("of " + compared + " entities, those with several keys")
                .isGreaterThan(compared / 10);
    }

    /** An index by what may be absent leaves out rows that the other read wants; where none is absent, one key serves both. */
    @ParameterizedTest
    @CsvSource({"uuid null, 2", "uuid, 1"})
    void rowsWithoutAValueNeedAKeyWithoutIt(String type, int indexes) {
        var model = Models.read("""
                schema: notes
                stores: {edge: {engine: dynamodb}}
                entities:
                  Note: {attributes: {id: uuid, owner: uuid, label: TYPE}, key: [id]}
                accessPatterns:
                  cut: {entity: Note, write: delete, where: [id = :id]}
                  of-owner: {entity: Note, find: many, where: [owner = :owner]}
                  with-label: {entity: Note, find: many, where: [owner = :owner, label = :label]}
                """.replace("TYPE", type));
        var advice = LayoutAdvisor.of(model, model.keyValueStores().findFirst().orElseThrow());
        assertThat(advice.unserved()).isEmpty();
        assertThat(advice.indexes()).isEqualTo(indexes);
    }

    private static Map<String, List<Write>> writes(Model model) {
        return model.patterns().values().stream()
                .filter(Write.class::isInstance)
                .map(Write.class::cast)
                .collect(Collectors.groupingBy(write -> write.entity().value()));
    }

    private static List<Ask> asks(Model model, Entity entity, EntityReads reads) {
        var asks = new ArrayList<Ask>();
        for (var pattern : model.patterns().values()) {
            if (pattern instanceof Read read
                    && read.entity().value().equals(entity.name().value())) {
                try {
                    reads.ask(read).ifPresent(asks::add);
                } catch (NoKeyException e) {
                    // No key of the family serves it, which AdvisedLayoutsTest holds against the resolver
                }
            }
        }
        return asks;
    }
}
