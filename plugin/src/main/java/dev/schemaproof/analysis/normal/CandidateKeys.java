package dev.schemaproof.analysis.normal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The candidate keys of a relation, found by the method of C. L. Lucchesi and S. L. Osborn, "Candidate Keys for
 * Relations", JCSS 17(2), 1978: polynomial in the dependencies and the number of keys, of which there may be
 * exponentially many. Whether an attribute is prime is NP-complete, therefore there is a limit, and an honest answer
 * beyond it.
 *
 * @param found the keys found, smallest first
 * @param complete whether these are all
 * @param undecided attributes in no key found that may still be in one; empty if complete
 */
public record CandidateKeys(List<AttributeSet> found, boolean complete, AttributeSet undecided) {

    /** So many keys are looked for; the work grows with the square of it. */
    public static final int LIMIT = 500;

    public CandidateKeys {
        found = List.copyOf(found);
    }

    /** The answer to a question that can be too hard. */
    public enum Answer {
        YES,
        NO,
        UNKNOWN
    }

    /**
     * Finds the candidate keys.
     *
     * @param limit stop after so many
     */
    public static CandidateKeys of(DependencySet dependencies, int limit) {
        var keys = new ArrayList<AttributeSet>();
        keys.add(dependencies.reduce(dependencies.all(), dependencies.all()));
        var complete = true;
        for (var next = 0; next < keys.size() && complete; next++) {
            var key = keys.get(next);
            for (var dependency : dependencies.dependencies()) {
                if (!dependency.dependents().intersects(key)) {
                    continue;
                }
                var superkey = dependency.determinant().union(key.minus(dependency.dependents()));
                if (keys.stream().noneMatch(superkey::containsAll)) {
                    if (keys.size() == limit) {
                        complete = false;
                        break;
                    }
                    keys.add(dependencies.reduce(superkey, dependencies.all()));
                }
            }
        }
        var undecided = complete ? AttributeSet.none() : undecided(dependencies, keys);
        return new CandidateKeys(keys.stream().sorted().toList(), complete, undecided);
    }

    private static AttributeSet undecided(DependencySet dependencies, List<AttributeSet> keys) {
        var left = AttributeSet.none();
        var right = AttributeSet.none();
        for (var dependency : dependencies.dependencies()) {
            left = left.union(dependency.determinant());
            right = right.union(dependency.dependents());
        }
        // What stands on right sides only is in no key
        var undecided = dependencies.all().minus(right.minus(left));
        for (var key : keys) {
            undecided = undecided.minus(key);
        }
        return undecided;
    }

    /** Whether the attribute is in any candidate key. */
    public Answer isPrime(int attribute) {
        if (found.stream().anyMatch(key -> key.contains(attribute))) {
            return Answer.YES;
        }
        return undecided.contains(attribute) ? Answer.UNKNOWN : Answer.NO;
    }

    /** A key found of which the attributes are a proper part: the smallest of those. */
    public Optional<AttributeSet> properlyContaining(AttributeSet attributes) {
        return found.stream()
                .filter(key -> key.containsAll(attributes) && !key.equals(attributes))
                .findFirst();
    }
}
