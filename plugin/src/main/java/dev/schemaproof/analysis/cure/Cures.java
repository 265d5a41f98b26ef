package dev.schemaproof.analysis.cure;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.normal.Answer;
import dev.schemaproof.analysis.normal.AttributeSet;
import dev.schemaproof.analysis.normal.Decomposition;
import dev.schemaproof.analysis.normal.EntityDependencies;
import dev.schemaproof.analysis.normal.FunctionalDependency;
import dev.schemaproof.analysis.type.IndexClasses;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Dependency;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Index;
import dev.schemaproof.model.RelationalStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The decompositions of a model's entities, each made when it is first asked for. To be used by one thread at a time. */
public final class Cures {

    private final Facts facts;
    private final EntityNames names;
    private final Map<Cause, Optional<Cure>> cures = new HashMap<>();
    private final Map<List<Suspected>, EntityDependencies> suspected = new HashMap<>();
    private final Map<Parted, Cure> byParts = new HashMap<>();
    private final IdentityHashMap<EntityDependencies, List<Group>> groups = new IdentityHashMap<>();
    private @Nullable Set<String> copies;
    private @Nullable Readers readers;

    /** A dependency that only names suggest. */
    public record Suspected(Entity entity, List<String> determinant, String dependent) {

        public Suspected {
            determinant = List.copyOf(determinant);
        }
    }

    private record Cause(String entity, List<String> determinant, String dependent, List<Suspected> suspected) {}

    /** What makes two cures of different causes the same. */
    private record Parted(String entity, List<Part> parts) {}

    public Cures(Facts facts) {
        this.facts = facts;
        names = new EntityNames(facts.model(), facts.types());
    }

    /**
     * The decomposition that ends a dependency which breaks a normal form.
     *
     * <p>Of the attributes that the determinant determines it takes all that are stored, that no contract documents and
     * that no key contains; those of keys only where the dependent itself is one.
     *
     * @return empty where nothing can be taken out: the entity is in no relational store, the determinant can't be a key, or
     *     the dependent has to stay
     */
    public Optional<Cure> of(Entity entity, Collection<String> determinant, String dependent) {
        return of(facts.dependenciesOf(entity), List.copyOf(determinant), dependent, List.of());
    }

    /**
     * The decomposition as it would be if what is suspected were true.
     *
     * @param all everything suspected of the determinant
     */
    public Optional<Cure> ifTrue(Suspected one, List<Suspected> all) {
        var entity = one.entity();
        var confirmed = suspected.computeIfAbsent(all, known -> facts.dependenciesIn(confirmed(entity, known)));
        return of(confirmed, one.determinant(), one.dependent(), all);
    }

    private static Entity confirmed(Entity entity, List<Suspected> all) {
        var draft = new Draft(entity);
        for (var guess : all) {
            draft.dependencies.add(new Dependency(
                    draft.named(guess.determinant()),
                    List.of(draft.named(guess.dependent())),
                    false,
                    entity.name().at()));
        }
        return draft.entity();
    }

    private Optional<Cure> of(
            EntityDependencies dependencies, List<String> determinant, String dependent, List<Suspected> suspected) {
        var entity = dependencies.entity();
        var cause = new Cause(entity.name().value(), determinant, dependent, suspected);
        var known = cures.get(cause);
        if (known != null) {
            return known;
        }
        var cure = made(dependencies, determinant, dependent);
        cures.put(cause, cure);
        return cure;
    }

    private static boolean isKept(EntityDependencies dependencies, String name) {
        return dependencies
                .setOf(List.of(name))
                .map(set -> dependencies.keys().isPrime(only(set)) != Answer.NO)
                .orElse(true);
    }

    private static int only(AttributeSet attribute) {
        return attribute.positions().findFirst().orElseThrow();
    }

