package dev.schemaproof.report;

import dev.schemaproof.analysis.normal.AttributeSet;
import dev.schemaproof.diagnostic.Visible;
import dev.schemaproof.discover.judge.Evidence;
import dev.schemaproof.discover.judge.FormFinding;
import dev.schemaproof.discover.judge.TableAdvice;
import dev.schemaproof.discover.judge.Verdict.Refuted;
import dev.schemaproof.discover.judge.Verdict.WitnessRow;
import dev.schemaproof.discover.table.Relation.Extent;
import dev.schemaproof.model.NormalForm;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What data says, in words that the screen and the page share. */
final class AdviceWords {

    /** Longer values are cut where they only serve to be recognized. */
    private static final int LONGEST_VALUE = 40;

    private AdviceWords() {}

    static String count(long number, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : many);
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code a, b -> c}. */
    static String dependency(TableAdvice advice, AttributeSet determinant, AttributeSet dependents) {
        return list(advice, determinant) + " -> " + list(advice, dependents);
    }

    static String list(TableAdvice advice, AttributeSet columns) {
        return Visible.line(String.join(", ", advice.names(columns)));
    }

    static String evidence(Evidence evidence) {
        return count(evidence.determinants(), "value", "values") + ", repeated in "
                + count(evidence.repeated(), "row", "rows");
    }

    /** How much of the table was looked at, where it is not all. */
    static Optional<String> sample(TableAdvice advice) {
        return switch (advice.extent()) {
            case ALL -> Optional.empty();
            case SAMPLE ->
                Optional.of("only the first " + count(advice.rows(), "row was", "rows were")
                        + " read, as asked for: a sample can refute a dependency, but not show one");
            case MEMORY ->
                Optional.of("only the first " + count(advice.rows(), "row was", "rows were")
                        + " read, as more don't fit into the memory: a sample can refute a dependency, but not show one;"
                        + " give Maven more with MAVEN_OPTS=-Xmx4g");
        };
    }

    /** What was not explored, if anything. */
    static Optional<String> unexplored(TableAdvice advice) {
        var explored = advice.discovered().explored();
        var known = explored < 0
                ? "nothing could be shown"
                : "determinants of more than " + count(explored, "column", "columns") + " were not explored";
        return switch (advice.discovered().end()) {
            case COMPLETE -> Optional.empty();
            case SIZE -> Optional.of(known + ", as asked for");
            case TIME -> Optional.of(known + ", as the time was up; give more with -Dschema.timeout=30m");
            case MEMORY -> Optional.of(known + ", as there are too many candidates for the memory");
        };
    }

    static String form(FormFinding finding) {
        return finding.reached().map(NormalForm::word).orElse("unknown");
    }

    /** The keys as far as they are worth a line. */
    static String keys(TableAdvice advice) {
        if (advice.rows() == 0) {
            return "no rows, so that nothing can be said of it";
        } else if (advice.repeatedRows() > 0) {
            return "no key, as " + count(advice.repeatedRows(), "row repeats another", "rows repeat others");
        } else if (advice.keys().isEmpty()) {
            return advice.rows() == 1 ? "a single row, so that anything is a key" : "no key was found";
        }
        var others = advice.keys().size() - 1;
        return "key [" + list(advice, advice.keys().get(0).columns()) + "]"
                + (others == 0 ? "" : " or " + count(others, "other", "others"));
    }

    /** Why the data refutes a claim. */
    static String refutation(TableAdvice advice, Refuted refuted) {
        var claim = refuted.claim();
        var entity = advice.known().map(known -> " of `" + known.entity() + "`").orElse("");
        var what = "`" + claim.words() + "`" + entity + " is refuted by "
                + (refuted.rows().size() == 1 ? "a row without a value" : "two rows");
        var lines = refuted.rows().stream()
                .filter(row -> row.line() > 0)
                .map(row -> "line " + number(row.line()))
                .collect(Collectors.joining(" and "));
        return what + (lines.isEmpty() ? "" : ", " + lines);
    }

    /** {@code zip_code = 10115, city = Berlin}. */
    static String values(WitnessRow row) {
        return row.values().entrySet().stream()
                .map(entry -> Visible.line(entry.getKey()) + " = " + value(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** The values of some columns of a row. */
    static String values(WitnessRow row, List<String> columns) {
        return columns.stream()
                .map(column -> Visible.line(column) + " = " + value(row.values().get(column)))
                .collect(Collectors.joining(", "));
    }

    private static String value(@Nullable String value) {
        if (value == null) {
            return "no value";
        }
        var shown = value.codePointCount(0, value.length()) > LONGEST_VALUE
                ? value.substring(0, value.offsetByCodePoints(0, LONGEST_VALUE)) + "..."
                : value;
        return shown.isEmpty() ? "an empty text" : Visible.line(shown);
    }

    static boolean isSample(TableAdvice advice) {
        return advice.extent() != Extent.ALL;
    }
}
