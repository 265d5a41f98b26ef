package dev.schemaproof.analysis.cure;

import dev.schemaproof.analysis.BaseTypes;
import dev.schemaproof.analysis.relational.RelationalName;
import dev.schemaproof.analysis.relational.RelationalNames;
import dev.schemaproof.dialect.postgresql.PostgresNames;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.Reference;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.RelationalTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What entities of one fact each are called, and whether the model has them already. */
final class EntityNames {

    /** What stands behind the name of a thing when an attribute identifies it. */
    private static final List<String> IDENTIFIERS =
            List.of("_id", "_uuid", "_code", "_key", "_no", "_nr", "_number", "_ref");

    /** Whose code is a thing of its own: a {@code ZipCode} is no zip. */
    private static final Set<String> CODED =
            Set.of("zip", "post", "postal", "area", "bar", "qr", "promo", "dial", "discount", "coupon", "source");

    /** Names that many entities give their keys, so that the same name means nothing. */
    private static final Set<String> COMMONPLACE =
            Set.of("id", "uuid", "code", "key", "name", "number", "no", "nr", "type", "kind", "status", "day", "date");

    /** In characters, so that what is made of a name stays within the bytes that databases keep. */
    private static final int LONGEST = 40;

    private final Model model;
    private final BaseTypes types;
    private final Map<List<String>, List<Entity>> byKey = new HashMap<>();
    private final Map<String, Set<String>> takenByStore = new HashMap<>();

    EntityNames(Model model, BaseTypes types) {
        this.model = model;
        this.types = types;
    }

    /**
     * An entity that exists already.
     *
     * @param key its attributes by which it is referred to, in the order of the determinant
     * @param role the reference to it, if there is one
     */
    record Existing(Entity entity, List<String> key, Optional<Reference> role) {}

    /** The entity whose key the determinant is: what it refers to, else the only one whose key is called and typed like it. */
    Optional<Existing> existing(Entity entity, Map<String, Reference> references, List<String> determinant) {
        return references.values().stream()
                .filter(reference -> Set.copyOf(reference.names()).equals(Set.copyOf(determinant)))
                .flatMap(reference -> model
                        .entity(reference.entity().value())
                        .filter(target -> isTarget(entity, target) && isResolved(reference, target))
                        .map(target -> referred(reference, target, determinant))
                        .stream())
                .findFirst()
                .or(() -> byKey(entity, determinant));
    }

    private static Existing referred(Reference reference, Entity target, List<String> determinant) {
        var referred = reference.referredNames(target);
        return new Existing(
                target,
                determinant.stream()
                        .map(name -> referred.get(reference.names().indexOf(name)))
                        .toList(),
                Optional.of(reference));
    }

    /** Whether each of its attributes refers to one that is there; if not, others report it. */
    private static boolean isResolved(Reference reference, Entity target) {
        var referred = reference.referredNames(target);
        return referred.size() == reference.names().size()
                && referred.stream().distinct().count() == referred.size()
                && target.attributes().keySet().containsAll(referred);
    }

    private boolean isTarget(Entity entity, Entity target) {
        return target.sound()
                && target.attributes().keySet().containsAll(target.keyNames())
                && !target.name().value().equals(entity.name().value())
                && !target.key().isEmpty()
                && model.storeOf(target)
                        .name()
                        .value()
                        .equals(model.storeOf(entity).name().value());
    }

    private Optional<Existing> byKey(Entity entity, List<String> determinant) {
        var candidates = called(determinant).stream()
                .filter(target -> isTarget(entity, target))
                .flatMap(target ->
                        sameKey(entity, target, determinant)
                                .map(key -> new Existing(target, key, Optional.empty()))
                                .stream())
                .toList();
        var wanted = letters(nameFor(determinant));
        return candidates.size() == 1
                ? Optional.of(candidates.get(0))
                : candidates.stream()
                        .filter(found -> letters(found.entity().name().value()).equals(wanted))
                        .findFirst();
    }

    /** The entities whose keys may be called like it. */
    private Collection<Entity> called(List<String> determinant) {
        if (byKey.isEmpty()) {
            for (var target : model.entities().values()) {
                var name = letters(target.name().value());
                var key = target.keyNames();
                Stream.of(key.stream().sorted().toList(), List.of(name), List.of(name + letters(String.join("", key))))
                        .forEach(called -> byKey.computeIfAbsent(called, same -> new ArrayList<>())
                                .add(target));
            }
        }
        var found =
                new ArrayList<>(byKey.getOrDefault(determinant.stream().sorted().toList(), List.of()));
        if (determinant.size() == 1) {
            found.addAll(byKey.getOrDefault(List.of(letters(determinant.get(0))), List.of()));
        }
        return found.stream().distinct().toList();
    }

