package dev.schemaproof.yaml;

import dev.schemaproof.model.Deferral;
import dev.schemaproof.model.Exclusion;
import dev.schemaproof.model.Index;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.SourceText;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An exclusion constraint. */
final class ExclusionShape extends ObjectShape<Exclusion> {

    private final Key<List<Exclusion.Element>> on = required(
            "on",
            Shapes.atLeastOne(IndexPartText.ELEMENT),
            "What is compared, and how: an attribute or expression, `with`, and an operator",
            like("[room_id with =, during with &&]"));
    private final Key<Index.Method> using =
            optional("using", IndexShape.METHOD, "The access method of its index", byDefault("gist"));
    private final Key<List<Located<String>>> include = optional(
            "include",
            EntityShape.NAMES,
            "Attributes that its index carries without comparing them",
            like("[booked_by]"));
    private final Key<SourceText> where = optional(
            "where",
            Scalars.SOURCE,
            "The SQL condition: only rows that fulfil it are compared",
            like("cancelled_at IS NULL"));
    private final Key<Deferral> deferrable = optional(
            "deferrable",
            DeferralShape.DEFERRAL,
            DeferralShape.DESCRIPTION,
            byDefault("false"),
            like("initially-deferred"));
    private final Key<Map<String, Located<String>>> storage =
            optional("storage", EntityShape.STORAGE, "Storage parameters of its index", like("{fillfactor: 90}"));
    private final Key<String> description =
            optional("description", Scalars.TEXT, "Why it holds", like("A room is booked once at a time"));

    ExclusionShape() {
        super("exclusion", "an exclusion constraint", "{on: [room_id with =, during with &&]}");
    }

    @Override
    Optional<Exclusion> build(Fields fields, Reading reading) {
        return fields.get(on)
                .filter(elements -> !elements.isEmpty())
                .map(elements -> new Exclusion(
                        fields.name(),
                        fields.get(using, Index.Method.GIST),
                        elements,
                        fields.get(include, List.of()),
                        fields.get(where),
                        fields.get(deferrable, Deferral.NOT_DEFERRABLE),
                        fields.get(storage, Map.of()),
                        fields.get(description)));
    }
}
