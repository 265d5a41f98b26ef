package dev.schemaproof.prove;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How long two statements took, in milliseconds, as the server counts the execution: without planning, and without the way to
 * the client and back.
 *
 * @param before the median without the copy
 * @param after the median with it
 * @param low the lower end of the interval in which their ratio lies by 95 %
 * @param high its upper end
 * @param runs how often each statement was run
 */
public record Timing(double before, double after, double low, double high, int runs) {

    /** Resamples for the interval; its ends are then exact to about one in a hundred. */
    private static final int RESAMPLES = 1_000;

    private static final double TAIL = 0.025;

    /** Below that the server's clock says nothing: its ticks are microseconds. */
    private static final double TICK = 0.001;

    /**
     * The medians, and by the bootstrap (Efron 1979) how sure their ratio is: both samples are drawn anew from themselves, with
     * replacement.
     *
     * @param seed where the draws begin
     */
    static Timing of(List<Double> before, List<Double> after, long seed) {
        double[] one = sorted(before);
        double[] two = sorted(after);
        SplittableRandom random = new SplittableRandom(seed);
        double[] ratios = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            ratios[i] = ratio(median(resampled(one, random)), median(resampled(two, random)));
        }
        Arrays.sort(ratios);
        return new Timing(
                median(one),
                median(two),
                ratios[(int) Math.floor(TAIL * (RESAMPLES - 1))],
                ratios[(int) Math.ceil((1 - TAIL) * (RESAMPLES - 1))],
                one.length);
    }

    /** How many times as long it takes without the copy. */
    public double ratio() {
        return ratio(before, after);
    }

    private static double ratio(double before, double after) {
        return Math.max(before, TICK) / Math.max(after, TICK);
    }

    private static double[] sorted(List<Double> times) {
        return times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    private static double[] resampled(double[] times, SplittableRandom random) {
        double[] drawn = new double[times.length];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = times[random.nextInt(times.length)];
        }
        Arrays.sort(drawn);
        return drawn;
    }

    /** The median of a list in any order. */
    static double median(List<Double> values) {
        return median(sorted(values));
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
