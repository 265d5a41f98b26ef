package dev.schemaproof.discover.table;

/**
 * The different values of a column, numbered from 1 in order of first appearance; 0 is no value. Takes 20 bytes a slot, of
 * which between a third and two thirds are used.
 */
final class Dictionary {

    static final int ABSENT = 0;

    private static final int BYTES_PER_SLOT = 2 * Long.BYTES + Integer.BYTES;
    private static final int SMALLEST = 1 << 6;
    private static final int LARGEST = 1 << 29;

    private final ValueKey key = new ValueKey();

    /** Two words a slot. */
    private long[] keys = new long[2 * SMALLEST];

    private int[] codes = new int[SMALLEST];
    private int size;

    /** How many different values there are. */
    int size() {
        return size;
    }

    /** The memory it takes. */
    long bytes() {
        return (long) codes.length * BYTES_PER_SLOT;
    }

    /** The memory that it will need beside what it takes, before it can take one more value; 0 if it has room. */
    long bytesToGrow() {
        return isFull() ? 2 * bytes() : 0;
    }

    private boolean isFull() {
        return size >= codes.length / 3 * 2;
    }

    /** Whether the number of values is beyond what a table of ours can hold. */
    boolean isExhausted() {
        return isFull() && codes.length >= LARGEST;
    }

    /** The number of a value, which is the next one if it is new. */
    int codeOf(char[] text, int offset, int length) {
        key.set(text, offset, length);
        if (isFull()) {
            grow();
        }
        var slot = slotOf(key.first(), key.second());
        if (codes[slot] == ABSENT) {
            keys[2 * slot] = key.first();
            keys[2 * slot + 1] = key.second();
            codes[slot] = ++size;
        }
        return codes[slot];
    }

    private int slotOf(long first, long second) {
        var mixed = (first ^ Long.rotateLeft(second, 29)) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ mixed >>> 32) * 0xD6E8FEB86659FD93L;
        var mask = codes.length - 1;
        var slot = (int) (mixed >>> 32) & mask;
        while (codes[slot] != ABSENT && (keys[2 * slot] != first || keys[2 * slot + 1] != second)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        var oldKeys = keys;
        var oldCodes = codes;
        keys = new long[2 * oldKeys.length];
        codes = new int[2 * oldCodes.length];
        for (var i = 0; i < oldCodes.length; i++) {
            if (oldCodes[i] != ABSENT) {
                var slot = slotOf(oldKeys[2 * i], oldKeys[2 * i + 1]);
                keys[2 * slot] = oldKeys[2 * i];
                keys[2 * slot + 1] = oldKeys[2 * i + 1];
                codes[slot] = oldCodes[i];
            }
        }
    }
}
