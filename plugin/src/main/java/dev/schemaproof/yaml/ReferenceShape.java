package dev.schemaproof.yaml;

import dev.schemaproof.model.Deferral;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Reference;
import dev.schemaproof.model.Reference.Action;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** A reference to another entity. */
final class ReferenceShape extends ObjectShape<Reference> {

    private static final Shape<Action> ACTION =
            Scalars.oneOf("a referential action", List.of(Action.values()), Action::word);

    /** What happens to the referring row, and to which of its attributes. */
    private record OnDelete(Action action, List<Located<String>> attributes) {}

    private final Key<Located<String>> entity =
            required("entity", Scalars.LOCATED, "The entity referred to", like("User"));
    private final Key<List<Located<String>>> attributes = optional(
            "attributes",
            EntityShape.NAMES,
            "The referencing attributes",
            otherwise("`<role>_<key>`"),
            like("[author_id]"));
    private final Key<List<Located<String>>> to = optional(
            "to",
            EntityShape.NAMES,
            "The attributes referred to, which are unique together",
            otherwise("the primary key"),
            like("[email]"));
    private final Key<OnDelete> onDelete = optional(
            "onDelete",
            Shapes.byKind(
                    Shapes.map(ACTION, action -> new OnDelete(action, List.of())), null, new LimitedActionShape()),
            "What happens to this row when the other is deleted; {set-null: [attributes]} empties only these",
            byDefault("no-action"),
            like("cascade", "{set-null: [author_id]}"));
    private final Key<Action> onUpdate = optional(
            "onUpdate", ACTION, "What happens when the other's key changes", byDefault("no-action"), like("cascade"));
    private final Key<Reference.Match> match = optional(
            "match",
            Scalars.oneOf("a kind of match", List.of(Reference.Match.values()), Reference.Match::word),
            "With several attributes: whether one absent value (simple) or only all of them together (full) mean that nothing is referred to",
            byDefault("simple"),
            like("full"));
    private final Key<Deferral> deferrable = optional(
            "deferrable",
            DeferralShape.DEFERRAL,
            DeferralShape.DESCRIPTION,
            byDefault("false"),
            like("initially-deferred"));
    private final Key<Long> perParent =
            optional("perParent", Scalars.COUNT_OF, "The expected number of rows for each row referred to", like("50"));
    private final Key<Located<String>> constraint = optional(
            "name",
            Scalars.LOCATED,
            "The constraint's name",
            otherwise("`<table>_<role>_fkey`"),
            like("posts_author_fkey"));
    private final Key<String> description =
            optional("description", Scalars.TEXT, "What the role means", like("Who wrote it"));

    ReferenceShape() {
        super("reference", "a reference", "{entity: User, attributes: [author_id], onDelete: cascade}");
    }

    @Override
    Optional<Reference> build(Fields fields, Reading reading) {
        var deletion = fields.get(onDelete, new OnDelete(Action.NO_ACTION, List.of()));
        return fields.get(entity)
                .map(target -> new Reference(
                        fields.name(),
                        target,
                        fields.get(attributes, List.of()),
                        fields.get(to, List.of()),
                        deletion.action(),
                        deletion.attributes(),
                        fields.get(onUpdate, Action.NO_ACTION),
                        fields.get(match, Reference.Match.SIMPLE),
                        fields.get(deferrable, Deferral.NOT_DEFERRABLE),
                        fields.get(perParent).map(OptionalLong::of).orElseGet(OptionalLong::empty),
                        fields.get(constraint),
                        fields.get(description)));
    }

    /** {@code {set-null: [author_id]}}. */
    private static final class LimitedActionShape extends ObjectShape<OnDelete> {

        private final Key<List<Located<String>>> setNull = optional(
                Action.SET_NULL.word(), EntityShape.NAMES, "The attributes that become null", like("[author_id]"));
        private final Key<List<Located<String>>> setDefault = optional(
                Action.SET_DEFAULT.word(),
                EntityShape.NAMES,
                "The attributes that take their default",
                like("[author_id]"));

        LimitedActionShape() {
            super("limitedAction", "`onDelete`", "{set-null: [author_id]}");
        }

        @Override
        Optional<OnDelete> build(Fields fields, Reading reading) {
            var given = Stream.of(
                            fields.get(setNull).map(names -> new OnDelete(Action.SET_NULL, names)),
                            fields.get(setDefault).map(names -> new OnDelete(Action.SET_DEFAULT, names)))
                    .flatMap(Optional::stream)
                    .toList();
            if (given.size() != 1 && fields.sound()) {
                reading.report(
                        Flaw.INCOMPLETE_ELEMENT,
                        fields.name().at(),
                        "`onDelete` is one action",
                        "write `onDelete: {set-null: [...]}` or `onDelete: {set-default: [...]}`");
            }
            return given.stream().findFirst();
        }
    }
}
