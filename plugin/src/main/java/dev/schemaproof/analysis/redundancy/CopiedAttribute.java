package dev.schemaproof.analysis.redundancy;

import dev.schemaproof.analysis.BaseTypes;
import dev.schemaproof.analysis.normal.Refutations;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.Reference;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An attribute that repeats one of an entity referred to, shown by its name and type.
 *
 * @param entity has the copy
 * @param attribute the copy
 * @param reference leads to the source
 * @param source the entity referred to
 * @param original the attribute that is repeated
 */
public record CopiedAttribute(
        Entity entity, Attribute attribute, Reference reference, Entity source, Attribute original) {

    /**
     * Where a copy may come from.
     *
     * @param stems what the names of copies begin with
     */
    private record Lead(Reference reference, Entity source, Set<String> stems) {}

    /** The original as contracts name it: {@code author.name}. */
    public String path() {
        return reference.role() + "." + original.name();
    }

    /**
     * Finds the copies in an entity, at most one for each attribute: {@code author_name} beside the reference
     * {@code author} to an entity with {@code name}, {@code student_name} beside {@code student_id} that refers to an
     * entity with {@code name}, and an attribute of the same name that is not commonplace.
     *
     * <p>Attributes of references are none, since they are how an entity refers, nor is what {@code independent} refutes
     * or what is generated from the row itself.
     */
    static Stream<CopiedAttribute> in(Entity entity, Model model, BaseTypes types, Commonplace commonplace) {
        if (entity.references().isEmpty()) {
            return Stream.empty();
        }
        var referring = entity.references().values().stream()
                .flatMap(reference -> reference.names().stream())
                .collect(Collectors.toSet());
        var leads = entity.references().values().stream()
                .flatMap(reference -> model.entity(reference.entity().value()).filter(Entity::sound).stream()
                        .map(source -> new Lead(reference, source, stems(reference, source))))
                .toList();
        var identifying = identifying(entity);
        var refutations = Refutations.of(entity);
        return entity.attributes().values().stream()
                .filter(attribute -> !referring.contains(attribute.name().value()))
                .filter(attribute -> attribute.generated().isEmpty())
                .flatMap(attribute -> leads.stream()
                        .filter(lead -> !refutations.refute(
                                lead.reference().names(), attribute.name().value()))
                        .flatMap(lead -> original(entity, attribute, lead, identifying, commonplace)
                                .filter(original -> types.same(
                                        attribute.type().value(),
                                        original.type().value()))
                                .stream()
                                .map(original -> new CopiedAttribute(
                                        entity, attribute, lead.reference(), lead.source(), original)))
                        .limit(1));
    }

    private static Optional<Attribute> original(
            Entity entity, Attribute attribute, Lead lead, Set<String> identifying, Commonplace commonplace) {
        var name = attribute.name().value();
        var source = lead.source();
        for (var stem : lead.stems()) {
            var original = beginsWith(name, stem)
                    ? source.attribute(name.substring(stem.length() + 1))
                    : Optional.<Attribute>empty();
            if (original.isPresent()) {
                return original;
            }
        }
        // Rows that refer to their own kind have all names in common, and what identifies a row is its own
        if (source.name().equals(entity.name()) || identifying.contains(name)) {
            return Optional.empty();
        }
        return source.attribute(name)
                .filter(original -> !source.keyNames().contains(name))
                .filter(original ->
                        !commonplace.is(name) || isUnique(source, name) || isCalledAfter(source, lead.stems(), name));
    }

    /** {@code customer_status} is the customer's, even if every entity has a status. */
    private static boolean isCalledAfter(Entity source, Set<String> stems, String name) {
        var called = source.name().value().toLowerCase(Locale.ROOT);
        var letters = name.replace("_", "");
        return stems.stream().anyMatch(stem -> beginsWith(name, stem))
                || (letters.startsWith(called) && !letters.equals(called));
    }

    private static boolean beginsWith(String name, String stem) {
        return name.length() > stem.length() && name.charAt(stem.length()) == '_' && name.startsWith(stem);
    }

    /** What names of copies through this reference begin with: its role, its attribute without the key's name. */
    private static Set<String> stems(Reference reference, Entity source) {
        var stems = new LinkedHashSet<String>();
        stems.add(reference.role().value());
        if (reference.attributes().size() == 1 && source.key().size() == 1) {
            var attribute = reference.attributes().get(0).value();
            for (var ending : List.of("_" + source.key().get(0), "_id")) {
                if (attribute.endsWith(ending) && attribute.length() > ending.length()) {
                    stems.add(attribute.substring(0, attribute.length() - ending.length()));
                }
            }
        }
        return stems;
    }

    private static Set<String> identifying(Entity entity) {
        return Stream.concat(
                        entity.key().stream(),
                        entity.uniques().stream().flatMap(unique -> unique.attributes().stream()))
                .map(Located::value)
                .collect(Collectors.toSet());
    }

    private static boolean isUnique(Entity entity, String attribute) {
        return entity.uniques().stream().anyMatch(unique -> unique.names().equals(List.of(attribute)));
    }
}
