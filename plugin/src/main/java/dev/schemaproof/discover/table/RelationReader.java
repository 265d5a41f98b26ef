package dev.schemaproof.discover.table;

import dev.schemaproof.discover.table.Relation.Extent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a table into numbers, row by row: what is kept of it is 4 bytes for each value, and while it is read some 30 to 60
 * bytes for each different value of a column.
 */
public final class RelationReader implements RowSink {

    /** What the search needs beside the numbers of a value: where it stands among its equals. */
    private static final int BYTES_PER_VALUE = 2 * Integer.BYTES;

    private static final int BYTES_PER_ROW = 4 * Integer.BYTES;

    private final long mostRows;
    private final long memory;
    private List<Column> columns = List.of();
    private Dictionary[] dictionaries = new Dictionary[0];
    private TypeGuess[] guesses = new TypeGuess[0];
    private int[] absent = new int[0];

    /** The largest number in each column; one of a row that was not kept is none. */
    private int[] highest = new int[0];

    private int[] current = new int[0];
    private int[][] blocks = new int[0][];
    private int rows;
    private long dictionaryBytes;
    private Extent extent = Extent.ALL;

    private RelationReader(long mostRows, long memory) {
        this.mostRows = mostRows;
        this.memory = memory;
    }

    /**
     * Reads a table.
     *
     * @param mostRows stop after so many
     * @param memory stop before more bytes than that are needed for the table and what the search keeps beside it
     * @throws UnreadableTableException with everything that is wrong with it
     */
    public static Relation read(TableSource source, long mostRows, long memory) throws UnreadableTableException {
        var reader = new RelationReader(mostRows, memory);
        source.read(reader);
        return reader.relation();
    }

    @Override
    public void begin(List<Column> named) {
        columns = List.copyOf(named);
        var width = named.size();
        dictionaries = new Dictionary[width];
        guesses = new TypeGuess[width];
        for (var i = 0; i < width; i++) {
            dictionaries[i] = new Dictionary();
            guesses[i] = new TypeGuess();
            dictionaryBytes += dictionaries[i].bytes();
        }
        absent = new int[width];
        highest = new int[width];
        current = new int[width];
    }

    @Override
    public void value(int column, char[] text, int offset, int length) {
        if (extent != Extent.ALL || rows == mostRows) {
            return;
        }
        var dictionary = dictionaries[column];
        var growth = dictionary.bytesToGrow();
        if (growth > 0) {
            if (dictionary.isExhausted() || !fits(growth)) {
                extent = Extent.MEMORY;
                return;
            }
            dictionaryBytes += dictionary.bytes();
        }
        var known = dictionary.size();
        current[column] = dictionary.codeOf(text, offset, length);
        if (dictionary.size() > known) {
            guesses[column].see(text, offset, length);
        }
    }

    @Override
    public void absent(int column) {
        current[column] = Dictionary.ABSENT;
    }

    @Override
    public boolean endRow(long line) {
        if (extent == Extent.ALL && rows == mostRows) {
            extent = Extent.SAMPLE;
        }
        if (extent != Extent.ALL || !store()) {
            return false;
        }
        for (var column = 0; column < current.length; column++) {
            if (current[column] == Dictionary.ABSENT) {
                absent[column]++;
            }
            highest[column] = Math.max(highest[column], current[column]);
        }
        rows++;
        return true;
    }

    private boolean store() {
        var stride = current.length + 1;
        var block = rows >> Relation.ROWS_PER_BLOCK_BITS;
        if (rows == block << Relation.ROWS_PER_BLOCK_BITS) {
            if (rows > 0 && !fits((long) Relation.ROWS_PER_BLOCK * bytesPerRow())) {
                extent = Extent.MEMORY;
                return false;
            }
            if (block == blocks.length) {
                blocks = Arrays.copyOf(blocks, Math.max(4, 2 * blocks.length));
            }
            blocks[block] = new int[Relation.ROWS_PER_BLOCK * stride];
        }
        System.arraycopy(current, 0, blocks[block], (rows & Relation.ROWS_PER_BLOCK - 1) * stride, stride - 1);
        return true;
    }

    private long bytesPerRow() {
        return (long) current.length * BYTES_PER_VALUE + BYTES_PER_ROW;
    }

    private boolean fits(long more) {
        return (long) rows * bytesPerRow() + dictionaryBytes + more <= memory;
    }

    private Relation relation() {
        var profiles = new ArrayList<ColumnProfile>();
        for (var column = 0; column < columns.size(); column++) {
            profiles.add(new ColumnProfile(
                    highest[column],
                    absent[column],
                    guesses[column].longest(),
                    columns.get(column).type().orElse(guesses[column].type())));
        }
        return new Relation(columns, profiles, blocks, rows, extent);
    }
}
