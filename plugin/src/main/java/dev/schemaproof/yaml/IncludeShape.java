package dev.schemaproof.yaml;

import dev.schemaproof.model.AccessPattern.Include;
import dev.schemaproof.model.AccessPattern.Order;
import dev.schemaproof.model.Located;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a read returns beside: a mapping, or just the role. Its name is the entity's. */
final class IncludeShape extends ObjectShape<Include> {

    static final Shape<Include> EITHER = Shapes.byKind(new ShortForm(), null, new IncludeShape());

    private final Key<Located<String>> by = required(
            "by", Scalars.LOCATED, "The role by which its rows refer to those that are read", like("customer"));
    private final Key<List<Order>> orderBy = optional(
            "orderBy",
            Shapes.oneOrMore(ConditionText.ORDER_OF),
            "Their order among those that refer to the same row",
            like("[placed_at desc]"));
    private final Key<List<Located<String>>> select = optional(
            "select",
            Shapes.oneOrMore(Scalars.LOCATED),
            "The attributes it needs of them",
            otherwise("all"),
            like("[id, total]"));

    IncludeShape() {
        super("include", "what is included", "{by: customer, select: [id, total]}");
    }

    @Override
    Optional<Include> build(Fields fields, Reading reading) {
        return fields.get(by)
                .map(role -> new Include(
                        fields.name(), role, fields.get(orderBy, List.of()), fields.get(select, List.of())));
    }

    /** {@code Order: customer}. */
    private static final class ShortForm implements Shape<Include> {

        @Override
        public Optional<Include> read(Spot spot, Reading reading) {
            return Scalars.LOCATED
                    .read(spot, reading)
                    .map(role -> new Include(spot.name(), role, List.of(), List.of()));
        }

        @Override
        public Map<String, Object> schema(Definitions definitions) {
            return Scalars.LOCATED.schema(definitions);
        }
    }
}
