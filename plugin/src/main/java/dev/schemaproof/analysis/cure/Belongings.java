package dev.schemaproof.analysis.cure;

import dev.schemaproof.analysis.cure.LooseEnd.Kind;
import dev.schemaproof.analysis.cure.Separation.Place;
import dev.schemaproof.analysis.normal.Refutations;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Dependency;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Exclusion;
import dev.schemaproof.model.Index;
import dev.schemaproof.model.KeyDesign;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.UniqueKey;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Takes what an entity has beside its attributes to where it belongs when some of them leave: what concerns only what
 * stays, stays; what concerns only one home, goes there; what would span both is dropped and named.
 */
final class Belongings {

    private final Separation separation;
    private final Entity entity;
    private final Usage usage;
    private final Set<String> gone;
    private final Draft after;

    Belongings(Separation separation, Usage usage) {
        this.separation = separation;
        this.usage = usage;
        entity = separation.entity();
        gone = separation.gone();
        after = separation.after();
    }

    void sort() {
        uniques();
        references();
        checks();
        indexes();
        exclusions();
        dependencies();
        independences();
        surroundings();
    }

    private boolean concernsWhatStays(Set<String> attributes) {
        return attributes.stream().noneMatch(gone::contains);
    }

    /** The home that has all of these attributes, under the names that they had. */
    private Optional<Place> home(Set<String> attributes) {
        return separation.places().stream()
                .filter(place -> place.takes(attributes))
                .findFirst();
    }

    private List<String> going(Set<String> attributes) {
        return attributes.stream().filter(gone::contains).sorted().toList();
    }

    private void uniques() {
        for (var unique : entity.uniques()) {
            var attributes = new LinkedHashSet<>(unique.names());
            if (concernsWhatStays(attributes)) {
                if (unique.design().include().stream().map(Located::value).anyMatch(gone::contains)) {
                    after.uniques.replaceAll(kept -> kept.equals(unique)
                            ? new UniqueKey(unique.name(), unique.attributes(), without(unique.design()), unique.at())
                            : kept);
                }
                continue;
            }
            after.uniques.remove(unique);
            home(attributes)
                    .ifPresentOrElse(
                            place -> {
                                var uniques = place.draft().uniques;
                                uniques.removeIf(
                                        other -> Set.copyOf(other.names()).equals(attributes));
                                if (!Set.copyOf(Usage.values(place.draft().key)).equals(attributes)) {
                                    uniques.add(new UniqueKey(
                                            unique.name(),
                                            unique.attributes(),
                                            without(unique.design(), place),
                                            unique.at()));
                                }
                            },
                            () -> replace(unique));
        }
    }

    /** A key that loses an attribute is one still with what determines it in its place, but forbids less. */
    private void replace(UniqueKey unique) {
        separation.loose(
                Kind.UNIQUE,
                unique.name().map(Located::value).orElse(String.join(", ", unique.names())),
                unique.names());
        var names = separation.replaced(unique.names());
        var wasKey = unique.names().stream()
                .allMatch(name ->
                        entity.attribute(name).filter(Attribute::optional).isEmpty());
        var known = Stream.concat(
                        Stream.of(Usage.values(after.key)),
                        after.uniques.stream().map(UniqueKey::names))
                .map(Set::copyOf)
                .anyMatch(Set.copyOf(names)::equals);
        if (wasKey && !known && names.stream().allMatch(after.attributes::containsKey)) {
            after.uniques.add(new UniqueKey(Optional.empty(), after.named(names), KeyDesign.plain(), unique.at()));
        }
    }

    private KeyDesign without(KeyDesign design) {
        return including(design, name -> !gone.contains(name));
    }

    private static KeyDesign without(KeyDesign design, Place place) {
        return including(design, name -> place.takes(Set.of(name)));
    }

