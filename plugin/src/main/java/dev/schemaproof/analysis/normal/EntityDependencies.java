package dev.schemaproof.analysis.normal;

import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Index;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.NormalForm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The functional dependencies that hold in an entity, with its attributes' names.
 *
 * <p>They come from its key, from uniques whose attributes are all required (SQL lets any number of rows have no value in
 * a unique, so an optional one is no key), from unique indexes of that kind over all rows, and from its declared
 * {@code dependencies}. What names unknown attributes is left out.
 */
public final class EntityDependencies {

    private final Entity entity;
    private final List<String> names;
    private final Map<String, Integer> positions = new HashMap<>();
    private final DependencySet dependencies;
    private final CandidateKeys keys;

    private EntityDependencies(Entity entity) {
        this.entity = entity;
        names = List.copyOf(entity.attributes().keySet());
        names.forEach(name -> positions.put(name, positions.size()));
        var found = new ArrayList<FunctionalDependency>();
        var all = AttributeSet.firstOf(names.size());
        addKey(entity.keyNames(), all, found);
        entity.uniques().stream()
                .filter(unique -> required(unique.names()))
                .forEach(unique -> addKey(unique.names(), all, found));
        entity.indexes().values().stream()
                .filter(index -> index.unique() && index.where().isEmpty())
                .flatMap(index -> attributesOf(index).stream())
                .filter(this::required)
                .forEach(key -> addKey(key, all, found));
        for (var declared : entity.dependencies()) {
            if (!declared.multivalued()) {
                setOf(values(declared.determinant()))
                        .ifPresent(determinant ->
                                found.add(new FunctionalDependency(determinant, knownOf(declared.dependent()))));
            }
        }
        dependencies = new DependencySet(names.size(), found);
        keys = CandidateKeys.of(dependencies, CandidateKeys.LIMIT);
    }

    public static EntityDependencies of(Entity entity) {
        return new EntityDependencies(entity);
    }

    private void addKey(List<String> key, AttributeSet all, List<FunctionalDependency> found) {
        if (!key.isEmpty()) {
            setOf(key).ifPresent(set -> found.add(new FunctionalDependency(set, all)));
        }
    }

    private boolean required(Collection<String> attributes) {
        return attributes.stream()
                .allMatch(name -> entity.attribute(name)
                        .filter(attribute -> !attribute.optional())
                        .isPresent());
    }

    private static Optional<List<String>> attributesOf(Index index) {
        var attributes =
                index.on().stream().flatMap(part -> part.attribute().stream()).toList();
        return attributes.size() == index.on().size() ? Optional.of(attributes) : Optional.empty();
    }

    private AttributeSet knownOf(List<Located<String>> attributes) {
        return AttributeSet.of(values(attributes).stream()
                .filter(positions::containsKey)
                .mapToInt(positions::get)
                .toArray());
    }

    private static List<String> values(List<Located<String>> attributes) {
        return Located.values(attributes);
    }

    public Entity entity() {
        return entity;
    }

    public DependencySet dependencies() {
        return dependencies;
    }

    /** The candidate keys; without a primary key only what the other dependencies tell. */
    public CandidateKeys keys() {
        return keys;
    }

    /** The attributes of these names, unless one is unknown. */
    public Optional<AttributeSet> setOf(Collection<String> attributes) {
        return positions.keySet().containsAll(attributes)
                ? Optional.of(AttributeSet.of(
                        attributes.stream().mapToInt(positions::get).toArray()))
                : Optional.empty();
    }

    /** The names of these attributes, in order of declaration. */
    public List<String> namesOf(AttributeSet attributes) {
        return attributes.positions().mapToObj(names::get).toList();
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
        var right = Optional.ofNullable(positions.get(attribute));
        if (left.isEmpty() || right.isEmpty()) {
            return Optional.empty();
        }
        if (left.get().contains(right.get()) || dependencies.isSuperkey(left.get())) {
            return Optional.empty();
        }
        return switch (keys.isPrime(right.get())) {
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
