package dev.schemaproof.analysis.atomic;

import dev.schemaproof.analysis.BaseTypes;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import java.util.List;

/**
 * Everything in a model that seems to be no single value, and so breaks the first normal form.
 *
 * @param groups facts that are repeated in numbered attributes
 * @param lists attributes that hold lists
 * @param compounds texts that hold several facts
 */
public record Atomicity(List<NumberedGroup> groups, List<ListAttribute> lists, List<CompoundText> compounds) {

    public Atomicity {
        groups = List.copyOf(groups);
        lists = List.copyOf(lists);
        compounds = List.copyOf(compounds);
    }

    public static Atomicity of(Model model, BaseTypes types) {
        var entities = model.entities().values().stream().filter(Entity::sound).toList();
        var listed = new ListedEntities(entities, types);
        return new Atomicity(
                entities.stream()
                        .flatMap(entity -> NumberedGroups.in(entity, types))
                        .toList(),
                entities.stream()
                        .flatMap(entity -> ListAttributes.in(entity, types, listed))
                        .toList(),
                entities.stream()
                        .flatMap(entity -> CompoundText.in(entity, types))
                        .toList());
    }
}
