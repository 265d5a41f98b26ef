package dev.schemaproof.discover.table;

import dev.schemaproof.discover.table.RowSink.Column;
import java.util.List;

/**
 * A table in which every value is a number: equal numbers in a column are equal values, and 0 is no value. Two rows without a
 * value count as equal there, as in the literature on discovery.
 *
 * <p>Rows stand one after the other in blocks, so that comparing two of them touches few lines of memory. Behind its values
 * each row has the number of the first row that is equal in all columns, its own if there is none.
 */
public final class Relation {

    static final int ROWS_PER_BLOCK_BITS = 14;
    static final int ROWS_PER_BLOCK = 1 << ROWS_PER_BLOCK_BITS;

    private final List<Column> columns;
    private final List<ColumnProfile> profiles;
    private final int[][] blocks;
    private final int rows;
    private final int stride;
    private final int distinctRows;
    private final Extent extent;

    /** How much of the table was read. */
    public enum Extent {
        ALL,
        /** As many rows as were asked for. */
        SAMPLE,
        /** As many rows as fit into the memory. */
        MEMORY
    }

    Relation(List<Column> columns, List<ColumnProfile> profiles, int[][] blocks, int rows, Extent extent) {
        this.columns = List.copyOf(columns);
        this.profiles = List.copyOf(profiles);
        this.blocks = blocks;
        this.rows = rows;
        this.extent = extent;
        stride = columns.size() + 1;
        distinctRows = numberRows();
    }

    public List<Column> columns() {
        return columns;
    }

    /** What is known of a column's values. */
    public ColumnProfile profile(int column) {
        return profiles.get(column);
    }

    /** The number of columns. */
    public int width() {
        return stride - 1;
    }

    /** The number of rows. */
    public int rows() {
        return rows;
    }

    /** The number of rows that differ in some column. */
    public int distinctRows() {
        return distinctRows;
    }

    public Extent extent() {
        return extent;
    }

    /** What stands in a row; in the column behind the last the number of the first row that equals it. */
    public int code(int row, int column) {
        return blocks[row >> ROWS_PER_BLOCK_BITS][(row & ROWS_PER_BLOCK - 1) * stride + column];
    }

    /** The block of a row, which holds it from {@link #offset}. */
    public int[] block(int row) {
        return blocks[row >> ROWS_PER_BLOCK_BITS];
    }

    /** Where a row begins in its block. */
    public int offset(int row) {
        return (row & ROWS_PER_BLOCK - 1) * stride;
    }

    /** One more than the largest number in a column. */
    public int codes(int column) {
        return column == width() ? rows : profiles.get(column).values() + 1;
    }

    private int numberRows() {
        var slots = new int[Math.max(2, Integer.highestOneBit(Math.max(1, rows)) * 4)];
        var mask = slots.length - 1;
        var distinct = 0;
        for (var row = 0; row < rows; row++) {
            var block = block(row);
            var offset = offset(row);
            var slot = hash(block, offset) & mask;
            // 0 is an empty slot
            while (slots[slot] != 0 && !sameValues(slots[slot] - 1, block, offset)) {
                slot = slot + 1 & mask;
            }
            if (slots[slot] == 0) {
                slots[slot] = row + 1;
                distinct++;
            }
            block[offset + stride - 1] = slots[slot] - 1;
        }
        return distinct;
    }

    private int hash(int[] block, int offset) {
        var hash = 0L;
        for (var i = 0; i < stride - 1; i++) {
            hash = (hash + block[offset + i]) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        return (int) (hash >>> 7);
    }

    private boolean sameValues(int other, int[] block, int offset) {
        var otherBlock = block(other);
        var otherOffset = offset(other);
        for (var i = 0; i < stride - 1; i++) {
            if (otherBlock[otherOffset + i] != block[offset + i]) {
                return false;
            }
        }
        return true;
    }
}
