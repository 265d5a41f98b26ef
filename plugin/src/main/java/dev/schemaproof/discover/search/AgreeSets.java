package dev.schemaproof.discover.search;

import dev.schemaproof.discover.table.Relation;
import java.util.Arrays;

/**
 * The different sets of columns on which two rows were seen to agree: each shows that its columns determine no other. Held as
 * words of bits, one set after the other.
 */
final class AgreeSets {

    private final Relation relation;
    private final int wordCount;
    private final long[] current;
    private long[] sets;
    private int[] slots = new int[1 << 10];
    private int size;

    AgreeSets(Relation relation) {
        this.relation = relation;
        wordCount = Words.count(relation.width() + 1);
        current = new long[wordCount];
        sets = new long[wordCount << 6];
    }

    /** How many there are. */
    int size() {
        return size;
    }

    /** One of them, in order of discovery. */
    long[] get(int index) {
        return Arrays.copyOfRange(sets, index * wordCount, (index + 1) * wordCount);
    }

    /**
     * Compares two rows.
     *
     * @return whether they agree on a set of columns that was not known, nor all
     */
    boolean compare(int row, int other) {
        var block = relation.block(row);
        var offset = relation.offset(row);
        var otherBlock = relation.block(other);
        var otherOffset = relation.offset(other);
        var last = relation.width();
        if (block[offset + last] == otherBlock[otherOffset + last]) {
            return false;
        }
        var word = 0L;
        for (var column = 0; column < last; column++) {
            if (block[offset + column] == otherBlock[otherOffset + column]) {
                word |= 1L << column;
            }
            if ((column & 63) == 63) {
                current[column >> 6] = word;
                word = 0;
            }
        }
        if (last >> 6 < wordCount) {
            current[last >> 6] = word;
        }
        return add();
    }

    private boolean add() {
        var mask = slots.length - 1;
        var slot = Words.hash(current, 0, wordCount) & mask;
        while (slots[slot] != 0) {
            var at = (slots[slot] - 1) * wordCount;
            if (Arrays.equals(sets, at, at + wordCount, current, 0, wordCount)) {
                return false;
            }
            slot = slot + 1 & mask;
        }
        if (sets.length < (size + 1) * wordCount) {
            sets = Arrays.copyOf(sets, 2 * sets.length);
        }
        System.arraycopy(current, 0, sets, size * wordCount, wordCount);
        slots[slot] = ++size;
        if (2 * size > slots.length) {
            grow();
        }
        return true;
    }

    private void grow() {
        slots = new int[2 * slots.length];
        var mask = slots.length - 1;
        for (var i = 0; i < size; i++) {
            var slot = Words.hash(sets, i * wordCount, wordCount) & mask;
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = i + 1;
        }
    }
}