    private static KeyDesign including(KeyDesign design, Predicate<String> kept) {
        return new KeyDesign(
                design.include().stream()
                        .filter(name -> kept.test(name.value()))
                        .toList(),
                design.nullsNotDistinct(),
                design.deferral(),
                design.storage(),
                design.description());
    }

    private void references() {
        for (var reference : entity.references().values()) {
            var attributes = new LinkedHashSet<>(reference.names());
            if (concernsWhatStays(attributes)) {
                continue;
            }
            var role = reference.role().value();
            after.references.remove(role);
            home(attributes)
                    .ifPresentOrElse(
                            place -> place.draft().references.putIfAbsent(role, reference),
                            () -> separation.loose(Kind.REFERENCE, role, going(attributes)));
        }
    }

    private void checks() {
        for (var check : entity.checks().values()) {
            var attributes = usage.in(check.expression());
            if (concernsWhatStays(attributes)) {
                continue;
            }
            var name = check.name().value();
            after.checks.remove(name);
            home(attributes)
                    .filter(place -> !place.draft().checks.containsKey(name))
                    .ifPresentOrElse(
                            place -> place.draft().checks.put(name, check),
                            () -> separation.loose(Kind.CHECK, name, going(attributes)));
        }
        for (var attribute : entity.attributes().values()) {
            attribute.check().ifPresent(check -> own(attribute, usage.in(check)));
        }
    }

    /** An attribute's own check goes with it, unless it compares it with what does not. */
    private void own(Attribute attribute, Set<String> used) {
        var name = attribute.name().value();
        var moved = gone.contains(name);
        var attributes = new LinkedHashSet<>(used);
        attributes.add(name);
        if (moved ? home(attributes).isPresent() : concernsWhatStays(attributes)) {
            return;
        }
        after.attributes.computeIfPresent(name, (same, kept) -> withoutCheck(kept));
        separation
                .places()
                .forEach(place -> place.draft()
                        .attributes
                        .computeIfPresent(
                                place.names().getOrDefault(name, ""),
                                (same, there) -> place.added().contains(same) ? withoutCheck(there) : there));
        separation.loose(Kind.CHECK, name, List.of(name));
    }

    private static Attribute withoutCheck(Attribute attribute) {
        return new Attribute(
                attribute.name(),
                attribute.column(),
                attribute.type(),
                attribute.optional(),
                attribute.defaultValue(),
                attribute.generated(),
                attribute.virtual(),
                attribute.identity(),
                attribute.collation(),
                attribute.description(),
                attribute.personal(),
                Optional.empty(),
                attribute.values());
    }

    private void indexes() {
        for (var index : entity.indexes().values()) {
            var attributes = usage.in(index);
            var name = index.name().value();
            if (concernsWhatStays(attributes)) {
                if (index.include().stream().map(Located::value).anyMatch(gone::contains)) {
                    after.indexes.put(name, carrying(index, attribute -> !gone.contains(attribute)));
                }
                continue;
            }
            after.indexes.remove(name);
            home(attributes)
                    .filter(place -> !place.draft().indexes.containsKey(name))
                    .ifPresentOrElse(
                            place -> place.draft()
                                    .indexes
                                    .put(name, carrying(index, attribute -> place.takes(Set.of(attribute)))),
                            () -> separation.loose(Kind.INDEX, name, going(attributes)));
        }
    }

    private static Index carrying(Index index, Predicate<String> kept) {
        return new Index(
                index.name(),
                index.on(),
                index.method(),
                index.unique(),
                index.include().stream().filter(name -> kept.test(name.value())).toList(),
                index.where(),
                index.nullsNotDistinct(),
                index.storage(),
                index.reason(),
                index.description());
    }

    private void exclusions() {
        for (Exclusion exclusion : entity.relational().exclusions().values()) {
            var attributes = usage.in(exclusion);
            if (concernsWhatStays(attributes)) {
                continue;
            }
            var name = exclusion.name().value();
            after.exclusions.remove(name);
            home(attributes)
                    .filter(place -> !place.draft().exclusions.containsKey(name))
                    .ifPresentOrElse(
                            place -> place.draft().exclusions.put(name, exclusion),
                            () -> separation.loose(Kind.EXCLUSION, name, going(attributes)));
        }
    }

