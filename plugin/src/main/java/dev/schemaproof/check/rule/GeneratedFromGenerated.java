package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.sql.SqlReading;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.sql.SqlExpression;
import java.util.stream.Stream;

/** A generated attribute that is computed from a generated one, or from itself. */
public final class GeneratedFromGenerated extends RelationalRule {

    @Override
    Stream<Finding> check(Entity entity, RelationalStore store, Facts facts) {
        return entity.attributes().values().stream()
                .flatMap(attribute -> attribute.generated().flatMap(facts.sql()::expression).stream()
                        .flatMap(reading -> Stream.concat(
                                reading.names().columns().entrySet().stream()
                                        .filter(used -> used.getValue()
                                                .attribute()
                                                .generated()
                                                .isPresent())
                                        .map(used -> finding(
                                                entity,
                                                attribute,
                                                used.getValue().attribute(),
                                                place(reading, used.getKey()))),
                                reading.names().rows().stream()
                                        .map(row -> finding(entity, attribute, row, place(reading, row))))));
    }

    private static Location place(SqlReading<?> reading, SqlExpression.Column used) {
        var span = used.name().span();
        return reading.source().locate(span.begin(), span.end());
    }

    private Finding finding(Entity entity, Attribute attribute, SqlExpression.Column row, Location at) {
        return finding(
                        at,
                        entity.name() + "." + attribute.name(),
                        "`" + attribute.name() + "` is computed from `"
                                + row.name().value() + "`, the whole row, which holds it too")
                .withHelp("name the attributes that it is computed from");
    }

    private Finding finding(Entity entity, Attribute attribute, Attribute used, Location at) {
        var subject = entity.name() + "." + attribute.name();
        if (used.equals(attribute)) {
            return finding(at, subject, "`" + attribute.name() + "` is computed from itself")
                    .withHelp("compute it from other attributes");
        }
        return finding(
                        at,
                        subject,
                        "`" + attribute.name() + "` is computed from `" + used.name() + "`, which is generated itself")
                .withHelp("write the expression of `" + used.name() + "` there: `("
                        + used.generated().orElseThrow().value().strip() + ")`")
                .withRelated(used.name().at(), "generated here");
    }
}
