package dev.schemaproof.discover.judge;

import dev.schemaproof.discover.judge.Verdict.WitnessRow;
import dev.schemaproof.discover.table.RowSink;
import dev.schemaproof.discover.table.TableSource;
import dev.schemaproof.discover.table.UnreadableTableException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a table once more for what stands in a few of its rows, since only numbers of it were kept. */
final class RowLookup implements RowSink {

    private final int[] wanted;
    private final Map<Integer, WitnessRow> found = new TreeMap<>();
    private List<Column> columns = List.of();
    private Map<String, @Nullable String> values = new LinkedHashMap<>();
    private int row;
    private int next;

    private RowLookup(SortedSet<Integer> wanted) {
        this.wanted = wanted.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The rows of these numbers, from 0; what is not there any more is left out. */
    static Map<Integer, WitnessRow> of(TableSource source, SortedSet<Integer> wanted) throws UnreadableTableException {
        if (wanted.isEmpty()) {
            return Map.of();
        }
        var lookup = new RowLookup(wanted);
        source.read(lookup);
        return lookup.found;
    }

    private boolean isWanted() {
        return next < wanted.length && wanted[next] == row;
    }

    @Override
    public void begin(List<Column> named) {
        columns = named;
    }

    @Override
    public void value(int column, char[] text, int offset, int length) {
        if (isWanted()) {
            values.put(columns.get(column).name(), new String(text, offset, length));
        }
    }

    @Override
    public void absent(int column) {
        if (isWanted()) {
            values.put(columns.get(column).name(), null);
        }
    }

    @Override
    public boolean endRow(long line) {
        if (isWanted()) {
            found.put(row, new WitnessRow(line, values));
            values = new LinkedHashMap<>();
            next++;
        }
        row++;
        return next < wanted.length;
    }
}
