package dev.schemaproof.analysis.normal;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Relations in third normal form that lose nothing: P. A. Bernstein, "Synthesizing Third Normal Form Relations from
 * Functional Dependencies", ACM TODS 1(4), 1976, whose relations preserve every dependency; with a key added where none of
 * them has one, they join without loss: J. Biskup, U. Dayal and P. A. Bernstein, "Synthesizing Independent Database Schemas",
 * SIGMOD 1979.
 */
public final class Synthesis {

    private Synthesis() {}

    public static Decomposition of(DependencySet dependencies) {
        return Decomposition.of(dependencies, fragments(dependencies));
    }

    static List<AttributeSet> fragments(DependencySet dependencies) {
        var cover = dependencies.minimalCover();
        var fragments = new ArrayList<AttributeSet>();
        var groups = groups(cover);
        var kept = withoutTransitive(cover, groups);
        for (var group : groups) {
            fragments.add(kept.stream()
                    .filter(dependency -> group.contains(dependency.determinant()))
                    .map(FunctionalDependency::dependents)
                    .reduce(union(group), AttributeSet::union));
        }
        if (fragments.stream().noneMatch(cover::isSuperkey)) {
            fragments.add(cover.reduce(cover.all(), cover.all()));
        }
        return withoutContained(fragments);
    }

    /** The determinants, those together that determine each other: they become the keys of one relation. */
    private static Collection<Set<AttributeSet>> groups(DependencySet cover) {
        var groups = new LinkedHashMap<AttributeSet, Set<AttributeSet>>();
        for (var dependency : cover.dependencies()) {
            groups.computeIfAbsent(cover.closure(dependency.determinant()), closure -> new LinkedHashSet<>())
                    .add(dependency.determinant());
        }
        return groups.values();
    }

    /**
     * The dependencies that are still needed when each determinant of a group determines the next one; without this step a
     * relation of several keys might not be in third normal form.
     */
    private static List<FunctionalDependency> withoutTransitive(
            DependencySet cover, Collection<Set<AttributeSet>> groups) {
        var all = new ArrayList<>(cover.dependencies());
        for (var group : groups) {
            var determinants = List.copyOf(group);
            for (var i = 0; group.size() > 1 && i < group.size(); i++) {
                all.add(new FunctionalDependency(determinants.get(i), determinants.get((i + 1) % group.size())));
            }
        }
        var together = new DependencySet(cover.width(), all);
        var unused = new BitSet();
        for (var i = cover.dependencies().size() - 1; i >= 0; i--) {
            unused.set(i);
            var dependency = all.get(i);
            unused.set(i, together.closure(dependency.determinant(), unused).containsAll(dependency.dependents()));
        }
        return IntStream.range(0, cover.dependencies().size())
                .filter(i -> !unused.get(i))
                .mapToObj(all::get)
                .toList();
    }

    private static AttributeSet union(Collection<AttributeSet> sets) {
        return sets.stream().reduce(AttributeSet.none(), AttributeSet::union);
    }

    /** Without fragments that are a part of another, or stand there twice. */
    static List<AttributeSet> withoutContained(List<AttributeSet> fragments) {
        var distinct = fragments.stream().distinct().toList();
        return distinct.stream()
                .filter(fragment ->
                        distinct.stream().noneMatch(other -> !other.equals(fragment) && other.containsAll(fragment)))
                .toList();
    }
}
