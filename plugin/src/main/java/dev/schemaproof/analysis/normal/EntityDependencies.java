package dev.schemaproof.analysis.normal;

import dev.schemaproof.analysis.type.ModelTypes;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.NormalForm;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The functional dependencies that hold in an entity, with its attributes' names and with their origins.
 *
 * <p>They come from its keys as SQL understands them, from its declared {@code dependencies}, from generated columns and
 * checks, and through references. What names unknown attributes is left out.
 */
public final class EntityDependencies {

    private final Entity entity;
    private final AttributeNames names;
    private final List<SourcedDependency> sourced;
    private final List<ConditionalDependency> conditional;
    private final List<DeclaredMultivalued> multivalued;
    private final DependencySet dependencies;
    private final DependencySet enforced;
    private final CandidateKeys keys;

    private EntityDependencies(Entity entity, DependencySources sources, List<Contract> contracts) {
        this.entity = entity;
        names = sources.names();
        sourced = List.copyOf(sources.all(contracts));
        conditional = List.copyOf(sources.conditional());
        multivalued = sources.multivalued();
        dependencies = setOf(sourced.stream());
        enforced = setOf(sourced.stream().filter(given -> given.origin().enforced()));
        keys = CandidateKeys.of(dependencies, CandidateKeys.LIMIT);
    }

    /**
     * Those of an entity.
     *
     * @param types the expressions of generated columns and checks
     * @param contracts those of the model with copies in the entity
     */
    public static EntityDependencies of(Entity entity, Model model, ModelTypes types, List<Contract> contracts) {
        return new EntityDependencies(entity, new DependencySources(entity, model, types), contracts);
    }

    private DependencySet setOf(Stream<SourcedDependency> given) {
        return new DependencySet(
                names.size(), given.map(SourcedDependency::dependency).toList());
    }

    public Entity entity() {
        return entity;
    }

    public DependencySet dependencies() {
        return dependencies;
    }

    /** The dependencies with their origins, in the order of {@link #dependencies()}. */
    public List<SourcedDependency> sourced() {
        return sourced;
    }

    /** Why the dependency at this index of {@link #dependencies()} holds. */
    public Origin originOf(int index) {
        return sourced.get(index).origin();
    }

    /** What holds among some rows only; no part of {@link #dependencies()}. */
    public List<ConditionalDependency> conditional() {
        return conditional;
    }

    /** The declared multivalued dependencies; no part of {@link #dependencies()}. */
    public List<DeclaredMultivalued> multivalued() {
        return multivalued;
    }

    /** The candidate keys; without a primary key only what the other dependencies tell. */
    public CandidateKeys keys() {
        return keys;
    }

    /** The attributes of these names, unless one is unknown. */
    public Optional<AttributeSet> setOf(Collection<String> attributes) {
        return names.setOf(attributes);
    }

    /** The attributes of these names, without those that are unknown. */
    public AttributeSet knownOf(Collection<String> attributes) {
        return names.knownOf(attributes);
    }

    /** The names of these attributes, in order of declaration. */
    public List<String> namesOf(AttributeSet attributes) {
        return names.namesOf(attributes);
    }

    /**
     * Whether the database itself keeps the attribute as the determinant says: it is generated, or a check or a foreign key
     * holds it. Such values repeat themselves, but cannot drift apart.
     */
    public boolean isHeld(Collection<String> determinant, String attribute) {
        return setOf(determinant)
                .filter(left -> names.position(attribute).stream()
                        .anyMatch(position -> enforced.closure(left).contains(position)))
                .isPresent();
    }

    /** Whether the attributes determine all others. */
    public boolean isSuperkey(Collection<String> attributes) {
        return setOf(attributes).filter(dependencies::isSuperkey).isPresent();
    }

    /**
     * The normal form that it breaks that the determinant determines the attribute; the lowest, if any.
     *
     * <p>Second: the determinant is a proper part of a candidate key, and the attribute is in none. Third: otherwise, it is
     * no superkey, and the attribute is in no candidate key. Boyce-Codd: it is no superkey, and the attribute is in one.
     *
     * @return empty if it breaks none, if a name is unknown, or if too many keys leave it undecided
     */
    public Optional<NormalForm> brokenBy(Collection<String> determinant, String attribute) {
        var left = setOf(determinant);
        var right = names.position(attribute);
        if (left.isEmpty() || right.isEmpty()) {
            return Optional.empty();
        }
        var position = right.getAsInt();
        if (left.get().contains(position) || dependencies.isSuperkey(left.get())) {
            return Optional.empty();
        }
        return switch (keys.isPrime(position)) {
            case YES -> Optional.of(NormalForm.BOYCE_CODD);
            case UNKNOWN -> Optional.empty();
            case NO ->
                Optional.of(keys.properlyContaining(left.get()).isPresent() ? NormalForm.SECOND : NormalForm.THIRD);
        };
    }

    /** The smallest candidate key of which the attributes are a proper part. */
    public Optional<List<String>> keyAround(Collection<String> attributes) {
        return setOf(attributes).flatMap(keys::properlyContaining).map(this::namesOf);
    }

    /** A proper part of a candidate key that determines all these attributes, least in itself. */
    public Optional<List<String>> keyPartBehind(Collection<String> attributes) {
        return setOf(attributes)
                .flatMap(goal -> keys.found().stream()
                        .flatMap(key -> key.positions().mapToObj(key::without))
                        .filter(part -> dependencies.closure(part).containsAll(goal))
                        .findFirst()
                        .map(part -> namesOf(dependencies.reduce(part, goal))));
    }
}
