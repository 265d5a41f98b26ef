package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Index;
import dev.schemaproof.model.Partitioning;
import dev.schemaproof.model.Partitioning.Strategy;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.sql.SqlExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A partition key by which no table can be divided. */
public final class BrokenPartitionKey extends RelationalRule {

    @Override
    Stream<Finding> check(Entity entity, RelationalStore store, Facts facts) {
        return Division.of(entity).stream().flatMap(division -> check(entity, division.partitioning(), facts).stream());
    }

    private List<Finding> check(Entity entity, Partitioning partitioning, Facts facts) {
        var found = new ArrayList<Finding>();
        var subject = entity.name().value();
        if (partitioning.by().value() == Strategy.LIST && partitioning.on().size() > 1) {
            found.add(finding(
                            partitioning.on().get(1).text().at(),
                            subject,
                            "a table is partitioned by list of one attribute, and `" + entity.name() + "` names "
                                    + partitioning.on().size())
                    .withHelp("keep `" + partitioning.on().get(0).text().value().strip()
                            + "`, and partition the partitions by the next; or partition by range"));
        }
        for (var part : partitioning.on()) {
            if (part.descending() || part.nullsFirst().isPresent()) {
                found.add(finding(part.text().at(), subject, "a partition key has no direction")
                        .withHelp("remove what stands behind `"
                                + part.text().value().strip() + "`"));
            }
            part.attribute()
                    .flatMap(entity::attribute)
                    .filter(attribute -> attribute.generated().isPresent())
                    .ifPresent(attribute -> found.add(generated(entity, part, attribute)));
            if (part.expression()) {
                expression(entity, part, facts, found);
            }
        }
        return found;
    }

    private void expression(Entity entity, Index.Part part, Facts facts, List<Finding> found) {
        facts.sql()
                .expression(part.text())
                .filter(reading -> reading.parsed().tree().isPresent())
                .ifPresent(reading -> {
                    var names = reading.names();
                    names.columns().values().stream()
                            .map(stored -> stored.attribute())
                            .filter(attribute -> attribute.generated().isPresent())
                            .findFirst()
                            .ifPresent(attribute -> found.add(generated(entity, part, attribute)));
                    var constant = reading.parsed()
                            .tree()
                            .orElseThrow()
                            .walk()
                            .noneMatch(node -> node.query().isPresent()
                                    || node instanceof SqlExpression.Column
                                    || node instanceof SqlExpression.Star
                                    || node instanceof SqlExpression.Call
                                    || node instanceof SqlExpression.Opaque);
                    if (constant) {
                        found.add(finding(
                                        part.text().at(),
                                        entity.name().value(),
                                        "`" + part.text().value().strip() + "` is the same for every row of `"
                                                + entity.name() + "`")
                                .withHelp("partition by an attribute, or by an expression that names one"));
                    }
                });
    }

    private Finding generated(Entity entity, Index.Part part, Attribute attribute) {
        return finding(
                        part.text().at(),
                        entity.name().value(),
                        "`" + entity.name() + "` is partitioned by `" + attribute.name() + "`, which is generated")
                .withHelp("partition by what `" + attribute.name()
                        + "` is computed from, or let the application write it")
                .withRelated(attribute.name().at(), "generated here");
    }
}
