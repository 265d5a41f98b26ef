package dev.schemaproof.analysis.redundancy;

import dev.schemaproof.analysis.BaseTypes;
import dev.schemaproof.analysis.normal.EntityDependencies;
import dev.schemaproof.analysis.redundancy.CountedChildren.Incoming;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;

/**
 * Everything a model seems to say twice, whether a contract documents it or not. The work grows with the number of
 * attributes times the number of references of their entity, and is done side by side, as each entity is judged by itself.
 *
 * @param copies attributes of entities referred to, repeated
 * @param counts numbers of referring rows, kept
 * @param hunches dependencies that only names suggest, except where a copy says more
 * @param derived attributes that others of the same row seem to tell
 */
public record Redundancies(
        List<CopiedAttribute> copies,
        List<CountedChildren> counts,
        List<Hunch> hunches,
        List<DerivedAttribute> derived) {

    public Redundancies {
        copies = List.copyOf(copies);
        counts = List.copyOf(counts);
        hunches = List.copyOf(hunches);
        derived = List.copyOf(derived);
    }

    public static Redundancies of(Model model, BaseTypes types, Function<Entity, EntityDependencies> dependencies) {
        var entities = model.entities().values().stream().filter(Entity::sound).toList();
        var incoming = new HashMap<String, List<Incoming>>();
        for (var child : entities) {
            for (var reference : child.references().values()) {
                incoming.computeIfAbsent(reference.entity().value(), parent -> new ArrayList<>())
                        .add(new Incoming(child, reference));
            }
        }
        var commonplace = Commonplace.in(entities);
        var copies = entities.parallelStream()
                .flatMap(entity -> CopiedAttribute.in(entity, model, types, commonplace))
                .toList();
        var counts = entities.parallelStream()
                .flatMap(entity -> CountedChildren.in(
                        entity, incoming.getOrDefault(entity.name().value(), List.of()), types, dependencies))
                .toList();
        var hunches = entities.parallelStream()
                .flatMap(entity -> Hunch.in(entity, types))
                .toList();
        var derived = entities.parallelStream()
                .flatMap(entity -> DerivedAttributes.in(entity, types))
                .toList();
        return new Redundancies(copies, counts, hunches, derived);
    }
}
