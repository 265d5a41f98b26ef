package dev.schemaproof.analysis.normal;

import java.util.Arrays;
import java.util.function.Predicate;

/**
 * Finds a least set of attributes that is enough for something of which more is never less: by division as in U. Junker,
 * "QUICKXPLAIN: Preferred Explanations and Relaxations for Over-Constrained Problems", AAAI 2004. It asks as often as the set
 * found has attributes, times the logarithm of the choice, and finds what taking away one by one from the last would find.
 */
final class Least {

    /** Up to so many candidates, asking for each costs less than dividing. */
    private static final int FEW = 8;

    private final Predicate<AttributeSet> enough;

    private Least(Predicate<AttributeSet> enough) {
        this.enough = enough;
    }

    /**
     * What of the candidates is needed beside the base.
     *
     * @param candidates enough together with the base; the first are kept where there is a choice
     * @return the base and what is needed beside it
     */
    static AttributeSet of(AttributeSet base, int[] candidates, Predicate<AttributeSet> enough) {
        var least = new Least(enough);
        return candidates.length <= FEW
                ? least.takeAway(base.union(AttributeSet.of(candidates)), candidates)
                : least.divide(base, true, candidates);
    }

    private AttributeSet takeAway(AttributeSet all, int[] candidates) {
        var reduced = all;
        for (var i = candidates.length - 1; i >= 0; i--) {
            var smaller = reduced.without(candidates[i]);
            if (enough.test(smaller)) {
                reduced = smaller;
            }
        }
        return reduced;
    }

    private AttributeSet divide(AttributeSet base, boolean changed, int[] candidates) {
        if (changed && enough.test(base)) {
            return base;
        }
        if (candidates.length == 1) {
            return base.with(candidates[0]);
        }
        var first = Arrays.copyOf(candidates, candidates.length / 2);
        var second = Arrays.copyOfRange(candidates, first.length, candidates.length);
        var firstAll = AttributeSet.of(first);
        var neededOfSecond = divide(base.union(firstAll), true, second).minus(firstAll.minus(base));
        return divide(neededOfSecond, !neededOfSecond.equals(base), first);
    }
}
