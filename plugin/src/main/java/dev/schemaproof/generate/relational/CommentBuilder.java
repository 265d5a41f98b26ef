package dev.schemaproof.generate.relational;

import static dev.schemaproof.generate.relational.SqlText.DIALECT;

import dev.schemaproof.analysis.relational.RelationalNames;
import dev.schemaproof.generate.relational.SchemaScript.Comment;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.Partitioning;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.TypeDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The descriptions that the catalog keeps. Those of roles are given where these are made. */
final class CommentBuilder {

    private static final String PERSONAL = "personal data";

    private final Model model;
    private final RelationalStore store;
    private final List<Comment> comments = new ArrayList<>();

    CommentBuilder(Model model, RelationalStore store) {
        this.model = model;
        this.store = store;
    }

    List<Comment> comments(List<Entity> tables) {
        for (var schema : store.schemas().values()) {
            add("SCHEMA " + DIALECT.identifier(schema.name().value()), schema.description());
        }
        for (var sequence : store.sequences().values()) {
            add(
                    "SEQUENCE "
                            + DIALECT.qualified(
                                    sequence.schema(), sequence.name().value()),
                    sequence.description());
        }
        model.types().values().stream()
                .filter(type -> !TypeBuilder.isElsewhere(model, store, type))
                .forEach(this::type);
        tables.forEach(this::table);
        return comments;
    }

    private void type(TypeDefinition type) {
        var name = DIALECT.qualified(type.schema(), type.name().value());
        if (type instanceof TypeDefinition.Domain domain) {
            add("DOMAIN " + name, domain.description());
            domain.checks()
                    .values()
                    .forEach(check -> add(
                            "CONSTRAINT " + DIALECT.identifier(check.name().value()) + " ON DOMAIN " + name,
                            check.description()));
        } else {
            add("TYPE " + name, type.description());
        }
    }

    /** The descriptions of a materialized view, whose keys are indexes. */
    List<Comment> view(Entity entity) {
        var schema = entity.relational().schema();
        add("MATERIALIZED VIEW " + SqlText.table(entity), entity.description());
        columns(entity);
        if (!entity.key().isEmpty()) {
            add(
                    "INDEX " + DIALECT.qualified(schema, RelationalNames.primaryKeyName(entity)),
                    entity.relational().keyDesign().description());
        }
        for (var unique : entity.uniques()) {
            add(
                    "INDEX " + DIALECT.qualified(schema, RelationalNames.uniqueName(entity, unique)),
                    unique.design().description());
        }
        indexes(entity);
        return comments;
    }

    private void columns(Entity entity) {
        for (var attribute : entity.attributes().values()) {
            add(
                    "COLUMN " + SqlText.table(entity) + "."
                            + DIALECT.identifier(attribute.column().value()),
                    description(attribute));
        }
    }

    private void indexes(Entity entity) {
        for (var index : entity.indexes().values()) {
            add(
                    "INDEX "
                            + DIALECT.qualified(
                                    entity.relational().schema(), index.name().value()),
                    index.description());
        }
    }

    private void table(Entity entity) {
        var table = SqlText.table(entity);
        add("TABLE " + table, entity.description());
        columns(entity);
        var relational = entity.relational();
        if (!entity.key().isEmpty()) {
            constraint(
                    table,
                    RelationalNames.primaryKeyName(entity),
                    relational.keyDesign().description());
        }
        for (var unique : entity.uniques()) {
            constraint(
                    table,
                    RelationalNames.uniqueName(entity, unique),
                    unique.design().description());
        }
        entity.checks().values().forEach(check -> constraint(table, check.name().value(), check.description()));
        relational
                .exclusions()
                .values()
                .forEach(exclusion -> constraint(table, exclusion.name().value(), exclusion.description()));
        for (var reference : entity.references().values()) {
            if (model.entity(reference.entity().value())
                    .filter(target -> model.storeOf(target).equals(store))
                    .isPresent()) {
                constraint(table, RelationalNames.foreignKeyName(entity, reference), reference.description());
            }
        }
        indexes(entity);
        relational
                .rowSecurity()
                .ifPresent(security -> security.policies()
                        .values()
                        .forEach(policy -> add(
                                "POLICY " + DIALECT.identifier(policy.name().value()) + " ON " + table,
                                policy.description())));
        relational.partitioning().ifPresent(division -> partitions(entity, division));
    }

    private void partitions(Entity entity, Partitioning division) {
        for (var partition : division.partitions().values()) {
            add(
                    "TABLE "
                            + DIALECT.qualified(
                                    entity.relational().schema(),
                                    partition.name().value()),
                    partition.description());
            partition.partitioning().ifPresent(deeper -> partitions(entity, deeper));
        }
    }

    private void constraint(String table, String name, Optional<String> description) {
        add("CONSTRAINT " + DIALECT.identifier(name) + " ON " + table, description);
    }

    /** Personal data is marked as such, so that it can be found in a database whose model is not at hand. */
    private static Optional<String> description(Attribute attribute) {
        var text = attribute.description().map(String::strip);
        return attribute.personal()
                ? Optional.of(text.map(given -> given + " (" + PERSONAL + ")").orElse(PERSONAL))
                : text;
    }

    private void add(String object, Optional<String> description) {
        description.ifPresent(text -> comments.add(new Comment(object, DIALECT.literal(text.strip()))));
    }
}
