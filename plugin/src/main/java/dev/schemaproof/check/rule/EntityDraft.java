package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.word.NameWords;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import dev.schemaproof.output.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A new entity made of what another one has, as YAML to paste. */
final class EntityDraft {

    private static final Pattern PLAIN = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_-]*");

    private static final Pattern FLOW = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_.()*+/ -]*");

    private final String name;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<String> key = new ArrayList<>();
    private final List<String> references = new ArrayList<>();
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
        draft.key.addAll(draft.reference(own.snakeCase(), parent, ", onDelete: cascade"));
        return Optional.of(draft);
    }

    /**
     * Some attributes of an entity, with the references that they make.
     *
     * @param key those of them that identify a row
     */
    static EntityDraft partOf(Entity entity, String name, List<String> attributes, List<String> key) {
        var draft = new EntityDraft(name);
        for (var attribute : attributes) {
            entity.attribute(attribute)
                    .ifPresent(found -> draft.attributes.put(
                            attribute, text(found.type().value()) + (found.optional() ? " null" : "")));
        }
        draft.key.addAll(key);
        entity.references().values().stream()
                .filter(reference -> attributes.containsAll(reference.names()))
                .forEach(reference ->
                        draft.references.add(quoted(reference.role().value()) + ": {entity: "
                                + quoted(reference.entity().value())
                                + ", attributes: [" + listed(reference.names()) + "]"
                                + (reference.to().isEmpty() ? "" : ", to: [" + Words.plain(reference.to()) + "]")
                                + "}"));
        return draft;
    }

    /** An attribute that tells the rows of one parent apart. */
    EntityDraft numbered(String attribute, String type) {
        key.add(add(attribute, type));
        return this;
    }

    /** An attribute that stands in the rows as often as it likes. */
    EntityDraft with(String attribute, DataType type) {
        add(attribute, text(type));
        return this;
    }

    /** An attribute that stands in the rows of one parent once. */
    EntityDraft distinct(String attribute, DataType type) {
        key.add(add(attribute, text(type)));
        return this;
    }

    /** A reference to one more entity, once for each parent. */
    EntityDraft distinct(String role, Entity other) {
        key.addAll(reference(role, other, ""));
        return this;
    }

    /** A reference to one more entity. */
    EntityDraft with(String role, Entity other) {
        reference(role, other, "");
        return this;
    }

    /** What is left to fill in among the attributes. */
    EntityDraft remark(String text) {
        remark = text;
        return this;
    }

    private List<String> reference(String wanted, Entity target, String rest) {
        var role = target.keyNames().stream().anyMatch(part -> attributes.containsKey(wanted + "_" + part))
                ? "other_" + wanted
                : wanted;
        var own = new ArrayList<String>();
        for (var part : target.keyNames()) {
            target.attribute(part)
                    .map(attribute -> text(attribute.type().value()))
                    .ifPresent(type -> own.add(add(role + "_" + part, type)));
        }
        references.add(quoted(role) + ": {entity: " + quoted(target.name().value()) + rest + "}");
        return own;
    }

    private String add(String wanted, String type) {
        var free = wanted;
        while (attributes.containsKey(free)) {
            free += "_value";
        }
        attributes.put(free, type);
        return free;
    }

    /** As it is written behind an attribute on a line of its own. */
    static String text(DataType type) {
        if (type instanceof DataType.Native verbatim) {
            return "{native: " + Json.quoted(verbatim.text()) + "}";
        }
        return type instanceof DataType.Named named ? quoted(named.name()) : type.toString();
    }

    /** The key {@code type} or {@code native} of an attribute written in braces. */
    static String typeInFlow(DataType type, boolean optional) {
        return type instanceof DataType.Native verbatim
                ? "native: " + Json.quoted(verbatim.text()) + (optional ? ", optional: true" : "")
                : "type: " + flowText(text(type) + (optional ? " null" : ""));
    }

    /** A text within braces. */
    static String flowText(String text) {
        return FLOW.matcher(text).matches() ? text : Json.quoted(text);
    }

    private static String listed(List<String> names) {
        return Words.plain(names.stream().map(EntityDraft::quoted).toList());
    }

    static String quoted(String name) {
        return PLAIN.matcher(name).matches() ? name : Json.quoted(name);
    }

    @Override
    public String toString() {
        var yaml = new StringBuilder("entities:\n  " + quoted(name) + ":\n    attributes:\n");
        attributes.forEach((attribute, type) -> yaml.append("      ")
                .append(quoted(attribute))
                .append(": ")
                .append(type)
                .append('\n'));
        if (!remark.isEmpty()) {
            yaml.append("      # ").append(remark).append('\n');
        }
        yaml.append("    key: [").append(listed(key)).append(references.isEmpty() ? "]" : "]\n    references:");
        references.forEach(reference -> yaml.append("\n      ").append(reference));
        return yaml.toString();
    }
}
