package dev.schemaproof.analysis.normal;

import dev.schemaproof.analysis.normal.BruteForce.Fd;
import java.util.List;

/**
 * Answers by definition with multivalued dependencies: what follows from functional and multivalued ones follows if and only
 * if it holds in every relation of two rows in which they hold. Two rows satisfy X →→ Y if they differ somewhere in X, or
 * agree on all of Y or on all of the rest, as otherwise the exchange would make a third row.
 */
final class MultivaluedBruteForce {

    /** A multivalued dependency as two masks. */
    record Mvd(int left, int right) {

        boolean holdsIn(int agreeing, int all) {
            return (left & ~agreeing) != 0 || (right & ~agreeing) == 0 || (all & ~left & ~right & ~agreeing) == 0;
        }

        MultivaluedDependency toDependency() {
            return new MultivaluedDependency(BruteForce.set(left), BruteForce.set(right));
        }
    }

    private final int all;
    private final boolean[] possible;
    private final int[] closures;

    MultivaluedBruteForce(int width, List<Fd> fds, List<Mvd> mvds) {
        all = (1 << width) - 1;
        possible = new boolean[all + 1];
        for (var agreeing = 0; agreeing <= all; agreeing++) {
            possible[agreeing] = BruteForce.allHoldIn(agreeing, fds) && allHoldIn(agreeing, mvds);
        }
        closures = BruteForce.closures(width, agreeing -> possible[agreeing]);
    }

    private boolean allHoldIn(int agreeing, List<Mvd> mvds) {
        for (var mvd : mvds) {
            if (!mvd.holdsIn(agreeing, all)) {
                return false;
            }
        }
        return true;
    }

    int all() {
        return all;
    }

    int closure(int mask) {
        return closures[mask];
    }

    /** Whether it follows that the attributes vary independently of the rest where the determinant is equal. */
    boolean implies(Mvd wanted) {
        var free = all & ~wanted.left();
        for (var differing = free; differing != 0; differing = differing - 1 & free) {
            if (possible[all & ~differing] && !wanted.holdsIn(all & ~differing, all)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a fragment is in fourth normal form, by the definition, over all dependencies that hold in it. */
    boolean isInFourthNormalForm(int fragment) {
        for (var left = fragment; ; left = left - 1 & fragment) {
            if ((fragment & ~closures[left]) != 0 && determinesAPart(left, fragment)) {
                return false;
            }
            if (left == 0) {
                return true;
            }
        }
    }

    private boolean determinesAPart(int left, int fragment) {
        var free = all & ~left;
        for (var right = free; right != 0; right = right - 1 & free) {
            var within = right & fragment;
            if (within != 0 && within != (fragment & ~left) && implies(new Mvd(left, right))) {
                return true;
            }
        }
        return false;
    }
}
