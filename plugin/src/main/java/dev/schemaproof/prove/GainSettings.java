package dev.schemaproof.prove;

import dev.schemaproof.model.Entity;
import java.util.List;
import java.util.stream.LongStream;

/**
 * How much is tried to measure what contracts gain.
 *
 * @param rows how many rows the largest table is filled with at last; at least 1,000
 * @param values how many tuples of values both statements are run with
 * @param rounds how often each of them is run with each tuple, after it was run once to warm up
 */
public record GainSettings(long rows, int values, int rounds) {

    private static final int USUAL_VALUES = 8;
    private static final int USUAL_ROUNDS = 5;
    private static final int MEASURED_VALUES = 20;
    private static final int MEASURED_ROUNDS = 15;

    public GainSettings {
        if (rows < Entity.SMALL || values < 1 || rounds < 1) {
            throw new IllegalArgumentException("a gain is measured on rows, by values and rounds");
        }
    }

    /** Enough to count pages, in a second or two. */
    static GainSettings usual(long rows) {
        return new GainSettings(rows, USUAL_VALUES, USUAL_ROUNDS);
    }

    /** Enough to tell times: {@code 300} runs of each statement. */
    public static GainSettings measuring(long rows) {
        return new GainSettings(rows, MEASURED_VALUES, MEASURED_ROUNDS);
    }

    /** The rows of the largest table, from step to step ten times as many. */
    List<Long> steps() {
        return LongStream.of(rows / 100, rows / 10, rows)
                .filter(step -> step >= Entity.SMALL)
                .boxed()
                .toList();
    }
}
