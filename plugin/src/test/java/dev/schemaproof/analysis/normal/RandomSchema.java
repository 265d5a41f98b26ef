package dev.schemaproof.analysis.normal;

import dev.schemaproof.analysis.normal.BruteForce.Fd;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Random dependencies of several kinds, the same for the same number. */
record RandomSchema(int width, List<Fd> fds, SplittableRandom random) {

    static RandomSchema of(long number, int widest) {
        var random = new SplittableRandom(number);
        var width = 1 + random.nextInt(widest);
        var count = random.nextInt(3 + width);
        var kind = random.nextInt(4);
        var fds = new ArrayList<Fd>();
        for (var i = 0; i < count; i++) {
            fds.add(
                    switch (kind) {
                        // Anything: empty sides, trivial ones, overlaps
                        case 0 -> new Fd(sparse(random, width), sparse(random, width));
                        // As people write them
                        case 1 -> new Fd(some(random, width, 2), some(random, width, 3));
                        // Many keys
                        case 2 -> new Fd(some(random, width, 1), some(random, width, 1));
                        // Long determinants
                        default -> new Fd(sparse(random, width) | sparse(random, width), some(random, width, 2));
                    });
        }
        return new RandomSchema(width, List.copyOf(fds), random);
    }

    private static int sparse(SplittableRandom random, int width) {
        return random.nextInt(1 << width) & random.nextInt(1 << width);
    }

    /** At least one attribute, at most so many. */
    static int some(SplittableRandom random, int width, int most) {
        return IntStream.rangeClosed(0, random.nextInt(most))
                .map(i -> 1 << random.nextInt(width))
                .reduce(0, (one, other) -> one | other);
    }

    /** Any set of attributes. */
    int any() {
        return random.nextInt(1 << width);
    }

    /** Two to four sets that together have all attributes. */
    int[] fragments() {
        var fragments = new int[2 + random.nextInt(3)];
        for (var attribute = 0; attribute < width; attribute++) {
            fragments[random.nextInt(fragments.length)] |= 1 << attribute;
        }
        for (var i = 0; i < fragments.length; i++) {
            fragments[i] |= sparse(random, width) | sparse(random, width);
        }
        return fragments;
    }

    DependencySet dependencies() {
        return new DependencySet(width, fds.stream().map(Fd::toDependency).toList());
    }
}
