package dev.schemaproof.discover.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;

/** What holds in a small table, by definition: every set of columns is tried on every row. Shares no code with the search. */
final class Definition {

    private Definition() {}

    /** The minimal dependencies, as {@code [left] -> right}. */
    static TreeSet<String> dependencies(String[][] rows, int width) {
        var found = new TreeSet<String>();
        for (var right = 0; right < width; right++) {
            var least = new ArrayList<Integer>();
            for (var left : bySize(width)) {
                if ((left >> right & 1) == 0
                        && least.stream().noneMatch(part -> (part & ~left) == 0)
                        && determines(rows, left, right)) {
                    least.add(left);
                    found.add(columns(left) + " -> " + right);
                }
            }
        }
        return found;
    }

    /** The minimal sets of columns that only equal rows share. */
    static TreeSet<String> keys(String[][] rows, int width) {
        var found = new TreeSet<String>();
        var least = new ArrayList<Integer>();
        for (var left : bySize(width)) {
            if (least.stream().noneMatch(part -> (part & ~left) == 0) && identifies(rows, left)) {
                least.add(left);
                found.add(columns(left).toString());
            }
        }
        return found;
    }

    static boolean determines(String[][] rows, int left, int right) {
        var values = new HashMap<List<String>, String>();
        for (var row : rows) {
            var key = project(row, left);
            if (values.containsKey(key) && !java.util.Objects.equals(values.get(key), row[right])) {
                return false;
            }
            values.put(key, row[right]);
        }
        return true;
    }

    private static boolean identifies(String[][] rows, int left) {
        var whole = new HashSet<List<String>>();
        var part = new HashSet<List<String>>();
        for (var row : rows) {
            whole.add(Arrays.asList(row));
            part.add(project(row, left));
        }
        return whole.size() == part.size();
    }

    private static List<String> project(String[] row, int set) {
        var values = new ArrayList<String>();
        columns(set).forEach(column -> values.add(row[column]));
        return values;
    }

    static List<Integer> columns(int set) {
        var columns = new ArrayList<Integer>();
        for (var i = 0; i < Integer.SIZE; i++) {
            if ((set >> i & 1) != 0) {
                columns.add(i);
            }
        }
        return columns;
    }

    private static List<Integer> bySize(int width) {
        var sets = new ArrayList<Integer>();
        for (var set = 0; set < 1 << width; set++) {
            sets.add(set);
        }
        sets.sort(java.util.Comparator.comparingInt(Integer::bitCount));
        return sets;
    }
}
