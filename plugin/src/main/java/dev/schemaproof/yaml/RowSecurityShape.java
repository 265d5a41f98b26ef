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
            optional("force", Scalars.TRUTH, "Whether it binds the table's owner too", byDefault("false"));
    private final Key<Map<String, Policy>> policies = optional(
            "policies",
            Shapes.named("policies", new PolicyShape()),
            "Policies by name; without any, only the table's owner sees rows",
            like("{own_rows: {using: owner = current_user}}"));

    RowSecurityShape() {
        super("rowSecurity", "`rowSecurity`", "{policies: {own_rows: {using: owner = current_user}}}");
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
                "The command that it concerns",
                byDefault("all"),
                like("select"));
        private final Key<List<Located<String>>> to = optional(
                "to",
                EntityShape.NAMES,
                "The roles that it concerns, of the store's `roles`",
                otherwise("everybody"),
                like("[app]"));
        private final Key<SourceText> using = optional(
                "using", Scalars.SOURCE, "The SQL condition on rows that are seen", like("owner = current_user"));
        private final Key<SourceText> check = optional(
                "check",
                Scalars.SOURCE,
                "The SQL condition on rows that are written",
                otherwise("`using`"),
                like("owner = current_user"));
        private final Key<Boolean> restrictive = optional(
                "restrictive",
                Scalars.TRUTH,
                "Whether it narrows what other policies permit, instead of permitting more",
                byDefault("false"));
        private final Key<String> description =
                optional("description", Scalars.TEXT, "Why", like("Everybody sees their own rows"));

        PolicyShape() {
            super("policy", "a policy", "{for: select, to: [app], using: owner = current_user}");
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
