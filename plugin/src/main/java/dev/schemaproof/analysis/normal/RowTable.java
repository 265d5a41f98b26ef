package dev.schemaproof.analysis.normal;

import java.util.Arrays;

/** Finds the first of those rows that have the same values in some attributes; by hashing, without an object for a row. */
final class RowTable {

    /** Told from rows by its identity. */
    private static final int[] FREE = {};

    private final int[] attributes;
    private final int[][] slots;

    /**
     * An empty table.
     *
     * @param attributes the positions of the attributes that are compared
     * @param most so many rows will be kept at the most
     */
    RowTable(int[] attributes, int most) {
        this.attributes = attributes;
        slots = new int[Integer.highestOneBit(2 * most + 1) * 2][];
        Arrays.fill(slots, FREE);
    }

    /** The first row that had these values; this one, which is kept, if none had. */
    int[] firstLike(int[] row) {
        var slot = slotOf(row);
        var first = slots[slot];
        if (first == FREE) {
            slots[slot] = row;
            return row;
        }
        return first;
    }

    boolean contains(int[] row) {
        return slots[slotOf(row)] != FREE;
    }

    private int slotOf(int[] row) {
        var hash = 1;
        for (var attribute : attributes) {
            hash = hash * 31 + row[attribute];
        }
        // Fibonacci hashing: the upper bits depend on all values
        var slot = (hash * 0x9E3779B9 >>> 8) & slots.length - 1;
        for (var first = slots[slot]; first != FREE && !equal(first, row); first = slots[slot]) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private boolean equal(int[] one, int[] other) {
        for (var attribute : attributes) {
            if (one[attribute] != other[attribute]) {
                return false;
            }
        }
        return true;
    }
}
