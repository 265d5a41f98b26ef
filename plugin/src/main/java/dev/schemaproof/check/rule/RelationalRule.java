package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.RelationalStore;
import java.util.stream.Stream;

/** What the rules about the tables of relational stores have in common: each judges one entity after the other. */
abstract class RelationalRule implements Rule {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public final Stream<Finding> check(Facts facts) {
        return facts.model().entities().values().stream()
                .filter(Entity::sound)
                .flatMap(entity -> facts.model().storeOf(entity) instanceof RelationalStore store
                        ? check(entity, store, facts)
                        : Stream.empty());
    }

    abstract Stream<Finding> check(Entity entity, RelationalStore store, Facts facts);
}
