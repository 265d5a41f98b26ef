package dev.schemaproof.analysis.normal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

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
        var byDeterminant = new LinkedHashMap<AttributeSet, AttributeSet>();
        for (var dependency : cover.dependencies()) {
            byDeterminant.merge(dependency.determinant(), dependency.attributes(), AttributeSet::union);
        }
        var fragments = new ArrayList<>(byDeterminant.values());
        if (fragments.stream().noneMatch(cover::isSuperkey)) {
            fragments.add(cover.reduce(cover.all(), cover.all()));
        }
        return withoutContained(fragments);
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
