package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Index;
import dev.schemaproof.model.RelationalStore;
import java.util.ArrayList;
import java.util.stream.Stream;

/** A key of a divided table without the attributes by which it is divided: each partition sees its own rows only. */
public final class KeyWithoutPartitionAttribute extends RelationalRule {

    @Override
    Stream<Finding> check(Entity entity, RelationalStore store, Facts facts) {
        return Division.of(entity).stream()
                .flatMap(division -> TableKey.of(entity).stream().flatMap(key -> check(entity, division, key)));
    }

    private Stream<Finding> check(Entity entity, Division division, TableKey key) {
        var expression = division.expression();
        if (expression.isPresent()) {
            return Stream.of(finding(
                            key.at(),
                            entity.name().value(),
                            key.words() + " of `" + entity.name() + "` can't be unique across partitions, as "
                                    + division.words(entity) + " is partitioned by an expression")
                    .withHelp("partition by attributes of the key alone: store what `"
                            + expression.get().text().value().strip() + "` yields in an attribute of its own")
                    .withRelated(expression.get().text().at(), "the expression"));
        }
        return division.partitioning().on().stream()
                .filter(part -> part.attribute().flatMap(entity::attribute).isPresent())
                .flatMap(part -> check(entity, division, key, part));
    }

    private Stream<Finding> check(Entity entity, Division division, TableKey key, Index.Part part) {
        var attribute = part.text().value();
        if (!key.names().contains(attribute)) {
            var longer = new ArrayList<>(key.names());
            division.attributes().stream()
                    .filter(name -> !longer.contains(name))
                    .forEach(longer::add);
            return Stream.of(finding(
                            key.at(),
                            entity.name().value(),
                            key.words() + " of `" + entity.name() + "` lacks `" + attribute + "`, by which "
                                    + division.words(entity) + " is partitioned")
                    .withHelp("add it: `" + key.edit().apply("[" + Words.plain(longer) + "]") + "`")
                    .withRelated(part.text().at(), "partitioned by it here"));
        }
        var collation = part.collation().map(Object::toString).or(() -> TableKey.ownCollation(entity, attribute));
        if (!collation.equals(key.collationOf(entity, attribute))) {
            return Stream.of(finding(
                            key.at(),
                            entity.name().value(),
                            key.words() + " of `" + entity.name() + "` compares `" + attribute
                                    + "` by another collation than that by which " + division.words(entity)
                                    + " is partitioned")
                    .withHelp(collation
                            .map(name -> "give `" + attribute + "` itself the collation: `collation: " + name + "`")
                            .orElse("remove the collation of `" + attribute + "` in " + key.words()))
                    .withRelated(part.text().at(), "partitioned by it here"));
        }
        return Stream.empty();
    }
}
