package dev.schemaproof.yaml;

import dev.schemaproof.model.Located;
import dev.schemaproof.model.RowSecurity;
import dev.schemaproof.model.RowSecurity.Command;
import dev.schemaproof.model.RowSecurity.Policy;
import dev.schemaproof.model.SourceText;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Row-level security. */
final class RowSecurityShape extends ObjectShape<RowSecurity> {

    private final Key<Boolean> force =
            optional("force", Scalars.TRUTH, "Whether it binds the table's owner too; by default false");
    private final Key<Map<String, Policy>> policies = optional(
            "policies",
            Shapes.named("policies", new PolicyShape()),
            "Policies by name; without any, only the table's owner sees rows");

    RowSecurityShape() {
        super("rowSecurity", "`rowSecurity`");
    }

    @Override
    Optional<RowSecurity> build(Fields fields, Reading reading) {
        return Optional.of(new RowSecurity(
                fields.get(force, false),
                fields.get(policies, Map.of()),
                fields.name().at()));
    }

    private static final class PolicyShape extends ObjectShape<Policy> {

        private final Key<Command> command = optional(
                "for",
                Scalars.oneOf("a command", List.of(Command.values()), Command::word),
                "all (the default), select, insert, update or delete");
        private final Key<List<Located<String>>> to = optional(
                "to", EntityShape.NAMES, "The roles that it concerns, of the store's `roles`; by default everybody");
        private final Key<SourceText> using =
                optional("using", Scalars.SOURCE, "The SQL condition on rows that are seen");
        private final Key<SourceText> check =
                optional("check", Scalars.SOURCE, "The SQL condition on rows that are written; by default `using`");
        private final Key<Boolean> restrictive = optional(
                "restrictive", Scalars.TRUTH, "Whether it narrows what other policies permit; by default it permits");
        private final Key<String> description = optional("description", Scalars.TEXT, "Why");

        PolicyShape() {
            super("policy", "a policy");
        }

        @Override
        Optional<Policy> build(Fields fields, Reading reading) {
            return Optional.of(new Policy(
                    fields.name(),
                    fields.get(command, Command.ALL),
                    fields.get(restrictive, false),
                    fields.get(to, List.of()),
                    fields.get(using),
                    fields.get(check),
                    fields.get(description)));
        }
    }
}
