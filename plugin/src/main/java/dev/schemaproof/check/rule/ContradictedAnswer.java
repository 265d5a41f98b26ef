package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.Contract;
import java.util.List;
import java.util.stream.Stream;

/** An answer of a contract that the model, another contract or another answer contradicts. */
public final class ContradictedAnswer implements Rule {

    /** What can contradict each of the answers. */
    private static final List<Contradictions> ALL =
            List.of(new CopyContradictions(), new SyncContradictions(), new GainContradictions());

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
                        .filter(AccessPattern.Write.class::isInstance)
                        .map(AccessPattern.Write.class::cast)
                        .flatMap(write -> writes(write, facts)));
    }

    private Stream<Finding> writes(AccessPattern.Write write, Facts facts) {
        return facts.model().entity(write.entity().value()).stream()
                .flatMap(entity -> write.set().stream()
                        .flatMap(name -> facts.contractInto(entity, name.value()).stream()
                                .map(contract -> finding(
                                                name.at(),
                                                contract.name().value(),
                                                "pattern `" + write.name() + "` sets `" + entity.name() + "." + name
                                                        + "`, which contract `" + contract.name() + "` keeps")
                                        .withHelp("write the source instead; the copy follows it")
                                        .withRelated(contract.name().at(), "the contract"))));
    }
}
