package dev.schemaproof.analysis.name;

import dev.schemaproof.analysis.name.UnknownName.Kind;
import dev.schemaproof.dialect.postgresql.PostgresNames;
import dev.schemaproof.dialect.postgresql.PostgresRoles;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.Partitioning;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.RelationalTable;
import dev.schemaproof.model.TypeDefinition;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds the names in what only relational stores know that name nothing: schemas, roles, columns of physical design. */
final class RelationalUnknowns {

    private final Model model;
    private final NameCollector names;

    private RelationalUnknowns(Model model, NameCollector names) {
        this.model = model;
        this.names = names;
    }

    static void search(Model model, NameCollector names) {
        var search = new RelationalUnknowns(model, names);
        model.types().values().forEach(search::type);
        model.relationalStores().forEach(search::store);
        model.entities().values().stream().filter(Entity::sound).forEach(search::entity);
    }

    /** A type is for the entities of every relational store. */
    private void type(TypeDefinition type) {
        type.schema().ifPresent(schema -> {
            var stores = model.relationalStores().toList();
            if (stores.isEmpty()
                    || stores.stream().anyMatch(store -> schemas(store).contains(schema.value()))) {
                return;
            }
            unknownSchema(stores.get(0), schema, type.name().value());
        });
    }

    private void store(RelationalStore store) {
        for (var schema : store.schemas().values()) {
            schema.grants().keySet().forEach(role -> grantee(store, role, store.name() + "." + schema.name()));
        }
        for (var extension : store.extensions().values()) {
            extension.schema().ifPresent(schema -> schema(store, schema, store.name() + "." + extension.name()));
        }
        for (var role : store.roles().values()) {
            role.memberOf().forEach(group -> role(store, group, Set.of(), store.name() + "." + role.name()));
        }
        for (var sequence : store.sequences().values()) {
            var subject = store.name() + "." + sequence.name();
            sequence.schema().ifPresent(schema -> schema(store, schema, subject));
            sequence.ownedBy().ifPresent(owner -> owner(owner, subject));
        }
    }

    /** {@code Entity.attribute}. */
    private void owner(Located<String> path, String subject) {
        var dot = path.value().indexOf('.');
        var entity = names.entity(
                NameCollector.part(path, dot < 0 ? path.value() : path.value().substring(0, dot), 0), subject);
        entity.ifPresent(found -> names.attribute(
                found, NameCollector.part(path, dot < 0 ? "" : path.value().substring(dot + 1), dot + 1), subject));
    }

    private void entity(Entity entity) {
        var subject = entity.name().value();
        var table = entity.relational();
        names.attributes(entity, table.keyDesign().include(), subject);
        table.partitioning().ifPresent(partitioning -> partitioning(entity, partitioning, subject));
        for (var exclusion : table.exclusions().values()) {
            names.attributes(entity, exclusion.include(), subject);
            names.parts(
                    entity,
                    exclusion.elements().stream().map(element -> element.part()).toList(),
                    subject);
        }
        table.grants().stream()
                .flatMap(grant -> grant.privileges().stream())
                .forEach(permission -> names.attributes(entity, permission.attributes(), subject));
        if (model.storeOf(entity) instanceof RelationalStore store) {
            table.schema().ifPresent(schema -> schema(store, schema, subject));
            roles(store, table, subject);
        }
    }

    private void partitioning(Entity entity, Partitioning partitioning, String subject) {
        names.parts(entity, partitioning.on(), subject);
        partitioning.partitions().values().stream()
                .flatMap(partition -> partition.partitioning().stream())
                .forEach(inner -> partitioning(entity, inner, subject));
    }

    private void roles(RelationalStore store, RelationalTable table, String subject) {
        table.grants().forEach(grant -> grantee(store, grant.role(), subject));
        table.rowSecurity().stream()
                .flatMap(security -> security.policies().values().stream())
                .flatMap(policy -> policy.roles().stream())
                .forEach(role -> grantee(store, role, subject));
    }

    private void schema(RelationalStore store, Located<String> name, String subject) {
        if (!schemas(store).contains(name.value())) {
            unknownSchema(store, name, subject);
        }
    }

    private void unknownSchema(RelationalStore store, Located<String> name, String subject) {
        names.add(Kind.SCHEMA, name, subject, Optional.of(store.name().value()), new TreeSet<>(schemas(store)));
    }

    private static Set<String> schemas(RelationalStore store) {
        var schemas = new HashSet<>(store.schemas().keySet());
        schemas.add(PostgresNames.DEFAULT_SCHEMA);
        return schemas;
    }

    private void grantee(RelationalStore store, Located<String> name, String subject) {
        role(store, name, PostgresRoles.WORDS, subject);
    }

    private void role(RelationalStore store, Located<String> name, Set<String> words, String subject) {
        var predefined = PostgresRoles.predefined(store.version());
        if (store.roles().containsKey(name.value())
                || words.contains(name.value())
                || predefined.contains(name.value())) {
            return;
        }
        var known = new TreeSet<>(store.roles().keySet());
        known.addAll(words);
        if (name.value().startsWith("pg_")) {
            known.addAll(predefined);
        }
        names.add(Kind.ROLE, name, subject, Optional.of(store.name().value()), known);
    }
}
