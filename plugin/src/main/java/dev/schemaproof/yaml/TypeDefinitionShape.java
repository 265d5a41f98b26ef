package dev.schemaproof.yaml;

import dev.schemaproof.model.Check;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.SourceText;
import dev.schemaproof.model.TypeDefinition;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A named type: an enum or a domain. */
final class TypeDefinitionShape extends ObjectShape<TypeDefinition> {

    private final Key<List<Located<String>>> labels =
            optional("enum", Shapes.list(Scalars.LOCATED), "The labels of an enum, in order", like("[open, done]"));
    private final Key<Located<TypeText>> domain =
            optional("domain", Scalars.located(AttributeShape.TYPE), "The type that a domain is made of", like("text"));
    private final Key<SourceText> check =
            optional("check", Scalars.SOURCE, "The SQL condition of a domain, over `value`", like("value ~ '@'"));

    private final Key<Map<String, Check>> checks = optional(
            "checks",
            Shapes.named("SQL conditions", CheckShape.EITHER),
            "Further SQL conditions of a domain, by their constraints' names",
            like("{not_too_long: length(value) <= 320}"));
    private final Key<Boolean> required = optional(
            "required", Scalars.TRUTH, "Whether a domain forbids null, for every attribute of it", byDefault("false"));
    private final Key<SourceText> defaultValue = optional(
            "default", Scalars.SOURCE, "The default of a domain, a SQL expression, verbatim", like("\"'open'\""));
    private final Key<Located<String>> collation = optional(
            "collation",
            Scalars.LOCATED,
            "The name of a domain's collation",
            otherwise("the database's own"),
            like("und-x-icu"));
    private final Key<Located<String>> schema = optional(
            "schema",
            Scalars.LOCATED,
            "The SQL schema that it stands in, one of the store's `schemas`",
            otherwise("the first on the search path"),
            like("billing"));
    private final Key<String> description =
            optional("description", Scalars.TEXT, "What its values mean", like("How far a task has come"));

    TypeDefinitionShape() {
        super("type", "a type", "{domain: text, check: \"value ~ '@'\"}");
    }

    @Override
    Optional<TypeDefinition> build(Fields fields, Reading reading) {
        var isEnum = fields.place(labels).isPresent();
        if (isEnum == fields.place(domain).isPresent()) {
            reading.report(
                    Flaw.INCOMPLETE_ELEMENT,
                    fields.name().at(),
                    isEnum ? "a type is an enum or a domain, not both" : "a type needs `enum` or `domain`",
                    "write `" + fields.name() + ": {enum: [open, done]}` or `" + fields.name()
                            + ": {domain: text, check: \"...\"}`");
        }
        if (isEnum) {
            for (var key : List.of(check, checks, required, defaultValue, collation)) {
                fields.place(key)
                        .ifPresent(at -> reading.report(
                                Flaw.UNKNOWN_KEY,
                                at,
                                "an enum has no `" + key.name() + "`",
                                "remove `" + key.name() + "`"));
            }
            return Optional.of(enumeration(fields, reading));
        }
        var base = fields.get(domain)
                .map(text -> new Located<>(text.value().type(), text.at()))
                .orElseGet(() ->
                        new Located<>(new DataType.Unreadable(), fields.name().at()));
        return Optional.of(new TypeDefinition.Domain(
                fields.name(),
                fields.get(schema),
                base,
                fields.get(required, false),
                fields.get(defaultValue),
                fields.get(collation),
                fields.get(check),
                fields.get(checks, Map.of()),
                fields.get(description)));
    }

    private TypeDefinition enumeration(Fields fields, Reading reading) {
        var values = fields.get(labels, List.of());
        if (values.isEmpty() && fields.sound()) {
            reading.report(
                    Flaw.INCOMPLETE_ELEMENT, fields.name().at(), "an enum needs labels", "write `enum: [open, done]`");
        }
        var seen = new HashSet<String>();
        for (var label : values) {
            if (!seen.add(label.value())) {
                reading.report(
                        Flaw.DUPLICATE_NAME,
                        label.at(),
                        "the label `" + label + "` stands here twice",
                        "keep one of the two");
            }
        }
        return new TypeDefinition.Enumeration(fields.name(), fields.get(schema), values, fields.get(description));
    }
}
