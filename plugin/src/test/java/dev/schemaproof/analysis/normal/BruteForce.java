package dev.schemaproof.analysis.normal;

import java.util.List;
import java.util.Random;
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

    private BruteForce() {}

    static boolean implies(int width, List<Fd> fds, Fd wanted) {
        return IntStream.range(0, 1 << width)
                .filter(agreeing -> fds.stream().allMatch(fd -> fd.holdsIn(agreeing)))
                .allMatch(wanted::holdsIn);
    }

    static int closure(int width, List<Fd> fds, int mask) {
        return IntStream.range(0, width)
                .map(attribute -> 1 << attribute)
                .filter(attribute -> implies(width, fds, new Fd(mask, attribute)))
                .reduce(0, (a, b) -> a | b);
    }

    /** All sets that determine everything and have no proper part that does. */
    static List<Integer> keys(int width, List<Fd> fds) {
        var all = (1 << width) - 1;
        var superkeys = IntStream.rangeClosed(0, all)
                .filter(mask -> implies(width, fds, new Fd(mask, all)))
                .boxed()
                .toList();
        return superkeys.stream()
                .filter(key -> superkeys.stream().noneMatch(other -> !other.equals(key) && (other & ~key) == 0))
                .toList();
    }

    static AttributeSet set(int mask) {
        return AttributeSet.of(IntStream.range(0, Integer.SIZE)
                .filter(i -> (mask & 1 << i) != 0)
                .toArray());
    }

    /** Random dependencies, mostly with short left sides, sometimes with empty or overlapping ones. */
    static List<Fd> random(Random random, int width, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Fd(
                        random.nextInt(1 << width) & random.nextInt(1 << width),
                        random.nextInt(1 << width) & random.nextInt(1 << width)))
                .toList();
    }
}
