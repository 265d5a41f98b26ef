package dev.schemaproof.discover.search;

import java.time.Duration;

/**
 * How far the search goes.
 *
 * @param largest the size of the largest determinant that is looked for
 * @param deadline when it has to be over, as {@link System#nanoTime} counts
 * @param memory the bytes that candidates may take
 */
public record Limits(int largest, long deadline, long memory) {

    /** Limits that begin to count now. */
    public static Limits from(int largest, Duration time, long memory) {
        return new Limits(largest, System.nanoTime() + time.toNanos(), memory);
    }

    /** Whether it has to stop: as time is up, or the thread is asked to. */
    boolean reached() {
        return deadline - System.nanoTime() <= 0 || Thread.currentThread().isInterrupted();
    }
}
