package dev.schemaproof.analysis.normal;

import dev.schemaproof.analysis.type.ModelTypes;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Dependency;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Everything that tells of dependencies in an entity. */
final class DependencySources {

    private final Entity entity;
    private final Model model;
    private final ModelTypes types;
    private final AttributeNames names;
    private final Set<String> present;
    private final KeyDependencies keys;

    DependencySources(Entity entity, Model model, ModelTypes types) {
        this.entity = entity;
        this.model = model;
        this.types = types;
        names = new AttributeNames(entity.attributes().keySet());
        present = PresentAttributes.of(entity, model, types);
        keys = KeyDependencies.of(entity, names, present);
    }

    AttributeNames names() {
        return names;
    }

    /**
     * All that holds among all rows.
     *
     * @param contracts with copies in the entity
     */
    List<SourcedDependency> all(List<Contract> contracts) {
        var found = within();
        var references = new ReferenceDependencies(entity, names, present, model);
        references
                .pulledBack(target -> new DependencySources(target, model, types).within())
                .forEach(found::add);
        references.contracted(contracts).forEach(found::add);
        return found;
    }

    /** What holds among some rows. */
    List<ConditionalDependency> conditional() {
        return keys.conditional();
    }

    /** The declared multivalued dependencies, without those that name unknown attributes. */
    List<DeclaredMultivalued> multivalued() {
        return entity.dependencies().stream()
                .filter(Dependency::multivalued)
                .flatMap(declared -> names.setOf(values(declared.determinant())).stream()
                        .flatMap(determinant -> names.setOf(values(declared.dependent())).stream()
                                .map(dependents -> new DeclaredMultivalued(
                                        new MultivaluedDependency(determinant, dependents.minus(determinant)),
                                        declared))))
                .toList();
    }

    /** What the entity tells by itself. */
    private List<SourcedDependency> within() {
        var found = new ArrayList<>(keys.certain());
        for (var declared : entity.dependencies()) {
            if (!declared.multivalued()) {
                names.setOf(values(declared.determinant()))
                        .ifPresent(determinant -> found.add(new SourcedDependency(
                                new FunctionalDependency(determinant, names.knownOf(values(declared.dependent()))),
                                new Origin.Declared(declared))));
            }
        }
        new RowDependencies(entity, names, present, model, types).all().forEach(found::add);
        return found;
    }

    private static List<String> values(List<Located<String>> attributes) {
        return attributes.stream().map(Located::value).toList();
    }
}
