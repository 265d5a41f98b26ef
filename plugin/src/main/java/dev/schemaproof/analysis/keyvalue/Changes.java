package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.analysis.keyvalue.RequestValue.Piece;
import dev.schemaproof.model.Condition;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What an update changes of an item, and how its new values are called. */
final class Changes {

    private final ItemDesign item;
    private final Bindings bindings;

    Changes(ItemDesign item, Bindings bindings) {
        this.item = item;
        this.bindings = bindings;
    }

    /** The entity's own attributes that the key of the table is made of. */
    Set<AttributePath> inKey() {
        var inKey = new HashSet<AttributePath>();
        item.key()
                .templates()
                .forEach(template -> template.variables()
                        .forEach(
                                variable -> inKey.addAll(sources(variable.path().canonical()))));
        return inKey;
    }

    /** The entity's own attributes that a path depends on: itself, or those of its first reference. */
    Set<AttributePath> sources(AttributePath canonical) {
        if (canonical.own()) {
            return Set.of(canonical);
        }
        var sources = new HashSet<AttributePath>();
        item.entity()
                .reference(canonical.roles().get(0))
                .ifPresent(reference ->
                        reference.names().forEach(name -> sources.add(new AttributePath(List.of(), name))));
        return sources;
    }

    /** Whether the value of a path changes with these attributes. */
    boolean touched(AttributePath canonical, Set<String> changed) {
        return sources(canonical).stream().anyMatch(source -> changed.contains(source.attribute()));
    }

    /** The new value of a stored attribute. */
    Piece value(StoredAttribute stored) {
        return bindings.parameter(parameter(stored.path()), stored.path(), stored.format());
    }

    /** The parameter of a new value. A condition may compare the old one with a parameter of the same name. */
    String parameter(ResolvedPath path) {
        var name = path.toString();
        var taken = bindings.conditions().stream()
                .flatMap(bound -> bound.condition().operands().stream())
                .anyMatch(operand -> operand instanceof Condition.Operand.Parameter parameter
                        && parameter.name().equals(name));
        return taken ? "new_" + name : name;
    }
}
