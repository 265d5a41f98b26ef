package dev.schemaproof.analysis.normal;

import java.util.ArrayList;
import java.util.List;

/**
 * The search for candidate keys of C. L. Lucchesi and S. L. Osborn, "Candidate Keys for Relations", JCSS 17(2), 1978:
 * polynomial in the dependencies and the number of keys.
 *
 * <p>It works on a minimal cover, in which more attributes are decided at once: one on no right side is in every key, and one
 * on right sides only is in none.
 */
final class KeySearch {

    /**
     * So many times a set may be compared with a known key, or a dependency be looked at for a closure: a few seconds at the
     * very most.
     */
    static final long WORK = 100_000_000;

    private final DependencySet cover;
    private final int limit;
    private final AttributeSet inEvery;
    private final AttributeSet inNone;
    private final List<AttributeSet> keys = new ArrayList<>();
    private long work;

    KeySearch(DependencySet dependencies, int limit, long work) {
        cover = dependencies.minimalCover();
        this.limit = limit;
        this.work = work;
        var left = AttributeSet.none();
        var right = AttributeSet.none();
        for (var dependency : cover.dependencies()) {
            left = left.union(dependency.determinant());
            right = right.union(dependency.dependents());
        }
        inEvery = cover.all().minus(right);
        inNone = right.minus(left);
    }

    CandidateKeys run() {
        keys.add(reduce(cover.all().minus(inNone)));
        var complete = cover.isSuperkey(inEvery) || exchangeAll();
        return new CandidateKeys(
                keys.stream().sorted().toList(), complete, complete ? AttributeSet.none() : undecided());
    }

    /** Exchanges in each key what a dependency determines for what determines it; whether all were tried. */
    private boolean exchangeAll() {
        for (var next = 0; next < keys.size(); next++) {
            var key = keys.get(next);
            for (var dependency : cover.dependencies()) {
                if (!dependency.dependents().intersects(key)) {
                    continue;
                }
                var superkey = dependency.determinant().union(key.minus(dependency.dependents()));
                work -= keys.size();
                if (keys.stream().noneMatch(superkey::containsAll)) {
                    if (keys.size() == limit || work < 0) {
                        return false;
                    }
                    keys.add(reduce(superkey));
                }
            }
        }
        return true;
    }

    private AttributeSet reduce(AttributeSet superkey) {
        var reduced = superkey;
        var positions = superkey.minus(inEvery).toPositions();
        for (var i = positions.length - 1; i >= 0; i--) {
            work -= cover.dependencies().size();
            var smaller = reduced.without(positions[i]);
            if (cover.isSuperkey(smaller)) {
                reduced = smaller;
            }
        }
        return reduced;
    }

    private AttributeSet undecided() {
        var undecided = cover.all().minus(inNone);
        for (var key : keys) {
            undecided = undecided.minus(key);
        }
        return undecided;
    }
}