    private Optional<Cure> made(EntityDependencies dependencies, List<String> determinant, String dependent) {
        var entity = dependencies.entity();
        var left = dependencies.setOf(determinant);
        var right = dependencies.setOf(List.of(dependent));
        if (left.isEmpty()
                || right.isEmpty()
                || !(facts.model().storeOf(entity) instanceof RelationalStore store)
                || stays(dependencies, dependent)) {
            return Optional.empty();
        }
        var ofKeys = isKept(dependencies, dependent);
        var usage = new Usage(entity, facts.sql());
        return Parting.of(
                        dependencies,
                        groups.computeIfAbsent(dependencies, known -> Group.of(known.dependencies())),
                        left.get(),
                        only(right.get()),
                        name -> stays(dependencies, name) || !ofKeys && isKept(dependencies, name),
                        usage)
                .filter(parting ->
                        parting.parts().stream().allMatch(part -> canBeKey(entity, part.determinant(), store)))
                .map(parting -> byParts.computeIfAbsent(
                        new Parted(entity.name().value(), parting.parts()),
                        parted -> cure(dependencies, parting, usage)));
    }

    private Cure cure(EntityDependencies dependencies, Parting parting, Usage usage) {
        // What is only suspected stands in no entity
        var entity = facts.model().entity(dependencies.entity().name().value()).orElse(dependencies.entity());
        var separation = new Separation(entity, dependencies, parting, names, facts.types());
        separation.separate();
        new Belongings(separation, usage).sort();
        var cure = new Cure(
                entity,
                separation.after().entity(),
                separation.homes(),
                List.copyOf(parting.dropped()),
                lost(dependencies, parting),
                separation.looseEnds());
        var ends = new ArrayList<>(cure.looseEnds());
        ends.addAll(readers().of(cure));
        return new Cure(cure.before(), cure.after(), cure.homes(), cure.dropped(), cure.lost(), ends);
    }

    private Readers readers() {
        if (readers == null) {
            readers = new Readers(facts);
        }
        return readers;
    }

    /** What follows from nothing that a single one of the tables can show; attributes that are computed are no loss. */
    private static List<Lost> lost(EntityDependencies dependencies, Parting parting) {
        var set = dependencies.dependencies();
        var fragments = new ArrayList<AttributeSet>();
        fragments.add(set.all().minus(dependencies.setOf(parting.gone()).orElseThrow()));
        parting.parts().forEach(part -> dependencies.setOf(part.attributes()).ifPresent(fragments::add));
        var dropped = dependencies.setOf(parting.dropped()).orElseThrow();
        return Decomposition.lostBy(set, fragments).stream()
                .map(lost -> new FunctionalDependency(
                        lost.determinant(), lost.dependents().minus(dropped)))
                .filter(lost ->
                        !lost.dependents().isEmpty() && !lost.determinant().intersects(dropped))
                .map(lost ->
                        new Lost(dependencies.namesOf(lost.determinant()), dependencies.namesOf(lost.dependents())))
                .distinct()
                .toList();
    }

    /** Whether an attribute has to stay where it is, whatever determines it. */
    private boolean stays(EntityDependencies dependencies, String name) {
        var entity = dependencies.entity();
        return entity.attribute(name).flatMap(Attribute::generated).isPresent()
                || facts.contractInto(entity, name).isPresent()
                || copies().contains(entity.name() + "." + name)
                || isEnforced(dependencies, name);
    }

    /** Whether the database itself keeps it equal to what determines it, so that it can't drift. */
    private static boolean isEnforced(EntityDependencies dependencies, String name) {
        return dependencies.setOf(List.of(name)).stream()
                .anyMatch(attribute -> dependencies.sourced().stream()
                        .anyMatch(sourced -> sourced.origin().enforced()
                                && sourced.dependency().dependents().containsAll(attribute)
                                && !sourced.dependency().determinant().containsAll(attribute)
                                && !dependencies
                                        .dependencies()
                                        .isSuperkey(sourced.dependency().determinant())));
    }

    private Set<String> copies() {
        if (copies == null) {
            copies = facts.redundancies().copies().stream()
                    .map(copy -> copy.entity().name() + "." + copy.attribute().name())
                    .collect(Collectors.toSet());
        }
        return copies;
    }

    /** Whether the attributes can be a primary key that others refer to. */
    private boolean canBeKey(Entity entity, List<String> determinant, RelationalStore store) {
        var types = facts.typing().system(store);
        var classes = new IndexClasses(types);
        return determinant.stream()
                .flatMap(name -> entity.attribute(name).stream())
                .allMatch(attribute -> !attribute.virtual()
                        && types.of(attribute.type().value())
                                .filter(type -> !type.isUnknown())
                                .map(type -> classes.standard(Index.Method.BTREE, type)
                                        .isPresent())
                                .orElse(true));
    }
}
