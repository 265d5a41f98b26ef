package dev.schemaproof.analysis.relational;

import dev.schemaproof.analysis.contract.ContractAnalysis;
import dev.schemaproof.analysis.contract.CopyContract;
import dev.schemaproof.analysis.relational.RelationalName.Kind;
import dev.schemaproof.dialect.postgresql.PostgresDialect;
import dev.schemaproof.dialect.postgresql.PostgresNames;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.Partitioning;
import dev.schemaproof.model.Reference;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.TypeDefinition;
import dev.schemaproof.model.UniqueKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All names that the database of a relational store will hold, in order of declaration. */
public final class RelationalNames {

    private final Model model;
    private final RelationalStore store;
    private final List<RelationalName> names = new ArrayList<>();

    private RelationalNames(Model model, RelationalStore store) {
        this.model = model;
        this.store = store;
    }

    /** The names of the store's own elements, of the model's types, and of its sound entities in the store. */
    public static List<RelationalName> in(Model model, RelationalStore store) {
        var collected = new RelationalNames(model, store);
        collected.store();
        model.types().values().forEach(collected::type);
        model.entitiesOf(store).stream().filter(Entity::sound).forEach(collected::entity);
        collected.followed(ContractAnalysis.followedIn(model, store));
        return List.copyOf(collected.names);
    }

    /** The SQL schema that is meant where none is given. */
    public static String schemaName(Optional<Located<String>> given) {
        return given.map(Located::value).orElse(PostgresNames.DEFAULT_SCHEMA);
    }

    /** The name of the primary key's constraint: given, or made of the table's. */
    public static String primaryKeyName(Entity entity) {
        return entity.relational()
                .primaryKey()
                .map(Located::value)
                .orElseGet(() -> PostgresNames.primaryKey(entity.table().value()));
    }

    /** The name of a foreign key: given, or made of the role. */
    public static String foreignKeyName(Entity entity, Reference reference) {
        return reference
                .name()
                .map(Located::value)
                .orElseGet(() -> PostgresNames.foreignKey(
                        entity.table().value(), reference.role().value()));
    }

    /** The name of a unique key's constraint: given, or made of its columns. */
    public static String uniqueName(Entity entity, UniqueKey unique) {
        return unique.name()
                .map(Located::value)
                .orElseGet(() -> PostgresNames.unique(
                        entity.table().value(),
                        unique.names().stream()
                                .map(name -> entity.attribute(name)
                                        .map(attribute -> attribute.column().value())
                                        .orElse(name))
                                .toList()));
    }

    /** The name of the key that a copy refers to: made of its columns. */
    public static String followedName(CopyContract copy) {
        var target = copy.target();
        return PostgresNames.unique(
                target.table().value(),
                copy.followed().stream()
                        .map(name ->
                                target.attribute(name).orElseThrow().column().value())
                        .toList());
    }

    /**
     * The name of the foreign key by which a copy follows: made of that of the reference and the copy. So it comes after that of
     * the reference wherever names decide what is made, and so acts, first.
     */
    public static String followingName(CopyContract copy) {
        return PostgresNames.fit(foreignKeyName(copy.entity(), copy.reference()) + "_"
                + copy.copy().column());
    }

    /** One key serves all copies of a value. */
    private void followed(List<CopyContract> copies) {
        Set<String> keys = new HashSet<>();
        for (var copy : copies) {
            if (copy.isTied()) {
                continue;
            }
            var at = copy.contract().name().at();
            var key = followedName(copy);
            if (!copy.refersToKey() && keys.add(copy.target().name() + "." + key)) {
                within(copy.target()).derive(Kind.UNIQUE_KEY, new Located<>(key, at));
            }
            within(copy.entity()).derive(Kind.FOREIGN_KEY, new Located<>(followingName(copy), at));
        }
    }

    private Place within(Entity entity) {
        return new Place(
                schemaName(entity.relational().schema()),
                Optional.of(entity.table().value()),
                entity.name().value());
    }

    private void store() {
        var owner = store.name() + ".";
        for (var schema : store.schemas().values()) {
            names.add(outside(Kind.SCHEMA, schema.name(), owner + schema.name()));
        }
        for (var role : store.roles().values()) {
            names.add(outside(Kind.ROLE, role.name(), owner + role.name()));
        }
        for (var sequence : store.sequences().values()) {
            new Place(schemaName(sequence.schema()), Optional.empty(), owner + sequence.name())
                    .add(Kind.SEQUENCE, sequence.name());
        }
    }

    private static RelationalName outside(Kind kind, Located<String> name, String subject) {
        return new RelationalName(kind, Optional.empty(), name.value(), Optional.empty(), true, name.at(), subject);
    }

