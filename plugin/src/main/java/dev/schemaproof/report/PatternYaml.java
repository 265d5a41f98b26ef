package dev.schemaproof.report;

import dev.schemaproof.check.draft.Flow;
import dev.schemaproof.discover.statement.FoundPattern;
import dev.schemaproof.output.Json;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;

/** Access patterns that were found, as YAML of the language. */
public final class PatternYaml {

    /** What YAML's block style can't hold as it is. */
    private static final Pattern UNFIT =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\u2028\\u2029\\uFEFF\\uFFFE\\uFFFF&&[^\\n\\t]]");

    private static final double[] SECONDS = {1, 60, 3_600, 86_400};
    private static final String[] UNITS = {"s", "min", "h", "d"};

    private PatternYaml() {}

    /** The file. */
    public static String of(Collection<FoundPattern> patterns) {
        var text = new StringBuilder(
                        "# Found in use. Give each the name that your team has for it, and say in `description` what it is for.\n")
                .append("accessPatterns:\n");
        patterns.forEach(pattern -> append(text, pattern));
        return text.toString();
    }

    private static void append(StringBuilder text, FoundPattern pattern) {
        text.append("  # ").append(pattern.at()).append(calls(pattern)).append('\n');
        text.append("  ").append(Flow.text(pattern.name())).append(":\n");
        pattern.perSecond()
                .ifPresent(rate -> text.append("    rate: ").append(rate(rate)).append('\n'));
        text.append("    sql: ").append(sql(pattern.sql())).append('\n');
    }

    private static String calls(FoundPattern pattern) {
        return (pattern.calls() == 0
                        ? ""
                        : String.format(
                                Locale.ROOT, ", %,d %s", pattern.calls(), pattern.calls() == 1 ? "run" : "runs"))
                + (pattern.milliseconds().isEmpty()
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                " of %.3g ms on average",
                                pattern.milliseconds().getAsDouble()));
    }

    /** A rate in the unit in which it is at least one, such as {@code 12/min}. */
    static String rate(double perSecond) {
        for (var i = 0; i < UNITS.length; i++) {
            var number = perSecond * SECONDS[i];
            // Not quite one for what was divided before
            if (number >= 0.999) {
                return Math.round(number) + "/" + UNITS[i];
            }
        }
        return "1/d";
    }

    private static String sql(String sql) {
        var plain = sql.replace("\r\n", "\n");
        if (UNFIT.matcher(plain).find()) {
            return Json.quoted(sql);
        }
        var text = new StringBuilder("|");
        plain.lines().forEach(line -> text.append('\n').append(line.isEmpty() ? "" : "      " + line));
        return text.toString();
    }
}
