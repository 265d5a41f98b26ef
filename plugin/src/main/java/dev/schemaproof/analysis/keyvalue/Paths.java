package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.analysis.BaseTypes;
import dev.schemaproof.diagnostic.NearestName;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.Reference;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Follows paths through the references of a model. */
public final class Paths {

    private final Model model;
    private final BaseTypes bases;
    private final Map<Attribute, ValueType> types = new HashMap<>();

    public Paths(Model model) {
        this.model = model;
        bases = new BaseTypes(model);
    }

    /** Where a path leads. */
    sealed interface Outcome {

        /** To an attribute. */
        record Found(ResolvedPath path) implements Outcome {}

        /**
         * Nowhere.
         *
         * @param begin where the first name that names nothing begins, in characters of the path
         * @param name that name
         * @param kind what it should name
         * @param owner the entity in which it was looked for
         * @param nearest the name that may be meant
         */
        record Lost(int begin, String name, String kind, Entity owner, Optional<String> nearest) implements Outcome {}

        /** To an entity that could not be read, which has been reported. */
        record Unjudged() implements Outcome {}
    }

    Outcome follow(Entity start, String text) {
        // An attribute may have a dot in its own name
        var path = start.attribute(text).isPresent() ? new AttributePath(List.of(), text) : AttributePath.of(text);
        var owner = start;
        var optional = false;
        var begin = 0;
        for (var role : path.roles()) {
            var reference = owner.reference(role);
            if (reference.isEmpty()) {
                return lost(owner, begin, role, "reference", owner.references().keySet());
            }
            optional |= optional(owner, reference.get());
            var target = model.entity(reference.get().entity().value()).filter(Entity::sound);
            if (target.isEmpty()) {
                return new Outcome.Unjudged();
            }
            owner = target.get();
            begin += role.length() + 1;
        }
        var attribute = owner.attribute(path.attribute());
        if (attribute.isEmpty()) {
            return lost(
                    owner,
                    begin,
                    path.attribute(),
                    "attribute",
                    owner.attributes().keySet());
        }
        return new Outcome.Found(new ResolvedPath(
                path,
                canonical(start, path),
                owner,
                attribute.get(),
                type(owner, attribute.get()),
                optional || attribute.get().optional()));
    }

    /** The same, where the path leads somewhere. */
    public Optional<ResolvedPath> find(Entity start, String text) {
        return follow(start, text) instanceof Outcome.Found found ? Optional.of(found.path()) : Optional.empty();
    }

    private static Outcome lost(Entity owner, int begin, String name, String kind, Collection<String> known) {
        return new Outcome.Lost(begin, name, kind, owner, NearestName.of(name, known));
    }

    private ValueType type(Entity owner, Attribute attribute) {
        return types.computeIfAbsent(attribute, some -> ValueType.of(model, bases, owner, some));
    }

    private static boolean optional(Entity owner, Reference reference) {
        return reference.names().stream()
                .anyMatch(name -> owner.attribute(name).map(Attribute::optional).orElse(false));
    }

    /** The entity at the end of the roles. */
    public Optional<Entity> entityAt(Entity start, List<String> roles) {
        var entity = Optional.of(start);
        for (var role : roles) {
            entity = entity.flatMap(owner -> owner.reference(role))
                    .flatMap(reference -> model.entity(reference.entity().value()))
                    .filter(Entity::sound);
        }
        return entity;
    }

    /** The path without its last reference as long as that only leads to what the reference itself holds. */
    AttributePath canonical(Entity start, AttributePath path) {
        var shortest = path;
        while (!shortest.own()) {
            var shorter = withoutLastRole(start, shortest);
            if (shorter.isEmpty()) {
                return shortest;
            }
            shortest = shorter.get();
        }
        return shortest;
    }

    private Optional<AttributePath> withoutLastRole(Entity start, AttributePath path) {
        var last = path.roles().size() - 1;
        var before = path.roles().subList(0, last);
        return entityAt(start, before)
                .flatMap(owner -> owner.reference(path.roles().get(last)))
                .flatMap(reference -> model.entity(reference.entity().value())
                        .map(target -> target.keyNames().indexOf(path.attribute()))
                        .filter(index -> index >= 0 && index < reference.names().size())
                        .map(index ->
                                new AttributePath(before, reference.names().get(index))));
    }

    /** All that is known of a row where these canonical paths are known, through keys and declared dependencies. */
    public Set<AttributePath> closure(Entity start, Collection<AttributePath> known) {
        return closure(start, known, List.of());
    }

    /**
     * The same, also of entities that are only asked about.
     *
     * @param asked paths whose entities are looked at too
     */
    Set<AttributePath> closure(Entity start, Collection<AttributePath> known, Collection<AttributePath> asked) {
        var closed = new HashSet<>(known);
        var prefixes = new HashSet<List<String>>();
        Stream.concat(known.stream(), asked.stream()).forEach(path -> {
            for (var i = 0; i <= path.roles().size(); i++) {
                prefixes.add(path.roles().subList(0, i));
            }
        });
        prefixes.add(List.of());
        var size = -1;
        while (size < closed.size()) {
            size = closed.size();
            for (var prefix : prefixes) {
                entityAt(start, prefix).ifPresent(entity -> close(start, prefix, entity, closed));
            }
        }
        return closed;
    }

    private void close(Entity start, List<String> prefix, Entity entity, Set<AttributePath> closed) {
        var all = List.copyOf(entity.attributes().keySet());
        if (!entity.key().isEmpty()) {
            conclude(start, prefix, entity.keyNames(), all, closed);
        }
        for (var unique : entity.uniques()) {
            if (required(entity, unique.names())) {
                conclude(start, prefix, unique.names(), all, closed);
            }
        }
        for (var dependency : entity.dependencies()) {
            var determinant = dependency.determinant().stream()
                    .map(located -> located.value())
                    .toList();
            if (!dependency.multivalued() && required(entity, determinant)) {
                var dependent = dependency.dependent().stream()
                        .map(located -> located.value())
                        .toList();
                conclude(start, prefix, determinant, dependent, closed);
            }
        }
    }

    private void conclude(
            Entity start, List<String> prefix, List<String> from, List<String> to, Set<AttributePath> closed) {
        if (from.stream().allMatch(name -> closed.contains(canonical(start, new AttributePath(prefix, name))))) {
            to.forEach(name -> closed.add(canonical(start, new AttributePath(prefix, name))));
        }
    }

    private static boolean required(Entity entity, List<String> names) {
        return names.stream()
                .allMatch(name -> entity.attribute(name).map(a -> !a.optional()).orElse(false));
    }

    /** Whether knowing these canonical paths means knowing which row it is. */
    public boolean identify(Entity entity, Collection<AttributePath> known) {
        var closed = closure(entity, known);
        var identity = entity.key().isEmpty() ? List.copyOf(entity.attributes().keySet()) : entity.keyNames();
        return identity.stream().allMatch(name -> closed.contains(new AttributePath(List.of(), name)));
    }
}
