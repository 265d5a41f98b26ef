package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.ScalarKind;
import java.util.Set;
import java.util.stream.Stream;

/** An attribute that can't be numbered: of no type of whole numbers, or optional. */
public final class UnfitIdentity extends RelationalRule {

    private static final Set<ScalarKind> WHOLE = Set.of(ScalarKind.SMALLINT, ScalarKind.INT, ScalarKind.BIGINT);

    @Override
    Stream<Finding> check(Entity entity, RelationalStore store, Facts facts) {
        return entity.attributes().values().stream()
                .filter(attribute -> attribute.identity().isPresent())
                .flatMap(attribute -> judge(entity, attribute, facts));
    }

    private Stream<Finding> judge(Entity entity, Attribute attribute, Facts facts) {
        var subject = entity.name() + "." + attribute.name();
        var type = attribute.type().value();
        var whole = type instanceof DataType.Scalar scalar && WHOLE.contains(scalar.kind())
                || type instanceof DataType.Native
                        && facts.typing()
                                .of(entity, attribute)
                                .filter(known -> Set.of("int2", "int4", "int8").contains(known.name()))
                                .isPresent()
                || type instanceof DataType.Unreadable;
        if (!whole) {
            return Stream.of(finding(
                            attribute.type().at(),
                            subject,
                            "`" + attribute.name() + "` is numbered by the database, and `" + type
                                    + "` is no type of whole numbers")
                    .withHelp("write `type: bigint`, which a domain can't stand for"));
        }
        return attribute.optional()
                ? Stream.of(finding(
                                attribute.name().at(),
                                subject,
                                "`" + attribute.name() + "` is numbered by the database, and so is never absent")
                        .withHelp("make it required: remove `null` or `optional: true`"))
                : Stream.empty();
    }
}
