package dev.schemaproof.analysis.normal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The search for candidate keys of C. L. Lucchesi and S. L. Osborn, "Candidate Keys for Relations", JCSS 17(2), 1978:
 * polynomial in the dependencies and the number of keys.
 *
 * <p>It works on a minimal cover, in which more attributes are decided at once: one on no right side is in every key, and one
 * on right sides only is in none.
 */
final class KeySearch {

    /** The work allowed, in units of about a nanosecond: that of an attribute of a dependency looked at for a closure. */
    static final long WORK = 1_000_000_000;

    /** The work of comparing a set with a known key. */
    private static final int COMPARISON = 4;

    private final DependencySet cover;
    private final int limit;
    private final AttributeSet inEvery;
    private final AttributeSet inNone;
    private final List<AttributeSet> keys = new ArrayList<>();

    /** What a closure costs at the most. */
    private final int size;

    private long work;

    KeySearch(DependencySet dependencies, int limit, long work) {
        cover = dependencies.minimalCover();
        this.limit = limit;
        this.work = work;
        size = cover.dependencies().stream()
                .mapToInt(dependency -> dependency.attributes().size())
                .sum();
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
        var undecided = complete ? AttributeSet.none() : undecided();
        return new CandidateKeys(keys.stream().sorted().toList(), complete, undecided);
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
                if (isNew(superkey)) {
                    if (keys.size() >= limit || work < 0) {
                        return false;
                    }
                    keys.add(reduce(superkey));
                }
            }
        }
        return true;
    }

    private boolean isNew(AttributeSet superkey) {
        work -= (long) COMPARISON * keys.size();
        for (var key : keys) {
            if (superkey.containsAll(key)) {
                return false;
            }
        }
        return true;
    }

    private AttributeSet reduce(AttributeSet superkey) {
        return Least.of(inEvery, superkey.minus(inEvery).toPositions(), this::isSuperkey);
    }

    private boolean isSuperkey(AttributeSet attributes) {
        work -= size;
        return cover.isSuperkey(attributes);
    }

    /** The attributes in no key found, after one more key has been tried for each; those keys come on top of the limit. */
    private AttributeSet undecided() {
        var undecided = cover.all().minus(inNone);
        for (var key : keys) {
            undecided = undecided.minus(key);
        }
        for (var position : undecided.toPositions()) {
            var key = undecided.contains(position)
                    ? around(cover, AttributeSet.of(position))
                    : Optional.<AttributeSet>empty();
            if (key.isPresent()) {
                keys.add(key.get());
                undecided = undecided.minus(key.get());
            }
        }
        return undecided;
    }

    /**
     * A candidate key that contains the attributes, if the first attempt finds one: what determines them is taken into it only
     * where there is no other way. Whether there is any is NP-complete.
     */
    static Optional<AttributeSet> around(DependencySet dependencies, AttributeSet attributes) {
        var behind = dependencies.dependencies().stream()
                .filter(dependency -> dependency.dependents().intersects(attributes))
                .map(FunctionalDependency::determinant)
                .reduce(AttributeSet.none(), AttributeSet::union);
        var others = dependencies.all().minus(attributes);
        var order = IntStream.concat(
                        others.minus(behind).positions(),
                        others.intersection(behind).positions())
                .toArray();
        var key = Least.of(attributes, order, dependencies::isSuperkey);
        return attributes.positions().noneMatch(position -> dependencies.isSuperkey(key.without(position)))
                ? Optional.of(key)
                : Optional.empty();
    }
}
