package dev.schemaproof.prove;

import dev.schemaproof.analysis.contract.SummaryContract;
import dev.schemaproof.prove.MeasuredGain.Step;
import dev.schemaproof.prove.Price.Kind;
import dev.schemaproof.prove.Price.Write;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What was measured of a gain, in words. Times and bytes of the log differ from run to run, so that they are figures and in no
 * sentence.
 */
final class GainWords {

    /** Another fan-out than that is another question. */
    private static final double ALIKE = 1.5;

    private final MeasuredGain gain;
    private final GainCase about;
    private final String state;
    private final Map<String, Long> rows;
    private final double claim;
    private final MeasuredGain.Earned earned;

    /**
     * @param state of the tables, in words
     * @param rows how many rows each table has, by entity
     */
    GainWords(MeasuredGain gain, GainCase about, String state, Map<String, Long> rows) {
        this.gain = gain;
        this.about = about;
        this.state = state;
        this.rows = rows;
        this.claim = about.claim().value();
        this.earned = gain.earned(claim);
    }

    Verdict verdict() {
        return switch (earned) {
            case IN_PAGES, IN_TIME, AS_PLANNED -> Verdict.PROVEN;
            case UNDECIDED -> Verdict.NOT_PROVEN;
            case NOT -> Verdict.FAILED;
        };
    }

    String statement() {
        return switch (earned) {
                    case IN_PAGES -> "earns its gain: " + pages(gain.last()) + claimed();
                    case IN_TIME ->
                        "earns its gain in time, as it takes " + times(claim)
                                + " as long at least without the copy, by the lower end of the 95 % interval: "
                                + pages(gain.last())
                                + claimed();
                    case AS_PLANNED ->
                        "earns its gain at the declared rows, as the planner estimates it, and the gain grows with the rows: "
                                + pages(gain.last()) + claimed();
                    case UNDECIDED ->
                        "may earn its gain or not, as the times lie too far apart to tell: " + pages(gain.last())
                                + claimed();
                    case NOT -> "no longer earns its gain: " + pages(gain.last()) + claimed();
                }
                + price();
    }

    private String pages(Step step) {
        return String.format(
                Locale.ROOT,
                "`instead` reads %s pages where %s reads %s, %s as many, at %s of %s%s",
                number(step.before()),
                Words.name(gain.pattern()),
                number(step.after()),
                times(step.ratio()),
                Words.count(step.rows(), "row"),
                Words.name(step.table()),
                gain.planned()
                        .map(factor -> ", and costs " + times(factor)
                                + " as much as the planner takes it at the declared rows")
                        .orElse(""));
    }

    private String claimed() {
        return "; " + times(claim) + " is claimed";
    }

    private String price() {
        List<String> parts = new ArrayList<>();
        gain.price()
                .of(Kind.INSERT)
                .or(() -> gain.price().writes().stream().findFirst())
                .ifPresent(write -> parts.add(number(write.pages()) + " pages for each "
                        + write.kind().word()));
        gain.price()
                .run()
                .ifPresent(run -> parts.add(
                        number(run.pages()) + " pages for each " + run.means().word()));
        String bytes = number(gain.price().bytes()) + " bytes a row";
        return "; its price is " + (parts.isEmpty() ? bytes : String.join(", ", parts) + ", and " + bytes);
    }

    List<String> details() {
        List<String> details = new ArrayList<>();
        if (gain.steps().size() > 1) {
            gain.steps()
                    .forEach(step -> details.add(String.format(
                            Locale.ROOT,
                            "at %s of %s: %s pages without the copy, %s with it, %s as many",
                            Words.count(step.rows(), "row"),
                            Words.name(step.table()),
                            number(step.before()),
                            number(step.after()),
                            times(step.ratio()))));
        }
        details.add("pages are the average of " + Words.count(gain.last().values(), "value") + " of the parameters, "
                + state
                + (gain.last().share() < 1
                        ? "; more rows were only planned, and with them indexes are deeper, which both statements pay"
                        : ""));
        fanOut().ifPresent(details::add);
        for (Write write : gain.price().writes()) {
            details.add(String.format(
                            Locale.ROOT,
                            "%s of %s: %s more pages %s",
                            write.kind().word(),
                            Words.name(write.table()),
                            number(write.pages()),
                            write.rows() == 1 ? "" : "for each of " + Words.count(write.rows(), "row"))
                    .strip());
        }
        if (!gain.price().shared().isEmpty()) {
            details.add("the same triggers keep " + Words.names(gain.price().shared())
                    + " too, so that this is the price of all together");
        }
        gain.price()
                .run()
                .filter(run -> run.changed() > 0)
                .ifPresent(run -> details.add(run.means().word() + ": " + number(run.pages()) + " pages, after "
                        + Words.count(run.changed(), "row") + " of its source were changed"));
        gain.price().why().ifPresent(why -> details.add("what it costs is not measured: " + why));
        breakEven().ifPresent(details::add);
        if (earned == MeasuredGain.Earned.NOT) {
            details.add("help: claim what was measured, or remove the copy and let " + Words.name(gain.pattern())
                    + " run `instead`");
        }
        return details;
    }

