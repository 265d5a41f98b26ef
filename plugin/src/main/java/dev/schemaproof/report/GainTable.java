package dev.schemaproof.report;

import dev.schemaproof.prove.MeasuredGain;
import dev.schemaproof.prove.Price;
import dev.schemaproof.prove.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What was measured of contracts, as a table for a terminal. */
public final class GainTable {

    private static final List<String> HEAD = List.of(
            "contract",
            "rows",
            "pages before",
            "after",
            "gain",
            "time before",
            "after",
            "gain",
            "95 %",
            "an insert more",
            "a run",
            "bytes a row");

    private GainTable() {}

    /** A line for each step of each contract, below a line of titles; none where nothing was measured. */
    public static List<String> lines(List<MeasuredGain> gains) {
        if (gains.isEmpty()) {
            return List.of();
        }
        var rows = new ArrayList<List<String>>();
        rows.add(HEAD);
        for (var gain : gains) {
            gain.steps().forEach(step -> rows.add(row(gain, step)));
        }
        return rows.stream().map(row -> line(row, rows)).toList();
    }

    private static List<String> row(MeasuredGain gain, MeasuredGain.Step step) {
        var timing = step.timing();
        var last = step.equals(gain.last());
        return List.of(
                gain.contract(),
                String.format(Locale.ROOT, "%,d", step.rows()),
                String.format(Locale.ROOT, "%,.1f", step.before()),
                String.format(Locale.ROOT, "%,.1f", step.after()),
                times(step.ratio()),
                millis(timing.before()),
                millis(timing.after()),
                times(timing.ratio()),
                interval(timing),
                last ? insert(gain.price()) : "",
                last ? run(gain.price()) : "",
                last ? String.format(Locale.ROOT, "%,.1f", gain.price().bytes()) : "");
    }

    private static String insert(Price price) {
        return price.of(Price.Kind.INSERT)
                .map(write -> String.format(
                        Locale.ROOT,
                        "%,.1f pages, %,.0f bytes of WAL, %+.3f ms to %.3f",
                        write.pages(),
                        write.wal(),
                        write.millis(),
                        write.base()))
                .orElse("");
    }

    private static String run(Price price) {
        return price.run()
                .map(run -> String.format(
                        Locale.ROOT,
                        "%,.1f pages, %,.0f bytes of WAL, %.3f ms a %s",
                        run.pages(),
                        run.wal(),
                        run.millis(),
                        run.means().word()))
                .orElse("");
    }

    private static String interval(Timing timing) {
        return times(timing.low()) + " to " + times(timing.high());
    }

    private static String times(double factor) {
        return String.format(Locale.ROOT, "%,.1fx", factor);
    }

    private static String millis(double millis) {
        return String.format(Locale.ROOT, "%,.3f ms", millis);
    }

    private static String line(List<String> row, List<List<String>> all) {
        var cells = new ArrayList<String>();
        for (var i = 0; i < row.size(); i++) {
            var column = i;
            var width = all.stream()
                    .mapToInt(other -> Cells.of(other.get(column)))
                    .max()
                    .orElse(0);
            var blanks = " ".repeat(width - Cells.of(row.get(i)));
            cells.add(i == 0 ? row.get(i) + blanks : blanks + row.get(i));
        }
        return cells.stream().collect(Collectors.joining("  ")).stripTrailing();
    }
}
