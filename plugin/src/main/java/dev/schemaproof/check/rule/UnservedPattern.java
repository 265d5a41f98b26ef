package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.access.Coverage;
import dev.schemaproof.analysis.access.IndexProposal;
import dev.schemaproof.analysis.access.PatternAccess;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Entity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An access pattern that has to read a whole table, since no index or key leads to the rows that it asks for. */
public final class UnservedPattern implements Rule {

    private static final int REASONS = 3;

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.access().patterns().stream()
                .flatMap(access -> access.coverages().stream()
                        .filter(coverage -> !coverage.served())
                        .map(coverage -> finding(access, coverage)));
    }

    private Finding finding(PatternAccess access, Coverage coverage) {
        var pattern = access.pattern().name();
        var entity = coverage.use().entity();
        var wanted = coverage.proposals().stream()
                .map(proposal -> "`" + proposal.on() + "`")
                .collect(Collectors.joining(" and "));
        return finding(
                        pattern.at(),
                        pattern.value(),
                        "`" + pattern + "` reads all of `" + entity.name() + "`"
                                + (wanted.isEmpty()
                                        ? ", and no condition of it could use an index"
                                        : ", as no index or key is on " + wanted))
                .withHelp(help(coverage))
                .withRelated(coverage.use().at(), "read here");
    }

    private static String help(Coverage coverage) {
        var lines = new ArrayList<String>();
        var entity = coverage.use().entity();
        if (coverage.proposals().isEmpty()) {
            lines.add("ask for fewer rows by a condition that an index can answer, or accept that all are read by"
                    + " `scan: allowed` with a `reason`");
        }
        coverage.proposals().forEach(proposal -> lines.add(edit(entity, proposal)));
        coverage.unfit().stream()
                .sorted(Comparator.comparingInt(unfit -> distance(unfit, coverage)))
                .limit(REASONS)
                .forEach(unfit -> lines.add("`" + unfit.index().name() + "` " + unfit.sentence()));
        return String.join("\n", lines);
    }

    private static String edit(Entity entity, IndexProposal proposal) {
        return entity.indexes().isEmpty()
                ? "add to `" + entity.name() + "`: `" + proposal.line() + "`"
                : "add to the `indexes` of `" + entity.name() + "`: `" + proposal.name() + ": " + proposal.yaml() + "`";
    }

    /** An index on what is asked for that only misses a detail is nearer than one on something else. */
    private static int distance(Coverage.Unfit unfit, Coverage coverage) {
        var shared = unfit.index().terms().stream()
                .filter(term -> coverage.use().conditions().stream()
                        .anyMatch(condition -> condition.basis().attributes().contains(term.text())
                                || condition.text().contains(term.text())))
                .count();
        return unfit.reason() == Coverage.Reason.LEADING_TERM_UNBOUND ? (int) (100 - shared) : (int) -shared;
    }
}
