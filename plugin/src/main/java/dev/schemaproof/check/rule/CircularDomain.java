package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.TypeDefinition;
import dev.schemaproof.model.TypeDefinition.Domain;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A domain that stands on itself. */
public final class CircularDomain implements Rule {

    /** How many domains of a longer circle are named. */
    private static final int NAMED = 8;

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    /** Every domain is made of one type at most, so each is walked from once. */
    @Override
    public Stream<Finding> check(Facts facts) {
        var own = facts.types().own();
        var walked = new HashSet<String>();
        var found = new ArrayList<Finding>();
        for (var type : facts.model().types().values()) {
            var way = new ArrayList<Domain>();
            var next = domain(Optional.of(type));
            while (next.isPresent() && walked.add(next.get().name().value())) {
                way.add(next.get());
                next = domain(own.madeOf(next.get().base().value()));
            }
            var begin = next.map(way::indexOf).orElse(-1);
            if (begin >= 0) {
                circle(way.subList(begin, way.size()), found);
            }
        }
        return found.stream();
    }

    private static Optional<Domain> domain(Optional<TypeDefinition> type) {
        return type.filter(Domain.class::isInstance).map(Domain.class::cast);
    }

    private void circle(List<Domain> circle, List<Finding> found) {
        for (var i = 0; i < circle.size(); i++) {
            var domain = circle.get(i);
            var way = IntStream.range(i + 1, i + Math.min(circle.size(), NAMED + 1))
                    .mapToObj(at -> circle.get(at % circle.size()).name())
                    .toList();
            var more = circle.size() - 1 - way.size();
            found.add(finding(
                            domain.base().at(),
                            domain.name().value(),
                            "domain `" + domain.name() + "` stands on itself"
                                    + (way.isEmpty() ? "" : ", by way of ")
                                    + (more == 0 ? Words.listed(way) : Words.quoted(way) + " and " + more + " more"))
                    .withHelp("let `" + domain.name() + "` stand on a type of the database: `domain: text`"));
        }
    }
}
