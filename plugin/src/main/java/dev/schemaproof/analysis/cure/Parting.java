package dev.schemaproof.analysis.cure;

import dev.schemaproof.analysis.normal.AttributeSet;
import dev.schemaproof.analysis.normal.EntityDependencies;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Into which parts an entity falls when one determinant and what it determines leave it.
 *
 * @param parts the first for the determinant itself; others for what is determined by what goes along
 * @param dropped generated attributes that are made of what stands in several parts afterwards
 */
record Parting(List<Part> parts, Set<String> dropped) {

    /**
     * Takes out the group in which the dependent stands, as far as its attributes may leave.
     *
     * @param stays whether an attribute has to stay, whatever determines it
     * @return empty where nothing would leave
     */
    static Optional<Parting> of(
            EntityDependencies dependencies,
            List<Group> groups,
            AttributeSet determinant,
            int dependent,
            Predicate<String> stays,
            Usage usage) {
        var closure = dependencies.dependencies().closure(determinant);
        return groups.stream()
                .filter(group -> holds(group, dependent))
                .filter(group -> group.isWithin(closure))
                .sorted(Comparator.comparing(group -> !isNamed(group, determinant)))
                .flatMap(group -> parts(dependencies, groups, group, stays).stream())
                .findFirst()
                .map(parts -> withGenerated(dependencies, parts, usage));
    }

    private static boolean holds(Group group, int dependent) {
        return group.dependents().contains(dependent)
                || !group.alternatives().isEmpty() && group.determinant().contains(dependent);
    }

    private static boolean isNamed(Group group, AttributeSet determinant) {
        return group.determinant().equals(determinant) || group.alternatives().contains(determinant);
    }

    private static Optional<List<Part>> parts(
            EntityDependencies dependencies, List<Group> groups, Group first, Predicate<String> stays) {
        var parts = new ArrayList<Part>();
        var taken = new ArrayList<Group>();
        var root = part(dependencies, first, -1, first.determinant(), stays);
        if (root.moved().isEmpty()) {
            return Optional.empty();
        }
        parts.add(root);
        taken.add(first);
        var gone = set(dependencies, root.moved());
        for (var next = 0; next < parts.size(); next++) {
            var within = set(dependencies, List.copyOf(parts.get(next).attributes()));
            for (var group : groups) {
                if (!taken.contains(group)
                        && within.containsAll(group.determinant())
                        && group.determinant().intersects(gone)) {
                    taken.add(group);
                    var part = part(dependencies, group, next, gone.union(first.determinant()), stays);
                    if (!part.moved().isEmpty()) {
                        parts.add(part);
                        gone = gone.union(set(dependencies, part.moved()));
                    }
                }
            }
        }
        return Optional.of(parts);
    }

    private static Part part(
            EntityDependencies dependencies, Group group, int owner, AttributeSet placed, Predicate<String> stays) {
        return new Part(
                owner,
                dependencies.namesOf(group.determinant()),
                group.alternatives().stream().map(dependencies::namesOf).toList(),
                dependencies.namesOf(group.dependents().minus(placed)).stream()
                        .filter(stays.negate())
                        .toList());
    }

    private static AttributeSet set(EntityDependencies dependencies, List<String> names) {
        return dependencies.setOf(names).orElseThrow();
    }

    /** A generated attribute goes where all that it is made of goes; where that is nowhere, it can't be kept. */
    private static Parting withGenerated(EntityDependencies dependencies, List<Part> parts, Usage usage) {
        var gone = new LinkedHashSet<String>();
        parts.forEach(part -> gone.addAll(part.moved()));
        var all = new ArrayList<>(parts);
        var dropped = new LinkedHashSet<String>();
        for (var attribute : dependencies.entity().attributes().values()) {
            var name = attribute.name().value();
            var madeOf = usage.madeOf(attribute);
            if (gone.contains(name) || madeOf.stream().noneMatch(gone::contains)) {
                continue;
            }
            var home = parts.stream()
                    .filter(part -> part.attributes().containsAll(madeOf))
                    .findFirst()
                    .map(parts::indexOf);
            home.ifPresentOrElse(index -> all.set(index, all.get(index).with(name)), () -> dropped.add(name));
        }
        return new Parting(all, dropped);
    }

    /** Everything that leaves the entity. */
    Set<String> gone() {
        var gone = new LinkedHashSet<>(dropped);
        parts.forEach(part -> gone.addAll(part.moved()));
        return gone;
    }
}
