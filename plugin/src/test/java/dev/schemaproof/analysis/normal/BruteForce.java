package dev.schemaproof.analysis.normal;

import dev.schemaproof.model.NormalForm;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Answers by definition, for few attributes, with sets as {@code int} masks and no code of the engine's.
 *
 * <p>A dependency X → Y follows from others if and only if it holds in every relation of two rows in which they hold; and
 * of two rows only matters on which attributes they agree.
 */
final class BruteForce {

    /** A dependency as two masks. */
    record Fd(int left, int right) {

        boolean holdsIn(int agreeing) {
            return (left & ~agreeing) != 0 || (right & ~agreeing) == 0;
        }

        FunctionalDependency toDependency() {
            return new FunctionalDependency(set(left), set(right));
        }
    }

    private final int width;
    private final List<Fd> fds;
    private final int all;
    private final int[] closures;
    private final int[] keys;

    BruteForce(int width, List<Fd> fds) {
        this.width = width;
        this.fds = fds;
        all = (1 << width) - 1;
        closures = closures(width, agreeing -> allHoldIn(agreeing, fds));
        keys = keys(all);
    }

    static boolean allHoldIn(int agreeing, List<Fd> fds) {
        for (var fd : fds) {
            if (!fd.holdsIn(agreeing)) {
                return false;
            }
        }
        return true;
    }

    /**
     * For each set what has the same value in every two rows that agree on it.
     *
     * @param possible whether two rows may agree exactly on these attributes
     */
    static int[] closures(int width, IntPredicate possible) {
        var all = (1 << width) - 1;
        var closures = new int[all + 1];
        for (var set = all; set >= 0; set--) {
            var common = possible.test(set) ? set : all;
            for (var more = all & ~set; more != 0; more &= more - 1) {
                common &= closures[set | more & -more];
            }
            closures[set] = common;
        }
        return closures;
    }

    int width() {
        return width;
    }

    List<Fd> fds() {
        return fds;
    }

    int all() {
        return all;
    }

    int closure(int mask) {
        return closures[mask];
    }

    boolean implies(Fd wanted) {
        return (wanted.right & ~closures[wanted.left]) == 0;
    }

    /** The keys of the whole relation. */
    int[] keys() {
        return keys;
    }

    /** Everything that is in a key of the whole relation. */
    int prime() {
        return union(keys);
    }

    /** All least sets of a fragment's attributes that determine the fragment. */
    int[] keys(int fragment) {
        return partsOf(fragment).filter(key -> isKey(key, fragment)).toArray();
    }

    private boolean isKey(int mask, int fragment) {
        if (!isSuperkey(mask, fragment)) {
            return false;
        }
        for (var rest = mask; rest != 0; rest &= rest - 1) {
            if (isSuperkey(mask & ~(rest & -rest), fragment)) {
                return false;
            }
        }
        return true;
    }

    private boolean isSuperkey(int mask, int fragment) {
        return (fragment & ~closures[mask]) == 0;
    }

    /** The highest normal form that a fragment is in, by the definitions, over all dependencies that hold in it. */
    NormalForm form(int fragment) {
        var keys = fragment == all ? this.keys : keys(fragment);
        var prime = union(keys);
        var highest = NormalForm.BOYCE_CODD;
        for (var left = fragment; ; left = left - 1 & fragment) {
            var dependents = closures[left] & fragment & ~left;
            if (dependents != 0 && !isSuperkey(left, fragment)) {
                highest = NormalForm.values()[
                        Math.min(
                                highest.ordinal(),
                                formWith(left, dependents, keys, prime).ordinal())];
            }
            if (left == 0) {
                return highest;
            }
        }
    }

    private static NormalForm formWith(int left, int dependents, int[] keys, int prime) {
        if ((dependents & ~prime) == 0) {
            return NormalForm.THIRD;
        }
        return isProperPart(left, keys) ? NormalForm.FIRST : NormalForm.SECOND;
    }

    static boolean isProperPart(int mask, int[] keys) {
        for (var key : keys) {
            if ((mask & ~key) == 0 && mask != key) {
                return true;
            }
        }
        return false;
    }

    /** What each set determines by dependencies that stay within a fragment. */
    int[] closuresWithin(int[] fragments) {
        return closuresWithin(width, this::closure, fragments);
    }

    /** What each set determines by dependencies that stay within a fragment, if a set determines so much in the whole. */
    static int[] closuresWithin(int width, IntUnaryOperator closure, int[] fragments) {
        return closures(width, agreeing -> {
            for (var fragment : fragments) {
                if ((closure.applyAsInt(agreeing & fragment) & fragment & ~agreeing) != 0) {
                    return false;
                }
            }
            return true;
        });
    }

    static int union(int[] masks) {
        var union = 0;
        for (var mask : masks) {
            union |= mask;
        }
        return union;
    }

    static IntStream singles(int mask) {
        return IntStream.range(0, Integer.SIZE).map(i -> 1 << i).filter(single -> (mask & single) != 0);
    }

    static IntStream partsOf(int mask) {
        return IntStream.rangeClosed(0, mask).filter(part -> (part & ~mask) == 0);
    }

    static AttributeSet set(int mask) {
        return AttributeSet.ofWord(mask);
    }

    static int mask(AttributeSet set) {
        return (int) set.firstWord();
    }

    static int[] masks(List<AttributeSet> sets) {
        return sets.stream().mapToInt(BruteForce::mask).toArray();
    }

    @Override
    public String toString() {
        return width + " attributes, " + fds;
    }
}
