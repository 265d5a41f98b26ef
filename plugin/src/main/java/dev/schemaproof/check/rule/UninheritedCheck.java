package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Check;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.TypeDefinition;
import java.util.stream.Stream;

/**
 * A check that nothing is to inherit, where that means nothing or too much: of a divided table, whose rows are all in
 * partitions, or of a domain, which nothing inherits from.
 */
public final class UninheritedCheck implements Rule {

    private static final String HELP = "remove `noInherit: true`";

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return Stream.concat(
                facts.model().entities().values().stream()
                        .filter(Entity::sound)
                        .filter(entity -> facts.model().storeOf(entity) instanceof RelationalStore)
                        .flatMap(this::partitioned),
                facts.model().types().values().stream()
                        .filter(TypeDefinition.Domain.class::isInstance)
                        .map(TypeDefinition.Domain.class::cast)
                        .flatMap(this::domain));
    }

    private Stream<Finding> partitioned(Entity entity) {
        return entity.relational().partitioning().stream()
                .flatMap(partitioning -> entity.checks().values().stream()
                        .filter(Check::noInherit)
                        .map(check -> finding(
                                        check.name().at(),
                                        entity.name().value(),
                                        "check `" + check.name() + "` would hold for no row, as the partitions of `"
                                                + entity.name() + "` don't inherit it")
                                .withHelp(HELP)
                                .withRelated(partitioning.at(), "partitioned here")));
    }

    private Stream<Finding> domain(TypeDefinition.Domain domain) {
        return domain.checks().values().stream()
                .filter(Check::noInherit)
                .map(check -> finding(
                                check.name().at(),
                                domain.name().value(),
                                "check `" + check.name() + "` has `noInherit: true`, but nothing inherits from domain `"
                                        + domain.name() + "`")
                        .withHelp(HELP));
    }
}
