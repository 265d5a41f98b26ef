package dev.schemaproof.analysis.redundancy;

import dev.schemaproof.analysis.BaseTypes;
import dev.schemaproof.analysis.normal.EntityDependencies;
import dev.schemaproof.analysis.normal.Refutations;
import dev.schemaproof.analysis.word.Plural;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Reference;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * An attribute that keeps the number of rows that refer to its entity, shown by its name: {@code comment_count} beside
 * comments that refer to the entity.
 *
 * @param entity has the count
 * @param attribute the count
 * @param child whose rows seem to be counted
 * @param by the reference by which they seem to be counted
 * @param reason how the name led there
 */
public record CountedChildren(Entity entity, Attribute attribute, Entity child, Reference by, String reason) {

    private static final String ENDING = "_count";

    /** A child and the reference by which it belongs to a parent. */
    record Incoming(Entity child, Reference by) {}

    /** Finds the counts in an entity; counts of what isn't in the model are none. */
    static Stream<CountedChildren> in(
            Entity entity,
            List<Incoming> incoming,
            BaseTypes types,
            Function<Entity, EntityDependencies> dependencies) {
        var refutations = Refutations.of(entity);
        return entity.attributes().values().stream()
                .filter(attribute -> attribute.name().value().endsWith(ENDING))
                .filter(attribute -> types.isInteger(attribute.type().value()))
                .filter(attribute -> attribute.generated().isEmpty())
                .filter(attribute ->
                        !refutations.refute(List.of(), attribute.name().value()))
                .flatMap(attribute -> counted(entity, attribute, incoming, dependencies).stream());
    }

    private static Optional<CountedChildren> counted(
            Entity entity,
            Attribute attribute,
            List<Incoming> incoming,
            Function<Entity, EntityDependencies> dependencies) {
        var name = attribute.name().value();
        var word = name.substring(0, name.length() - ENDING.length());
        return incoming.stream()
                .filter(edge -> isNameOf(word, edge.child(), entity))
                .findFirst()
                .map(edge -> new CountedChildren(
                        entity,
                        attribute,
                        edge.child(),
                        edge.by(),
                        "`" + edge.child().name() + "` refers to `" + entity.name() + "` as `"
                                + edge.by().role() + "`"))
                .or(() -> incoming.stream()
                        .flatMap(edge -> byCounterpart(entity, attribute, word, edge, dependencies).stream())
                        .findFirst());
    }

    private static boolean isNameOf(String word, Entity child, Entity parent) {
        var wanted = Plural.singulars(word);
        return Stream.of(child.name().value(), child.table().value())
                .flatMap(name -> Stream.concat(Plural.singulars(name).stream(), withoutParent(name, parent)))
                .anyMatch(wanted::contains);
    }

    /** {@code PostLike} is what a {@code Post} calls a like. */
    private static Stream<String> withoutParent(String name, Entity parent) {
        var prefix = Plural.letters(parent.name().value());
        return Plural.letters(name).startsWith(prefix) && Plural.letters(name).length() > prefix.length()
                ? Plural.singulars(Plural.letters(name).substring(prefix.length())).stream()
                : Stream.empty();
    }

    /**
     * {@code follower_count} counts the rows that have this user in the other role: in an association, whose two references
     * together identify a row, a role names what stands at the other end.
     */
    private static Optional<CountedChildren> byCounterpart(
            Entity entity,
            Attribute attribute,
            String word,
            Incoming edge,
            Function<Entity, EntityDependencies> dependencies) {
        var wanted = Plural.singulars(word);
        return edge.child().references().values().stream()
                .filter(other -> !other.role().equals(edge.by().role()))
                .filter(other -> Plural.singulars(other.role().value()).stream().anyMatch(wanted::contains))
                .filter(other -> {
                    var both = new LinkedHashSet<>(other.names());
                    both.addAll(edge.by().names());
                    return dependencies.apply(edge.child()).isSuperkey(both);
                })
                .findFirst()
                .map(other -> new CountedChildren(
                        entity,
                        attribute,
                        edge.child(),
                        edge.by(),
                        "a `" + other.role() + "` is at the other end of a `"
                                + edge.child().name() + "` that refers to this `" + entity.name() + "` as `"
                                + edge.by().role() + "`"));
    }
}
