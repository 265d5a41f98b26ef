package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.word.NameWords;
import dev.schemaproof.check.draft.Flow;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A new entity made of what another one has, as YAML to paste. */
final class EntityDraft {

    private final String name;
    private final Map<String, Object> attributes = new LinkedHashMap<>();
    private final List<String> key = new ArrayList<>();
    private final Map<String, Object> references = new LinkedHashMap<>();
    private String remark = "";

    private EntityDraft(String name) {
        this.name = name;
    }

    /**
     * Rows of one entity for each row of another.
     *
     * @param parent what they belong to
     * @param what what they are, such as {@code phone}
     * @return empty if the parent has no key to refer to
     */
    static Optional<EntityDraft> of(Entity parent, NameWords what, Model model) {
        if (parent.key().isEmpty() || !parent.attributes().keySet().containsAll(parent.keyNames())) {
            return Optional.empty();
        }
        var own = NameWords.of(parent.name().value()).singular();
        var name = own.pascalCase() + what.singular().pascalCase();
        var draft = new EntityDraft(model.entity(name).isPresent() ? name + "Entry" : name);
        draft.key.addAll(draft.reference(own.snakeCase(), parent, Map.of("onDelete", "cascade")));
        return Optional.of(draft);
    }

    /**
     * Some attributes of an entity, with the references that they make.
     *
     * @param key those of them that identify a row; each row has them, also where the rows it comes from could lack them
     */
    static EntityDraft partOf(Entity entity, String name, List<String> attributes, List<String> key) {
        var draft = new EntityDraft(name);
        for (var attribute : attributes) {
            entity.attribute(attribute)
                    .ifPresent(found -> draft.attributes.put(
                            attribute,
                            Flow.attribute(found.type().value(), found.optional() && !key.contains(attribute))));
        }
        draft.key.addAll(key);
        entity.references().values().stream()
                .filter(reference -> attributes.containsAll(reference.names()))
                .forEach(reference -> {
                    var value = new LinkedHashMap<String, Object>();
                    value.put("entity", reference.entity());
                    value.put("attributes", reference.names());
                    if (!reference.to().isEmpty()) {
                        value.put("to", reference.to());
                    }
                    draft.references.put(reference.role().value(), value);
                });
        return draft;
    }

    /** An attribute that tells the rows of one parent apart. */
    EntityDraft numbered(String attribute, String type) {
        key.add(add(attribute, type));
        return this;
    }

    /** An attribute that stands in the rows as often as it likes. */
    EntityDraft with(String attribute, DataType type) {
        add(attribute, Flow.attribute(type, false));
        return this;
    }

    /** An attribute that stands in the rows of one parent once. */
    EntityDraft distinct(String attribute, DataType type) {
        key.add(add(attribute, Flow.attribute(type, false)));
        return this;
    }

    /** A reference to one more entity, once for each parent. */
    EntityDraft distinct(String role, Entity other) {
        key.addAll(reference(role, other, Map.of()));
        return this;
    }

    /** A reference to one more entity. */
    EntityDraft with(String role, Entity other) {
        reference(role, other, Map.of());
        return this;
    }

    /** What is left to fill in among the attributes. */
    EntityDraft remark(String text) {
        remark = text;
        return this;
    }

    private List<String> reference(String wanted, Entity target, Map<String, ?> rest) {
        var role = target.keyNames().stream().anyMatch(part -> attributes.containsKey(wanted + "_" + part))
                ? "other_" + wanted
                : wanted;
        var own = new ArrayList<String>();
        for (var part : target.keyNames()) {
            target.attribute(part)
                    .map(attribute -> Flow.attribute(attribute.type().value(), false))
                    .ifPresent(type -> own.add(add(role + "_" + part, type)));
        }
        var value = new LinkedHashMap<String, Object>();
        value.put("entity", target.name());
        value.putAll(rest);
        references.put(role, value);
        return own;
    }

    private String add(String wanted, Object type) {
        var free = wanted;
        while (attributes.containsKey(free)) {
            free += "_value";
        }
        attributes.put(free, type);
        return free;
    }

    @Override
    public String toString() {
        var yaml = new StringBuilder("entities:\n  " + Flow.text(name) + ":\n    attributes:");
        attributes.forEach((attribute, type) -> line(yaml, attribute, type));
        if (!remark.isEmpty()) {
            yaml.append("\n      # ").append(remark);
        }
        yaml.append("\n    key: ").append(Flow.of(key));
        if (!references.isEmpty()) {
            yaml.append("\n    references:");
            references.forEach((role, reference) -> line(yaml, role, reference));
        }
        return yaml.toString();
    }

    private static void line(StringBuilder yaml, String key, Object value) {
        yaml.append("\n      ").append(Flow.text(key)).append(": ").append(Flow.line(value));
    }
}
