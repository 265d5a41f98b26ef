package dev.schemaproof.prove;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a contract's copy gains, and what it costs, as both were measured on synthetic rows.
 *
 * @param contract the contract's name
 * @param pattern the access pattern that reads the copy
 * @param steps from few rows to many; at least one
 * @param planned how many times as dear the planner takes the statement without the copy to be at the declared rows; nothing where
 *     it doesn't know them
 * @param price what the copy costs
 */
public record MeasuredGain(String contract, String pattern, List<Step> steps, Optional<Double> planned, Price price) {

    /** What counts as more, rather than as another layout of the same rows. */
    private static final double MORE = 1.1;

    public MeasuredGain {
        Objects.requireNonNull(contract, "contract");
        Objects.requireNonNull(pattern, "pattern");
        Objects.requireNonNull(planned, "planned");
        Objects.requireNonNull(price, "price");
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
    }

    /**
     * Both statements on a volume of rows.
     *
     * @param table the largest table that they read
     * @param rows how many rows that has
     * @param share of the declared rows
     * @param before how many pages are read without the copy, on average over the values of the parameters
     * @param after how many with it
     * @param values how many tuples of values those are
     * @param timing how long they take
     */
    public record Step(String table, long rows, double share, double before, double after, int values, Timing timing) {

        /** How many times as many pages are read without the copy. */
        public double ratio() {
            return before / Math.max(1, after);
        }
    }

    /** The measurement on the most rows. */
    public Step last() {
        return steps.get(steps.size() - 1);
    }

    /** Whether more is gained with more rows. */
    public boolean grows() {
        Step first = steps.get(0);
        return last().ratio() > MORE * first.ratio()
                || last().timing().low() > MORE * first.timing().high();
    }

    /**
     * How the claim is borne out, if it is: by the pages that were counted; else by the time, where even the lower end of its
     * interval reaches the claim; else by what the planner expects at the declared rows, where the measured gain grows with the
     * rows. Whether the time reaches the claim can remain open.
     */
    public Earned earned(double claim) {
        if (last().ratio() >= claim) {
            return Earned.IN_PAGES;
        } else if (last().timing().low() >= claim) {
            return Earned.IN_TIME;
        } else if (last().share() < 1 && grows() && planned.orElse(0.0) >= claim) {
            return Earned.AS_PLANNED;
        }
        return last().timing().high() >= claim ? Earned.UNDECIDED : Earned.NOT;
    }

    /** By what a claim is borne out. */
    public enum Earned {
        IN_PAGES,
        IN_TIME,
        AS_PLANNED,
        UNDECIDED,
        NOT
    }
}
