package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Entity;
import java.util.List;
import java.util.stream.Stream;

/** An answer of a contract that the model, another contract or another answer contradicts. */
public final class ContradictedAnswer implements Rule {

    /** What can contradict each of the answers. */
    private static final List<Contradictions> ALL = List.of(
            new CopyContradictions(),
            new SyncContradictions(),
            new FoldContradictions(),
            new GainContradictions(),
            new ViewContradictions());

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return Stream.concat(
                facts.model().contracts().values().stream()
                        .filter(Contract::sound)
                        .flatMap(contract -> ALL.stream()
                                .flatMap(kind -> kind.of(contract, facts))
                                .map(found -> finding(
                                                found.at(), contract.name().value(), found.summary())
                                        .withHelp(found.help())
                                        .withSeverity(found.severity()))),
                facts.model().patterns().values().stream()
                        .filter(pattern -> pattern.header().sound())
                        .flatMap(pattern -> writes(pattern, facts)));
    }

    private Stream<Finding> writes(AccessPattern pattern, Facts facts) {
        if (pattern instanceof AccessPattern.Write write) {
            return facts.model().entity(write.entity().value()).stream()
                    .flatMap(entity -> write.set().stream()
                            .flatMap(attribute -> write(pattern, entity, attribute.value(), attribute.at(), facts)));
        }
        if (pattern instanceof AccessPattern.Sql sql) {
            return facts.namesIn(sql).assigned().stream()
                    .flatMap(assigned -> write(
                            pattern,
                            assigned.entity(),
                            assigned.attribute().name().value(),
                            assigned.at(),
                            facts));
        }
        return Stream.empty();
    }

    private Stream<Finding> write(AccessPattern pattern, Entity entity, String attribute, Location at, Facts facts) {
        return facts.contractInto(entity, attribute).stream()
                .map(contract -> finding(
                                at,
                                contract.name().value(),
                                "pattern `" + pattern.name() + "` sets `" + entity.name() + "." + attribute
                                        + "`, which contract `" + contract.name() + "` keeps")
                        .withHelp("write the source instead; the copy follows it")
                        .withRelated(contract.name().at(), "the contract"));
    }
}