    /** What no key says by now goes to the home that has all of it; the rest is said of what stays as far as it follows. */
    private void dependencies() {
        after.dependencies.clear();
        for (var dependency : entity.dependencies()) {
            var all = new LinkedHashSet<>(Usage.values(dependency.determinant()));
            all.addAll(Usage.values(dependency.dependent()));
            if (concernsWhatStays(all)) {
                after.dependencies.add(dependency);
            } else if (dependency.multivalued()) {
                home(all)
                        .ifPresentOrElse(
                                place -> place.draft().dependencies.add(dependency),
                                () -> separation.loose(Kind.DEPENDENCY, text(dependency), going(all)));
            } else {
                separation.places().forEach(place -> keep(dependency, place));
                rewrite(dependency);
            }
        }
    }

    private static String text(Dependency dependency) {
        return String.join(", ", Usage.values(dependency.determinant()))
                + (dependency.multivalued() ? " ->> " : " -> ")
                + String.join(", ", Usage.values(dependency.dependent()));
    }

    private static void keep(Dependency dependency, Place place) {
        var determinant = Usage.values(dependency.determinant());
        var saidByKey = Stream.concat(Stream.of(Usage.values(place.draft().key)), place.part().alternatives().stream())
                .anyMatch(determinant::containsAll);
        if (saidByKey || !place.takes(Set.copyOf(determinant))) {
            return;
        }
        var dependents = dependency.dependent().stream()
                .filter(name -> place.takes(Set.of(name.value())))
                .toList();
        if (!dependents.isEmpty()) {
            place.draft()
                    .dependencies
                    .add(new Dependency(dependency.determinant(), dependents, false, dependency.at()));
        }
    }

    private void rewrite(Dependency dependency) {
        var left = new LinkedHashSet<String>();
        for (var name : Usage.values(dependency.determinant())) {
            if (gone.contains(name)) {
                separation.places().stream()
                        .filter(place -> place.part().moved().contains(name))
                        .findFirst()
                        .ifPresent(place ->
                                left.addAll(separation.places().get(0).part().determinant()));
            } else {
                left.add(name);
            }
        }
        var right = Usage.values(dependency.dependent()).stream()
                .filter(name -> !gone.contains(name) && !left.contains(name))
                .toList();
        var key = Usage.values(after.key);
        if (!right.isEmpty() && !left.isEmpty() && !left.containsAll(key)) {
            after.dependencies.add(
                    new Dependency(after.named(List.copyOf(left)), after.named(right), false, dependency.at()));
        }
    }

    private void independences() {
        for (var independence : entity.independences()) {
            var attributes = Refutations.namesIn(independence.of().value());
            if (!concernsWhatStays(attributes)) {
                after.independences.remove(independence);
                home(attributes).ifPresent(place -> place.draft().independences.add(independence));
            }
        }
    }

    private void surroundings() {
        var relational = entity.relational();
        relational.partitioning().ifPresent(division -> {
            var attributes = usage.parts(division.on());
            if (!concernsWhatStays(attributes)) {
                separation.loose(Kind.PARTITIONING, entity.name().value(), going(attributes));
            }
        });
        for (var grant : relational.grants()) {
            var attributes = new LinkedHashSet<String>();
            grant.privileges().forEach(permission -> attributes.addAll(Usage.values(permission.attributes())));
            if (!concernsWhatStays(attributes)) {
                separation.loose(Kind.GRANT, grant.role().value(), going(attributes));
            }
        }
        relational
                .rowSecurity()
                .ifPresent(security -> separation.loose(
                        Kind.POLICY,
                        entity.name().value(),
                        gone.stream().sorted().toList()));
    }
}