    /** How many children a parent has here, where that is not as declared. */
    private Optional<String> fanOut() {
        Optional<SummaryContract> summary = about.summary();
        if (summary.isEmpty()) {
            return Optional.empty();
        }
        String child = summary.get().child().name().value();
        String parent = summary.get().parent().name().value();
        double here = rows.getOrDefault(child, 0L) / (double) Math.max(1, rows.getOrDefault(parent, 0L));
        double declared = summary.get().child().expectedRows()
                / (double) Math.max(1, summary.get().parent().expectedRows());
        return here * ALIKE < declared
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "there are %s rows of %s for each of %s, where %s are declared, so that less is gained here than there",
                        number(here),
                        Words.name(child),
                        Words.name(parent),
                        number(declared)))
                : Optional.empty();
    }

    private Optional<String> breakEven() {
        double saved = gain.last().before() - gain.last().after();
        return gain.price()
                .of(Kind.INSERT)
                .map(write -> write.pages() + gain.price().later())
                .filter(pages -> pages > 0 && saved > 0)
                .map(pages -> "in pages it pays from " + number(pages / saved) + " reads a write on");
    }

    List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        Timing timing = gain.last().timing();
        figures.add(new Figure("gain claimed", times(claim), false));
        figures.add(new Figure("gain in pages", times(gain.last().ratio()), false));
        gain.planned()
                .ifPresent(
                        factor -> figures.add(new Figure("gain, as the planner estimates it", times(factor), false)));
        figures.add(new Figure("without the copy", millis(timing.before()), true));
        figures.add(new Figure("with it", millis(timing.after()), true));
        figures.add(new Figure(
                "gain in time",
                times(timing.ratio()) + ", by 95 % between " + times(timing.low()) + " and " + times(timing.high()),
                true));
        gain.price()
                .of(Kind.INSERT)
                .ifPresent(write -> figures.add(new Figure(
                        "more time for an insert", millis(write.millis()) + " to " + millis(write.base()), true)));
        // How the log is aligned differs from run to run, by some bytes
        gain.price()
                .of(Kind.INSERT)
                .ifPresent(write ->
                        figures.add(new Figure("more WAL for an insert", number(write.wal()) + " bytes", true)));
        gain.price().run().ifPresent(run -> {
            figures.add(new Figure("time for a " + run.means().word(), millis(run.millis()), true));
            figures.add(new Figure("WAL for a " + run.means().word(), number(run.wal()) + " bytes", true));
        });
        return figures;
    }

    /** {@code 0.08 ms}: three digits. */
    static String millis(double millis) {
        return number(millis, 3) + " ms";
    }

    /** {@code 1.4x}, {@code 57x}. */
    static String times(double factor) {
        return (factor < 10
                        ? String.format(Locale.ROOT, "%.1f", factor).replace(".0", "")
                        : Words.number(Math.round(factor)))
                + "x";
    }

    /** With one digit behind the point where it is small, and none that says nothing. */
    private static String number(double value) {
        return Math.abs(value) >= 100
                ? Words.number(Math.round(value))
                : String.format(Locale.ROOT, Math.abs(value) < 1 ? "%.2f" : "%.1f", value)
                        .replaceFirst("\\.0+$", "");
    }

    private static String number(double value, int digits) {
        BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(digits));
        return rounded.scale() > 0 ? rounded.stripTrailingZeros().toPlainString() : rounded.toPlainString();
    }
}
