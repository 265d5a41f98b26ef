package dev.schemaproof.analysis.normal;

import dev.schemaproof.analysis.type.ModelTypes;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.TypeDefinition;
import dev.schemaproof.sql.SqlExpression;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The attributes that have a value in every row: those that are required, that a key, a domain or a check {@code a IS NOT
 * NULL} makes so, and identities.
 */
final class PresentAttributes {

    private PresentAttributes() {}

    static Set<String> of(Entity entity, Model model, ModelTypes types) {
        var present = new HashSet<>(entity.keyNames());
        for (var attribute : entity.attributes().values()) {
            if (!attribute.optional() || attribute.identity().isPresent() || isRequired(attribute, model)) {
                present.add(attribute.name().value());
            }
        }
        RowChecks.of(entity, types)
                .flatMap(check -> check.conjuncts().flatMap(conjunct -> tested(conjunct, check)))
                .forEach(present::add);
        return present;
    }

    private static boolean isRequired(Attribute attribute, Model model) {
        return attribute.type().value() instanceof DataType.Named named
                && model.types().get(named.name()) instanceof TypeDefinition.Domain domain
                && domain.required();
    }

    private static Stream<String> tested(SqlExpression conjunct, RowChecks check) {
        return conjunct instanceof SqlExpression.NullTest test
                        && test.negated()
                        && test.operand() instanceof SqlExpression.Column column
                ? check.attribute(column).map(attribute -> attribute.name().value()).stream()
                : Stream.empty();
    }
}
