package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.model.Check;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.RelationalStore;
import java.util.stream.Stream;

/** A check of a divided table that its partitions would not inherit, although all rows are in them. */
public final class UninheritedCheck extends RelationalRule {

    @Override
    Stream<Finding> check(Entity entity, RelationalStore store, Facts facts) {
        return entity.relational().partitioning().stream()
                .flatMap(partitioning -> entity.checks().values().stream()
                        .filter(Check::noInherit)
                        .map(check -> finding(
                                        check.name().at(),
                                        entity.name().value(),
                                        "check `" + check.name() + "` would hold for no row, as the partitions of `"
                                                + entity.name() + "` don't inherit it")
                                .withHelp("remove `noInherit: true`")
                                .withRelated(partitioning.at(), "partitioned here")));
    }
}