    private void type(TypeDefinition type) {
        var name = type.name();
        var place = new Place(schemaName(type.schema()), Optional.empty(), name.value());
        place.add(Kind.TYPE, name);
        var inside = place.within(name.value());
        if (type instanceof TypeDefinition.Enumeration enumeration) {
            enumeration.labels().forEach(label -> inside.add(Kind.LABEL, label));
        } else if (type instanceof TypeDefinition.Domain domain) {
            domain.check()
                    .ifPresent(check -> inside.derive(
                            Kind.DOMAIN_CHECK, new Located<>(PostgresNames.fit(name + "_check"), check.at())));
            domain.checks().values().forEach(check -> inside.add(Kind.DOMAIN_CHECK, check.name()));
        }
    }

    private void entity(Entity entity) {
        var subject = entity.name().value();
        var table = entity.table().value();
        var schema = schemaName(entity.relational().schema());
        var place = new Place(schema, Optional.empty(), subject);
        place.add(Kind.TABLE, entity.table());
        entity.relational().partitioning().ifPresent(partitioning -> partitions(partitioning, place));
        var inside = place.within(table);
        for (var attribute : entity.attributes().values()) {
            column(attribute, table, new Place(schema, Optional.of(table), subject + "." + attribute.name()));
        }
        if (!entity.key().isEmpty()) {
            var at = entity.key().get(0).at();
            inside.put(
                    Kind.PRIMARY_KEY,
                    entity.relational().primaryKey(),
                    new Located<>(PostgresNames.primaryKey(table), at));
        }
        for (var unique : entity.uniques()) {
            inside.put(Kind.UNIQUE_KEY, unique.name(), new Located<>(uniqueName(entity, unique), unique.at()));
        }
        entity.checks().values().forEach(check -> inside.add(Kind.CHECK, check.name()));
        entity.relational().exclusions().values().forEach(exclusion -> inside.add(Kind.EXCLUSION, exclusion.name()));
        entity.references().values().stream().filter(this::isForeignKey).forEach(reference -> {
            var role = reference.role();
            new Place(schema, Optional.of(table), subject + "." + role)
                    .put(
                            Kind.FOREIGN_KEY,
                            reference.name(),
                            new Located<>(PostgresNames.foreignKey(table, role.value()), role.at()));
        });
        entity.indexes().values().forEach(index -> inside.add(Kind.INDEX, index.name()));
        entity.relational().rowSecurity().stream()
                .flatMap(security -> security.policies().values().stream())
                .forEach(policy -> inside.add(Kind.POLICY, policy.name()));
    }

    private boolean isForeignKey(Reference reference) {
        return model.entity(reference.entity().value())
                .filter(target ->
                        model.storeOf(target).name().value().equals(store.name().value()))
                .isPresent();
    }

    private void partitions(Partitioning partitioning, Place place) {
        for (var partition : partitioning.partitions().values()) {
            place.add(Kind.PARTITION, partition.name());
            partition.partitioning().ifPresent(inner -> partitions(inner, place));
        }
    }

    private void column(Attribute attribute, String table, Place place) {
        var column = attribute.column();
        place.add(Kind.COLUMN, column);
        attribute
                .check()
                .ifPresent(check -> place.derive(
                        Kind.CHECK, new Located<>(PostgresNames.check(table, column.value()), check.at())));
        var sequence = table + "_" + column + "_seq";
        if (attribute.identity().isPresent() && PostgresNames.bytes(sequence) <= PostgresDialect.MAX_IDENTIFIER_BYTES) {
            place.derive(Kind.IDENTITY, new Located<>(sequence, attribute.name().at()));
        }
    }

    /** Where names stand. */
    private final class Place {

        private final String schema;
        private final Optional<String> within;
        private final String subject;

        Place(String schema, Optional<String> within, String subject) {
            this.schema = schema;
            this.within = within;
            this.subject = subject;
        }

        Place within(String other) {
            return new Place(schema, Optional.of(other), subject);
        }

        void add(Kind kind, Located<String> name) {
            add(kind, name, true);
        }

        void derive(Kind kind, Located<String> name) {
            add(kind, name, false);
        }

        void put(Kind kind, Optional<Located<String>> given, Located<String> derived) {
            given.ifPresentOrElse(name -> add(kind, name), () -> derive(kind, derived));
        }

        private void add(Kind kind, Located<String> name, boolean given) {
            names.add(new RelationalName(kind, Optional.of(schema), name.value(), within, given, name.at(), subject));
        }
    }
}
