package dev.schemaproof.prove.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the planner is told about a column.
 *
 * @param column its name
 * @param distinct the number of different values
 * @param nulls the share of nulls, 0 to 1
 * @param width the average width in bytes
 * @param alignment its values begin at a multiple of so many bytes
 * @param fixed whether all its values have the same width
 * @param frequent the share of each frequent value, the most frequent first
 * @param recent whether the values are moments of the last years, so that the planner can judge a range of them
 * @param ordered whether rows lie on the disk in the order of these values
 */
public record ColumnStatistics(
        String column,
        double distinct,
        double nulls,
        int width,
        int alignment,
        boolean fixed,
        Map<String, Double> frequent,
        boolean recent,
        boolean ordered) {

    public ColumnStatistics {
        if (distinct < 1 || nulls < 0 || nulls > 1 || width < 1) {
            throw new IllegalArgumentException("impossible statistics of " + column);
        }
        frequent = Collections.unmodifiableMap(new LinkedHashMap<>(frequent));
    }

    /**
     * How far the order on the disk follows that of the values, as ANALYZE finds it: rows with equal values count as in order,
     * so that a value that most rows have seems to be.
     */
    public double correlation() {
        double rest = 1 - frequent.values().stream().mapToDouble(share -> share).sum();
        double others = Math.max(1, distinct - frequent.size());
        return ordered
                ? 1
                : Math.min(
                        1,
                        frequent.values().stream()
                                        .mapToDouble(share -> share * share)
                                        .sum()
                                + rest * rest / others);
    }
}
