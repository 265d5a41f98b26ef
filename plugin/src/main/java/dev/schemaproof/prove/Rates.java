package dev.schemaproof.prove;

import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.AccessPattern.Rate;
import dev.schemaproof.prove.Price.Kind;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

/**
 * What a copy saves and costs in a second, at the declared rates.
 *
 * @param reads how often the pattern reads the copy
 * @param writes how often patterns write to the copy's source
 * @param saved how many pages the reads save
 * @param spent how many pages the writes touch more
 */
record Rates(double reads, double writes, double saved, double spent) {

    /** Where the pattern's rate is declared, and that of every pattern that writes to the source. */
    static Optional<Rates> of(Bench bench, GainCase gain, MeasuredGain measured) throws SQLException {
        Optional<Rate> read = gain.pattern().header().rate();
        if (read.isEmpty() || measured.price().writes().isEmpty()) {
            return Optional.empty();
        }
        String source = measured.price().writes().get(0).table();
        double writes = 0;
        double spent = 0;
        for (AccessPattern pattern : bench.patterns()) {
            Optional<Kind> kind = kind(bench, pattern, source);
            Optional<Rate> rate = pattern.header().rate();
            if (kind.isPresent()) {
                if (rate.isEmpty()) {
                    return Optional.empty();
                }
                double pages = measured.price()
                        .of(kind.get())
                        .or(() -> measured.price().of(Kind.INSERT))
                        .map(Price.Write::pages)
                        .orElse(0.0);
                writes += rate.get().perSecond();
                spent += rate.get().perSecond() * (pages + measured.price().later());
            }
        }
        double saved = measured.last().before() - measured.last().after();
        return writes == 0
                ? Optional.empty()
                : Optional.of(
                        new Rates(read.get().perSecond(), writes, read.get().perSecond() * saved, spent));
    }

    private static Optional<Kind> kind(Bench bench, AccessPattern pattern, String table) throws SQLException {
        PlanNode plan;
        try {
            plan = bench.planner().plan(bench.statementOf(pattern).sql());
        } catch (SQLException refused) {
            if (SqlStates.gone(refused) || SqlStates.cancelled(refused)) {
                throw refused;
            }
            return Optional.empty();
        }
        if (!plan.text("Relation Name").equals(Optional.of(table))) {
            return Optional.empty();
        }
        return switch (plan.text("Operation").orElse("")) {
            case "Insert", "Merge" -> Optional.of(Kind.INSERT);
            case "Update" -> Optional.of(Kind.UPDATE);
            case "Delete" -> Optional.of(Kind.DELETE);
            default -> Optional.empty();
        };
    }

    /** Whether the copy costs more than it saves. */
    boolean losing() {
        return spent > saved;
    }

    String statement() {
        return String.format(
                Locale.ROOT,
                "at the declared rates the copy costs more than it saves: %s reads a second save %s pages, %s writes cost %s",
                shown(reads),
                shown(saved),
                shown(writes),
                shown(spent));
    }

    private static String shown(double number) {
        return number == Math.rint(number) || number >= 10
                ? String.format(Locale.ROOT, "%,.0f", number)
                : String.format(Locale.ROOT, "%.2g", number);
    }
}
