package dev.schemaproof.discover.search;

/** Sets of columns as bits, 64 a word, where they are made and compared too often to be objects. */
final class Words {

    private Words() {}

    /** How many words hold so many bits. */
    static int count(int bits) {
        return (bits + 63) >> 6;
    }

    static boolean has(long[] words, int bit) {
        return (words[bit >> 6] & 1L << bit) != 0;
    }

    static void add(long[] words, int bit) {
        words[bit >> 6] |= 1L << bit;
    }

    static void remove(long[] words, int bit) {
        words[bit >> 6] &= ~(1L << bit);
    }

    static boolean isEmpty(long[] words) {
        for (var word : words) {
            if (word != 0) {
                return false;
            }
        }
        return true;
    }

    static int size(long[] words) {
        var size = 0;
        for (var word : words) {
            size += Long.bitCount(word);
        }
        return size;
    }

    static int hash(long[] words, int from, int count) {
        var hash = 0L;
        for (var i = from; i < from + count; i++) {
            hash = (hash ^ words[i]) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return (int) (hash >>> 16);
    }
}
