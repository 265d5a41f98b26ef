package dev.schemaproof.prove.data;

/**
 * Puts the numbers below a bound into an order that looks random, without keeping a list of them: a Feistel network over
 * the next power of four, walked until a number below the bound comes (Black and Rogaway, Ciphers with Arbitrary Finite
 * Domains, 2002).
 *
 * @param bound how many numbers there are; at least 1
 * @param key which order
 */
record Shuffle(long bound, long key) {

    private static final int ROUNDS = 4;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    Shuffle {
        if (bound < 1) {
            throw new IllegalArgumentException("no numbers to shuffle");
        }
    }

    /** What stands at a place of the order: another number for every place, both from 0 to the bound. */
    long at(long place) {
        return at(place, 0);
    }

    /** What stands at a place of one of many orders. */
    long at(long place, long order) {
        if (bound == 1) {
            return 0;
        }
        int half = (65 - Long.numberOfLeadingZeros(bound - 1)) / 2;
        long mask = (1L << half) - 1;
        long walked = place;
        do {
            long left = walked >>> half;
            long right = walked & mask;
            for (int round = 0; round < ROUNDS; round++) {
                long mixed = left ^ (mix(right + mix(key + order * GOLDEN + round)) & mask);
                left = right;
                right = mixed;
            }
            walked = left << half | right;
        } while (walked >= bound);
        return walked;
    }

    /** A number that looks random, another one for every number: the finalizer of SplittableRandom. */
    static long mix(long number) {
        long mixed = (number + GOLDEN) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
