package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.RowSecurity.Command;
import dev.schemaproof.model.RowSecurity.Policy;
import java.util.stream.Stream;

/** A policy with a condition that its command never asks. */
public final class MisplacedPolicyCondition extends RelationalRule {

    @Override
    Stream<Finding> check(Entity entity, RelationalStore store, Facts facts) {
        return entity.relational().rowSecurity().stream()
                .flatMap(security -> security.policies().values().stream())
                .flatMap(policy -> check(entity, policy));
    }

    private Stream<Finding> check(Entity entity, Policy policy) {
        var command = policy.command();
        if (command == Command.INSERT) {
            return policy.using().stream()
                    .map(using -> finding(
                                    using.at(),
                                    entity.name().value(),
                                    "policy `" + policy.name()
                                            + "` is for `insert`, which sees no rows, and has `using`")
                            .withHelp("call it `check`: what new rows have to fulfil"));
        }
        return command == Command.SELECT || command == Command.DELETE
                ? policy.check().stream()
                        .map(check -> finding(
                                        check.at(),
                                        entity.name().value(),
                                        "policy `" + policy.name() + "` is for `" + command.word()
                                                + "`, which writes no rows, and has `check`")
                                .withHelp("call it `using`: which rows it may "
                                        + (command == Command.SELECT ? "see" : "delete")))
                : Stream.empty();
    }
}
