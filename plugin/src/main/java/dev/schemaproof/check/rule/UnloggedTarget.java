package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.RelationalStore;
import java.util.stream.Stream;

/** A reference from a table that survives a crash to one that does not. */
public final class UnloggedTarget extends RelationalRule {

    @Override
    Stream<Finding> check(Entity entity, RelationalStore store, Facts facts) {
        if (isUnlogged(entity)) {
            return Stream.empty();
        }
        return entity.references().values().stream()
                .filter(reference -> facts.model()
                        .entity(reference.entity().value())
                        .filter(target -> target.sound() && isUnlogged(target))
                        .filter(target -> facts.model().storeOf(target).equals(store))
                        .isPresent())
                .map(reference -> finding(
                                reference.entity().at(),
                                entity.name() + "." + reference.role(),
                                "`" + entity.name() + "` refers to `" + reference.entity()
                                        + "`, whose rows are lost in a crash")
                        .withHelp("remove `unlogged: true` from `" + reference.entity() + "`, or make `" + entity.name()
                                + "` unlogged too"));
    }

    /** Of a table that is divided only the partitions are unlogged, and the table itself counts. */
    private static boolean isUnlogged(Entity entity) {
        return entity.relational().unlogged()
                && entity.relational().partitioning().isEmpty();
    }
}