    private Optional<List<String>> sameKey(Entity entity, Entity target, List<String> determinant) {
        var key = target.keyNames();
        if (Set.copyOf(key).equals(Set.copyOf(determinant))) {
            return key.stream().allMatch(COMMONPLACE::contains) || !sameTypes(entity, target, determinant, determinant)
                    ? Optional.empty()
                    : Optional.of(determinant);
        }
        return determinant.size() == 1
                        && key.size() == 1
                        && isCalled(target, key.get(0), determinant.get(0))
                        && sameTypes(entity, target, determinant, key)
                ? Optional.of(key)
                : Optional.empty();
    }

    /** {@code room_id} for the {@code id} of a {@code Room}, {@code zip_code} for the {@code code} of a {@code ZipCode}. */
    private static boolean isCalled(Entity target, String key, String attribute) {
        var entityName = letters(target.name().value());
        var letters = letters(attribute);
        return letters.equals(entityName + letters(key))
                || letters.equals(entityName) && letters.endsWith(letters(key));
    }

    private boolean sameTypes(Entity entity, Entity target, List<String> attributes, List<String> key) {
        for (var i = 0; i < key.size(); i++) {
            var one = entity.attribute(attributes.get(i));
            var other = target.attribute(key.get(i));
            if (one.isEmpty()
                    || other.isEmpty()
                    || !types.same(one.get().type().value(), other.get().type().value())) {
                return false;
            }
        }
        return true;
    }

    /** A name for a new entity that nothing in the model or its database has yet. */
    String unused(Entity entity, List<String> determinant, Collection<String> others) {
        var wanted = nameFor(determinant);
        var taken = taken(entity);
        Predicate<String> free = name -> !model.entities().containsKey(name)
                && !model.types().containsKey(name)
                && others.stream().noneMatch(name::equalsIgnoreCase)
                && Stream.of(RelationalTable.nameFor(name), PostgresNames.primaryKey(RelationalTable.nameFor(name)))
                        .noneMatch(table -> taken.contains(table.toLowerCase(Locale.ROOT)));
        var owned = entity.name().value() + wanted;
        return Stream.concat(
                        Stream.of(wanted, owned), Stream.iterate(2, n -> n + 1).map(n -> owned + n))
                .filter(free)
                .findFirst()
                .orElseThrow();
    }

    private Set<String> taken(Entity entity) {
        var store = model.storeOf(entity);
        return store instanceof RelationalStore relational
                ? takenByStore.computeIfAbsent(
                        store.name().value(),
                        name -> RelationalNames.in(model, relational).stream()
                                .filter(taken -> taken.kind().isRelation()
                                        || taken.kind().isType())
                                .map(RelationalName::name)
                                .map(taken -> taken.toLowerCase(Locale.ROOT))
                                .collect(Collectors.toSet()))
                : Set.of();
    }

    /** The name of an index that nothing in the database has yet. */
    String unusedIndex(Entity entity, String wanted) {
        var taken = taken(entity);
        return unlike(wanted, name -> taken.contains(name.toLowerCase(Locale.ROOT)));
    }

    /** {@code ZipCode} for {@code zip_code}, {@code Room} for {@code room_id}, {@code CourseYear} for both of two. */
    private static String nameFor(List<String> determinant) {
        var name = determinant.stream()
                .map(attribute ->
                        pascalCase(determinant.size() == 1 ? thing(attribute, true) : thing(attribute, false)))
                .distinct()
                .collect(Collectors.joining());
        var legible = name.isEmpty() || Character.isDigit(name.charAt(0)) ? "Fact" + name : name;
        return legible.codePointCount(0, legible.length()) <= LONGEST
                ? legible
                : legible.substring(0, legible.offsetByCodePoints(0, LONGEST));
    }

    /** What plays a part when an attribute identifies it: {@code zip} for {@code zip_code}. */
    static String role(List<String> determinant, String entity) {
        return determinant.size() == 1 ? thing(determinant.get(0), false) : RelationalTable.nameFor(entity);
    }

    private static String thing(String attribute, boolean entity) {
        return IDENTIFIERS.stream()
                .filter(ending -> attribute.length() > ending.length()
                        && attribute.toLowerCase(Locale.ROOT).endsWith(ending))
                .map(ending -> attribute.substring(0, attribute.length() - ending.length()))
                .filter(stem -> !entity || !attribute.endsWith("_code") || !CODED.contains(lastWord(stem)))
                .findFirst()
                .orElse(attribute);
    }

    private static String lastWord(String name) {
        return name.substring(name.lastIndexOf('_') + 1).toLowerCase(Locale.ROOT);
    }

    private static String pascalCase(String name) {
        return Arrays.stream(name.split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }

    private static String letters(String name) {
        return name.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
    }

    /** The name, with a number behind it where it is taken. */
    static String unlike(String wanted, Predicate<String> taken) {
        return Stream.concat(Stream.of(wanted), Stream.iterate(2, n -> n + 1).map(n -> wanted + "_" + n))
                .filter(taken.negate())
                .findFirst()
                .orElseThrow();
    }
}
