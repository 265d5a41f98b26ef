package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Entity;
import java.util.stream.Stream;

/** An entity whose candidate keys are too many, or too much work, to be all looked at, and so not all normal forms were judged. */
public final class UnexploredKeys implements Rule {

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.model().entities().values().stream()
                .filter(Entity::sound)
                .filter(entity -> !entity.dependencies().isEmpty())
                .filter(entity -> !facts.dependenciesOf(entity).keys().complete())
                .map(entity -> finding(entity, facts));
    }

    private Finding finding(Entity entity, Facts facts) {
        var dependencies = facts.dependenciesOf(entity);
        var undecided = dependencies.namesOf(dependencies.keys().undecided());
        return finding(
                        entity.name().at(),
                        entity.name().value(),
                        "`" + entity.name() + "` has more candidate keys than the "
                                + dependencies.keys().found().size()
                                + " that were looked at")
                .withHelp((undecided.isEmpty()
                                ? ""
                                : "whether " + Words.listed(undecided) + " may be repeated is therefore unknown; ")
                        + "split the entity, or remove dependencies that only restate each other");
    }
}
