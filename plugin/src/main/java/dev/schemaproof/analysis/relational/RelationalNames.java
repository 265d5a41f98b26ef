package dev.schemaproof.analysis.relational;

import dev.schemaproof.analysis.relational.RelationalName.Kind;
import dev.schemaproof.dialect.postgresql.PostgresNames;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.TypeDefinition;
import dev.schemaproof.model.UniqueKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All names that the database of a relational store will hold, in order of declaration. */
public final class RelationalNames {

    private final Model model;
    private final RelationalStore store;
    private final List<RelationalName> names = new ArrayList<>();

    private RelationalNames(Model model, RelationalStore store) {
        this.model = model;
        this.store = store;
    }

    /** The names of the model's types, and of its sound entities in the store. */
    public static List<RelationalName> in(Model model, RelationalStore store) {
        var collected = new RelationalNames(model, store);
        model.types().values().forEach(collected::type);
        model.entitiesOf(store).stream().filter(Entity::sound).forEach(collected::entity);
        return List.copyOf(collected.names);
    }

    private void type(TypeDefinition type) {
        var name = type.name();
        add(Kind.TYPE, name, Optional.empty(), name.value());
        if (type instanceof TypeDefinition.Enumeration enumeration) {
            enumeration.labels().forEach(label -> add(Kind.LABEL, label, Optional.of(name.value()), name.value()));
        }
    }

    private void entity(Entity entity) {
        var subject = entity.name().value();
        var table = Optional.of(entity.table().value());
        add(Kind.TABLE, entity.table(), Optional.empty(), subject);
        for (var attribute : entity.attributes().values()) {
            var own = subject + "." + attribute.name();
            add(Kind.COLUMN, attribute.column(), table, own);
            attribute.check().ifPresent(check -> {
                var name = PostgresNames.check(table.get(), attribute.column().value());
                derive(Kind.CHECK, new Located<>(name, check.at()), table, own);
            });
        }
        if (!entity.key().isEmpty()) {
            var name = PostgresNames.primaryKey(table.get());
            derive(Kind.PRIMARY_KEY, new Located<>(name, entity.key().get(0).at()), table, subject);
        }
        for (var unique : entity.uniques()) {
            unique.name()
                    .ifPresentOrElse(
                            name -> add(Kind.UNIQUE_KEY, name, table, subject),
                            () -> derive(
                                    Kind.UNIQUE_KEY,
                                    new Located<>(uniqueName(entity, unique), unique.at()),
                                    table,
                                    subject));
        }
        entity.checks().values().forEach(check -> add(Kind.CHECK, check.name(), table, subject));
        for (var reference : entity.references().values()) {
            if (model.entity(reference.entity().value())
                    .filter(target -> model.storeOf(target)
                            .name()
                            .value()
                            .equals(store.name().value()))
                    .isPresent()) {
                var role = reference.role();
                var name = PostgresNames.foreignKey(table.get(), role.value());
                derive(Kind.FOREIGN_KEY, new Located<>(name, role.at()), table, subject + "." + role);
            }
        }
        entity.indexes().values().forEach(index -> add(Kind.INDEX, index.name(), table, subject));
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

    private void add(Kind kind, Located<String> name, Optional<String> within, String subject) {
        names.add(new RelationalName(kind, name.value(), within, true, name.at(), subject));
    }

    private void derive(Kind kind, Located<String> name, Optional<String> within, String subject) {
        names.add(new RelationalName(kind, name.value(), within, false, name.at(), subject));
    }
}
