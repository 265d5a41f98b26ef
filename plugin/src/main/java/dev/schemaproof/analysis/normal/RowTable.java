package dev.schemaproof.analysis.normal;

import java.util.ArrayList;
import java.util.List;

/** Finds the first of those rows that have the same values in some attributes; by hashing, without an object for a row. */
final class RowTable {

    private final int[] attributes;
    private final List<int[]> kept = new ArrayList<>();

    /** The number of a row kept, from 1; 0 where there is none. */
    private final int[] slots;

    /**
     * An empty table.
     *
     * @param attributes the positions of the attributes that are compared
     * @param most so many rows will be kept at the most
     */
    RowTable(int[] attributes, int most) {
        this.attributes = attributes;
        slots = new int[Integer.highestOneBit(2 * most + 1) * 2];
    }

    /** The first row that had these values; this one, which is kept, if none had. */
    int[] firstLike(int[] row) {
        var slot = slotOf(row);
        if (slots[slot] == 0) {
            kept.add(row);
            slots[slot] = kept.size();
        }
        return kept.get(slots[slot] - 1);
    }

    boolean contains(int[] row) {
        return slots[slotOf(row)] != 0;
    }

    private int slotOf(int[] row) {
        var hash = 1;
        for (var attribute : attributes) {
            hash = hash * 31 + row[attribute];
        }
        // Fibonacci hashing: the upper bits depend on all values
        var slot = hash * 0x9E3779B9 >>> 8 & slots.length - 1;
        while (slots[slot] != 0 && !equal(kept.get(slots[slot] - 1), row)) {
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
