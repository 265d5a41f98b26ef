package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Exclusion;
import dev.schemaproof.model.RelationalStore;
import java.util.Optional;
import java.util.stream.Stream;

/** An exclusion constraint that would have to compare rows of different partitions. */
public final class ExclusionAcrossPartitions extends RelationalRule {

    /** The first version with exclusion constraints on partitioned tables. */
    private static final int FIRST = 17;

    @Override
    Stream<Finding> check(Entity entity, RelationalStore store, Facts facts) {
        var divisions = Division.of(entity);
        return entity.relational().exclusions().values().stream().flatMap(exclusion -> {
            if (!divisions.isEmpty() && store.version() < FIRST) {
                return Stream.of(finding(
                                exclusion.name().at(),
                                entity.name().value(),
                                "exclusion constraint `" + exclusion.name()
                                        + "` is on a partitioned table, which PostgreSQL " + store.version()
                                        + " doesn't know")
                        .withHelp("use PostgreSQL " + FIRST + " or later (`version: " + FIRST + "`), or do without `"
                                + exclusion.name() + "`")
                        .withRelated(divisions.get(0).partitioning().at(), "partitioned here"));
            }
            return divisions.stream().flatMap(division -> check(entity, exclusion, division));
        });
    }

    private Stream<Finding> check(Entity entity, Exclusion exclusion, Division division) {
        var expression = division.expression();
        if (expression.isPresent()) {
            return Stream.of(finding(
                            exclusion.name().at(),
                            entity.name().value(),
                            "exclusion constraint `" + exclusion.name() + "` can't see all partitions, as "
                                    + division.words(entity) + " is partitioned by an expression")
                    .withHelp("partition by attributes, and compare them: `<attribute> with =`")
                    .withRelated(expression.get().text().at(), "the expression"));
        }
        return division.partitioning().on().stream().flatMap(part -> {
            var elements = exclusion.elements().stream()
                    .filter(element -> element.part().attribute().equals(part.attribute()))
                    .toList();
            if (entity.attribute(part.text().value()).isEmpty()
                    || elements.stream().anyMatch(ExclusionAcrossPartitions::isEquality)) {
                return Stream.empty();
            }
            var other = elements.stream().findFirst();
            var attribute = part.text().value();
            return Stream.of(finding(
                            other.map(element -> element.operator().at())
                                    .orElse(exclusion.name().at()),
                            entity.name().value(),
                            "exclusion constraint `" + exclusion.name() + "` " + flaw(attribute, other) + ", by which "
                                    + division.words(entity) + " is partitioned")
                    .withHelp("compare it for equality: `" + attribute + " with =`")
                    .withRelated(part.text().at(), "partitioned by it here"));
        });
    }

    private static boolean isEquality(Exclusion.Element element) {
        return element.operator().value().equals("=");
    }

    private static String flaw(String attribute, Optional<Exclusion.Element> other) {
        return other.map(element -> "compares `" + attribute + "` by `" + element.operator() + "`")
                .orElse("doesn't compare `" + attribute + "`");
    }
}
