package dev.schemaproof.analysis.normal;

import java.util.List;
import java.util.Optional;

/**
 * The candidate keys of a relation, of which there may be exponentially many. Whether an attribute is in any of them is
 * NP-complete, therefore there is a limit, and an honest answer beyond it.
 *
 * @param found the keys found, smallest first
 * @param complete whether these are all
 * @param undecided attributes in no key found that may still be in one; empty if complete
 */
public record CandidateKeys(List<AttributeSet> found, boolean complete, AttributeSet undecided) {

    /** So many keys are looked for. */
    public static final int LIMIT = 500;

    public CandidateKeys {
        found = List.copyOf(found);
    }

    /**
     * Finds the candidate keys, within the work that {@link KeySearch#WORK} allows.
     *
     * @param limit stop after so many
     */
    public static CandidateKeys of(DependencySet dependencies, int limit) {
        return new KeySearch(dependencies, limit, KeySearch.WORK).run();
    }

    /** Whether the attribute is in any candidate key. */
    public Answer isPrime(int attribute) {
        if (found.stream().anyMatch(key -> key.contains(attribute))) {
            return Answer.YES;
        }
        return undecided.contains(attribute) ? Answer.UNKNOWN : Answer.NO;
    }

    /** The attributes that are in a key found. */
    public AttributeSet prime() {
        return found.stream().reduce(AttributeSet.none(), AttributeSet::union);
    }

    /** A key found of which the attributes are a proper part: the smallest of those. */
    public Optional<AttributeSet> properlyContaining(AttributeSet attributes) {
        return found.stream()
                .filter(key -> key.containsAll(attributes) && !key.equals(attributes))
                .findFirst();
    }
}
