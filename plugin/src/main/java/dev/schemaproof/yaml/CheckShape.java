package dev.schemaproof.yaml;

import dev.schemaproof.model.Check;
import dev.schemaproof.model.SourceText;
import java.util.Map;
import java.util.Optional;

/** A condition on a row: SQL, or a mapping with more to say. */
final class CheckShape extends ObjectShape<Check> {

    static final Shape<Check> EITHER = Shapes.byKind(new Plain(), null, new CheckShape());

    private final Key<SourceText> condition =
            required("condition", Scalars.SOURCE, "The SQL condition", like("price > 0"));
    private final Key<Boolean> noInherit = optional(
            "noInherit",
            Scalars.TRUTH,
            "Whether it holds for the table alone, not for those that inherit from it",
            byDefault("false"));
    private final Key<String> description =
            optional("description", Scalars.TEXT, "Why it holds", like("Free things are gifts, which are no products"));

    private CheckShape() {
        super("check", "a check", "{condition: price > 0, description: Gifts are no products}");
    }

    @Override
    Optional<Check> build(Fields fields, Reading reading) {
        return fields.get(condition)
                .map(sql -> new Check(fields.name(), sql, fields.get(noInherit, false), fields.get(description)));
    }

    /** The condition alone. */
    private static final class Plain implements Shape<Check> {

        @Override
        public Optional<Check> read(Spot spot, Reading reading) {
            return Scalars.SOURCE.read(spot, reading).map(sql -> new Check(spot.name(), sql, false, Optional.empty()));
        }

        @Override
        public Map<String, Object> schema(Definitions definitions) {
            return Scalars.SOURCE.schema(definitions);
        }
    }
}
