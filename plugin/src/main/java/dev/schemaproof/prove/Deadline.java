package dev.schemaproof.prove;

import java.time.Duration;

/**
 * When everything must be over.
 *
 * @param nanoTime as {@link System#nanoTime} counts
 */
public record Deadline(long nanoTime) {

    /** A deadline so far from now. */
    public static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** What is left; never negative. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    /** Whether it is over. */
    public boolean passed() {
        return nanoTime - System.nanoTime() <= 0;
    }

    /**
     * Lets the caller go on only while it is not over.
     *
     * @throws OutOfTimeException when it is over, or when the thread was asked to stop
     */
    public void check() {
        if (passed() || Thread.currentThread().isInterrupted()) {
            throw new OutOfTimeException();
        }
    }
}
