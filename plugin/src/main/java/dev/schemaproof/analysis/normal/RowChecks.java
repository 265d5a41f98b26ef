package dev.schemaproof.analysis.normal;

import dev.schemaproof.analysis.type.ModelTypes;
import dev.schemaproof.analysis.type.TypedText;
import dev.schemaproof.analysis.type.Volatility;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import dev.schemaproof.sql.SqlExpression;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A check on a row that could be read and that always gives the same.
 *
 * @param name the constraint's name, or that of the attribute it stands at
 * @param text its expression
 */
record RowChecks(String name, TypedText text) {

    /** All of an entity. One that depends on the moment says nothing about old rows. */
    static Stream<RowChecks> of(Entity entity, ModelTypes types) {
        return Stream.concat(
                        entity.attributes().values().stream()
                                .flatMap(attribute -> attribute.check().stream()
                                        .map(check -> Map.entry(attribute.name().value(), check))),
                        entity.checks().values().stream()
                                .map(check -> Map.entry(check.name().value(), check.expression())))
                .flatMap(
                        check -> types.text(check.getValue()).stream().map(text -> new RowChecks(check.getKey(), text)))
                .filter(check -> check.text().typed().volatility() == Volatility.IMMUTABLE);
    }

    /** The conditions that all have to be no lie: in SQL a check that is unknown passes. */
    Stream<SqlExpression> conjuncts() {
        return text.tree() instanceof SqlExpression.And and ? and.operands().stream() : Stream.of(text.tree());
    }

    /** The attribute that a column of it stands for. */
    Optional<Attribute> attribute(SqlExpression.Column column) {
        return text.reading().names().stored(column).map(stored -> stored.attribute());
    }
}
