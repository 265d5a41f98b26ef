package dev.schemaproof.analysis.access;

import dev.schemaproof.analysis.access.Coverage.Order;
import dev.schemaproof.analysis.access.Coverage.Seek;
import dev.schemaproof.analysis.access.IndexMatcher.Match;
import dev.schemaproof.model.Index.Method;
import java.util.Comparator;
import java.util.List;

/** Which of several indexes is taken: the one that is bounded by most columns, then by those of more values. */
final class Ranking {

    private Ranking() {}

    private static final Comparator<Match> MOST_BOUND_FIRST = Comparator.<Match, Boolean>comparing(
                    match -> !match.singleRow())
            .thenComparingInt(
                    match -> -match.seek().map(seek -> seek.sought().size()).orElse(0))
            .thenComparing(match -> match.seek().flatMap(Seek::range).isEmpty())
            .thenComparingInt(
                    match -> match.seek().map(seek -> seek.skipped().size()).orElse(0))
            .thenComparing(match -> match.order() == Order.NONE)
            .thenComparing(match -> match.order() == Order.PREFIX);

    private static final Comparator<Match> SIMPLEST_FIRST = Comparator.<Match, Boolean>comparing(
                    match -> match.path().method() != Method.BTREE)
            .thenComparing(match -> match.path().predicate().isEmpty())
            .thenComparingInt(match -> match.path().parts().size())
            .thenComparing(match -> match.path().kind());

    private static final Comparator<Match> BEST_FIRST = MOST_BOUND_FIRST.thenComparing(SIMPLEST_FIRST);

    /** What PostgreSQL expects of a column of which it knows nothing. */
    private static final int USUAL_VALUES = 200;

    /** What the pattern says goes before what follows from it, so that joins are told as they are written. */
    static final Comparator<Match> NEXT_FIRST = Comparator.<Match, Boolean>comparing(match -> match.answered().stream()
                    .anyMatch(condition -> !condition.basis().stated()))
            .thenComparing(BEST_FIRST);

    /** Of indexes that are bounded by as many columns the one of which more different values are declared. */
    static Comparator<Match> bestFirst(EntityUse use) {
        return MOST_BOUND_FIRST
                .thenComparingDouble(match -> -values(use, match))
                .thenComparing(SIMPLEST_FIRST);
    }

    private static double values(EntityUse use, Match match) {
        var values = 1.0;
        for (var term : match.seek().map(Seek::sought).orElse(List.of())) {
            values *= use.entity()
                    .attribute(term.text())
                    .filter(attribute -> !term.expression())
                    .map(attribute -> attribute.values().distinct().orElse(USUAL_VALUES))
                    .orElse((long) USUAL_VALUES);
        }
        return values;
    }
}
