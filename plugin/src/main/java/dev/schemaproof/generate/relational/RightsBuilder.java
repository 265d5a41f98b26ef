package dev.schemaproof.generate.relational;

import static dev.schemaproof.generate.relational.SqlText.DIALECT;

import dev.schemaproof.analysis.relational.UsedSequences;
import dev.schemaproof.generate.relational.SchemaScript.Granted;
import dev.schemaproof.generate.relational.SchemaScript.Policy;
import dev.schemaproof.generate.relational.SchemaScript.Secured;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Grant;
import dev.schemaproof.model.Grant.Permission;
import dev.schemaproof.model.Grant.Privilege;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.RowSecurity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Who may do what with which rows. */
final class RightsBuilder {

    private final RelationalStore store;
    private final UsedSequences sequences;

    RightsBuilder(RelationalStore store, UsedSequences sequences) {
        this.store = store;
        this.sequences = sequences;
    }

    Optional<Secured> secured(Entity entity) {
        return entity.relational()
                .rowSecurity()
                .map(security -> new Secured(
                        SqlText.table(entity),
                        security.forced(),
                        security.policies().values().stream()
                                .map(policy -> new Policy(
                                        DIALECT.identifier(policy.name().value()), clauses(policy)))
                                .toList()));
    }

    private static List<String> clauses(RowSecurity.Policy policy) {
        List<String> clauses = new ArrayList<>();
        if (policy.restrictive()) {
            clauses.add("AS RESTRICTIVE");
        }
        clauses.add("FOR " + policy.command().word().toUpperCase(Locale.ROOT));
        if (!policy.roles().isEmpty()) {
            clauses.add("TO "
                    + policy.roles().stream()
                            .map(role -> SqlText.role(role.value()))
                            .collect(Collectors.joining(", ")));
        }
        policy.using().ifPresent(condition -> clauses.add("USING " + SqlText.enclosed(condition)));
        policy.check().ifPresent(condition -> clauses.add("WITH CHECK " + SqlText.enclosed(condition)));
        return clauses;
    }

    /** What roles may do in SQL schemas and with tables. */
    List<Granted> grants(List<Entity> tables) {
        List<Granted> grants = new ArrayList<>();
        for (var schema : store.schemas().values()) {
            schema.grants()
                    .forEach((role, privileges) -> grants.add(new Granted(
                            privileges.stream()
                                    .map(privilege -> privilege.word().toUpperCase(Locale.ROOT))
                                    .collect(Collectors.joining(", ")),
                            "SCHEMA " + DIALECT.identifier(schema.name().value()),
                            SqlText.role(role.value()))));
        }
        tables.forEach(entity -> grants.addAll(grants(entity)));
        return grants;
    }

    /** Whoever may insert a row may take the numbers that its defaults take; an identity asks for no such right. */
    List<Granted> grants(Entity entity) {
        Set<Granted> grants = new LinkedHashSet<>();
        for (var grant : entity.relational().grants()) {
            var role = SqlText.role(grant.role().value());
            privileges(entity, grant)
                    .forEach(privileges -> grants.add(new Granted(privileges, "TABLE " + SqlText.table(entity), role)));
            if (grant.privileges().stream().anyMatch(RightsBuilder::inserts)) {
                for (var sequence : sequences.of(entity)) {
                    grants.add(new Granted(
                            "USAGE", "SEQUENCE " + DIALECT.qualified(sequence.schema(), sequence.name()), role));
                }
            }
        }
        return List.copyOf(grants);
    }

    private static boolean inserts(Permission permission) {
        var privilege = permission.privilege().value();
        return privilege == Privilege.INSERT || privilege == Privilege.ALL;
    }

    /** {@code ALL} stands alone in its statement. */
    private static List<String> privileges(Entity entity, Grant grant) {
        List<String> statements = new ArrayList<>();
        var some = grant.privileges().stream()
                .filter(permission -> permission.privilege().value() != Privilege.ALL)
                .map(permission -> words(entity, permission))
                .collect(Collectors.joining(", "));
        if (!some.isEmpty()) {
            statements.add(some);
        }
        grant.privileges().stream()
                .filter(permission -> permission.privilege().value() == Privilege.ALL)
                .map(permission -> words(entity, permission))
                .forEach(statements::add);
        return statements;
    }

    private static String words(Entity entity, Permission permission) {
        var names = Located.values(permission.attributes());
        return permission.privilege().value().word().toUpperCase(Locale.ROOT)
                + (names.isEmpty() ? "" : " (" + SqlText.columns(entity, names) + ")");
    }
}
