package dev.schemaproof.check;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.app.Rules;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.yaml.ModelReader;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/** What the checker says about models in tests. */
public final class Findings {

    /** The day by which models in tests are judged. */
    public static final LocalDate TODAY = LocalDate.of(2026, 6, 1);

    private Findings() {}

    /** All findings in a model without flaws in its text. */
    public static List<Finding> in(String yaml) {
        return new Checker(Rules.all(), ModelReader.flaws()).check(new Facts(Models.read(yaml), TODAY));
    }

    /** The findings as {@code severity[rule] subject}. */
    public static List<String> briefly(String yaml) {
        return in(yaml).stream()
                .map(finding -> finding.severity().name().toLowerCase(Locale.ROOT) + "[" + finding.rule() + "] "
                        + finding.subject())
                .toList();
    }

    /** The findings like {@link #briefly}, apart from those of a rule that a test has no interest in. */
    public static List<String> brieflyWithout(String rule, String yaml) {
        return briefly(yaml).stream()
                .filter(finding -> !finding.contains("[" + rule + "]"))
                .toList();
    }
}
