package dev.schemaproof.prove;

import java.util.Locale;

/**
 * What becomes of a plan when there are 100 times as many rows. Tables that are declared small stay as they are. Both are planned
 * as if nothing that was read once were still in memory: how much of a database that holds is a matter of the machine.
 *
 * @param from the volume that it begins with, as a share of the declared rows: 1, or less where 100 times as much would
 *     need too many files
 * @param cost how many times the cost is
 * @param rows how many times as many rows the statement returns or writes
 * @param costOfRow what each of those rows costs then
 * @param sorted how many times as many rows the sort at the end has to do with; 1 if there is none
 */
public record Growth(double from, double cost, double rows, double costOfRow, double sorted) {

    /** How many times as many rows there are. */
    public static final int TIMES = 100;

    /** A tree that is deeper or a sort that compares more often is no growth to speak of. */
    private static final double STEEP = 10;

    private static final double SHOWN_EXACTLY = 10;
    private static final double AS_MANY = 2;

    /** A row of a few joined tables, each read at random. */
    private static final double DEAR = 100;

    /**
     * What becomes of a plan.
     *
     * @param from the smaller volume, as a share of the declared rows
     * @param few the plan at that volume
     * @param many the plan with 100 times the rows
     */
    static Growth between(double from, PlanNode few, PlanNode many) {
        return new Growth(
                from,
                ratio(many.totalCost(), few.totalCost()),
                ratio(many.rows(), few.rows()),
                many.totalCost() / Math.max(1, many.rows()),
                ratio(sorted(many), sorted(few)));
    }

    private static double sorted(PlanNode plan) {
        return plan.lastSort().map(PlanNode::rows).orElse(1.0);
    }

    private static double ratio(double many, double few) {
        return many == few ? 1 : many / Math.max(few, Double.MIN_NORMAL);
    }

    /** Whether it costs more and more to come to the same number of rows. */
    boolean vain() {
        return cost > STEEP && rows < AS_MANY && costOfRow > DEAR;
    }

    /** {@code 1.0 times}, as the cost is. */
    public String shown() {
        return times(cost);
    }

    static String times(double ratio) {
        return String.format(Locale.ROOT, ratio < SHOWN_EXACTLY ? "%.1f" : "%.0f", ratio) + " times";
    }
}
