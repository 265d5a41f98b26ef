package dev.schemaproof.generate.relational;

import static dev.schemaproof.generate.relational.SqlText.DIALECT;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.access.AccessAnalysis;
import dev.schemaproof.analysis.relational.RelationalNames;
import dev.schemaproof.dialect.postgresql.PostgresNames;
import dev.schemaproof.generate.relational.SchemaScript.Column;
import dev.schemaproof.generate.relational.SchemaScript.Comment;
import dev.schemaproof.generate.relational.SchemaScript.Constraint;
import dev.schemaproof.generate.relational.SchemaScript.LateConstraint;
import dev.schemaproof.generate.relational.SchemaScript.Table;
import dev.schemaproof.generate.relational.SchemaScript.Type;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Index;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.Reference;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.TypeDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides everything that {@code schema.sql} says. */
final class SchemaBuilder {

    private static final String PERSONAL = "personal data";

    private final Model model;
    private final RelationalStore store;
    private final AccessAnalysis access;
    private final TableOrder order;

    SchemaBuilder(Facts facts, RelationalStore store) {
        this.model = facts.model();
        this.store = store;
        access = facts.access();
        order = new TableOrder(model.entitiesOf(store));
    }

    SchemaScript build() {
        return new SchemaScript(
                Headings.of("The schema", model, store),
                types(),
                order.tables().stream().map(this::table).toList(),
                lateForeignKeys(),
                order.tables().stream()
                        .flatMap(entity -> entity.indexes().values().stream().map(index -> index(entity, index)))
                        .toList(),
                comments());
    }

    /** A domain follows the type that it is based on. */
    private List<Type> types() {
        List<Type> types = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        model.types().values().forEach(type -> type(type, types, seen));
        return types;
    }

    private void type(TypeDefinition type, List<Type> types, Set<String> seen) {
        var name = type.name().value();
        if (!seen.add(name)) {
            return;
        }
        if (type instanceof TypeDefinition.Enumeration enumeration) {
            var labels = enumeration.labels().stream()
                    .map(Located::value)
                    .map(DIALECT::literal)
                    .toList();
            types.add(new Type(DIALECT.identifier(name), true, labels, "", ""));
        } else if (type instanceof TypeDefinition.Domain domain) {
            var base = domain.base().value();
            while (base instanceof DataType.Array array) {
                base = array.element();
            }
            if (base instanceof DataType.Named named) {
                Optional.ofNullable(model.types().get(named.name())).ifPresent(found -> type(found, types, seen));
            }
            types.add(new Type(
                    DIALECT.identifier(name),
                    false,
                    List.of(),
                    DIALECT.type(domain.base().value()),
                    domain.check().map(SqlText::enclosed).orElse("")));
        }
    }

    private Table table(Entity entity) {
        var parts = entity.attributes().values().stream()
                .map(attribute -> List.of(
                        DIALECT.identifier(attribute.column().value()), type(attribute), clauses(entity, attribute)))
                .toList();
        var nameWidth =
                parts.stream().mapToInt(part -> part.get(0).length()).max().orElse(0);
        var typeWidth =
                parts.stream().mapToInt(part -> part.get(1).length()).max().orElse(0);
        var columns = parts.stream()
                .map(part -> new Column(
                        part.get(0),
                        part.get(1),
                        part.get(2),
                        (padded(part.get(0), nameWidth) + " " + padded(part.get(1), typeWidth) + " " + part.get(2))
                                .stripTrailing()))
                .toList();
        return new Table(SqlText.table(entity), columns, constraints(entity));
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private static String type(Attribute attribute) {
        return DIALECT.type(attribute.type().value());
    }

    private static String clauses(Entity entity, Attribute attribute) {
        List<String> clauses = new ArrayList<>();
        attribute.collation().ifPresent(name -> clauses.add("COLLATE " + DIALECT.identifier(name.value())));
        if (!attribute.optional() || entity.keyNames().contains(attribute.name().value())) {
            clauses.add("NOT NULL");
        }
        attribute.defaultValue().ifPresent(value -> clauses.add("DEFAULT " + SqlText.defaultValue(value)));
        attribute
                .generated()
                .ifPresent(value -> clauses.add("GENERATED ALWAYS AS " + SqlText.enclosed(value) + " STORED"));
        attribute
                .identity()
                .ifPresent(identity -> clauses.add(
                        switch (identity.numbering()) {
                            case ALWAYS -> "GENERATED ALWAYS AS IDENTITY";
                            case BY_DEFAULT -> "GENERATED BY DEFAULT AS IDENTITY";
                        }));
        return String.join(" ", clauses);
    }

    private List<Constraint> constraints(Entity entity) {
        List<Constraint> constraints = new ArrayList<>();
        var table = entity.table().value();
        if (!entity.key().isEmpty()) {
            constraints.add(constraint(
                    PostgresNames.primaryKey(table),
                    "PRIMARY KEY (" + SqlText.columns(entity, entity.keyNames()) + ")"));
        }
        for (var unique : entity.uniques()) {
            constraints.add(constraint(
                    RelationalNames.uniqueName(entity, unique),
                    "UNIQUE (" + SqlText.columns(entity, unique.names()) + ")"));
        }
        for (var attribute : entity.attributes().values()) {
            attribute
                    .check()
                    .ifPresent(check -> constraints.add(constraint(
                            PostgresNames.check(table, attribute.column().value()),
                            "CHECK " + SqlText.enclosed(check))));
        }
        for (var check : entity.checks().values()) {
            constraints.add(constraint(check.name().value(), "CHECK " + SqlText.enclosed(check.expression())));
        }
        for (var reference : entity.references().values()) {
            if (order.holds(reference) && order.resolved(entity, reference)) {
                constraints.add(foreignKey(entity, reference));
            }
        }
        return constraints;
    }

    private List<LateConstraint> lateForeignKeys() {
        return order.tables().stream()
                .flatMap(entity -> entity.references().values().stream()
                        .filter(reference -> order.holds(reference) && !order.resolved(entity, reference))
                        .map(reference -> new LateConstraint(SqlText.table(entity), foreignKey(entity, reference))))
                .toList();
    }

    private Constraint foreignKey(Entity entity, Reference reference) {
        var target = model.entity(reference.entity().value()).orElseThrow();
        var definition = new StringBuilder("FOREIGN KEY (" + SqlText.columns(entity, reference.names())
                + ") REFERENCES " + SqlText.table(target) + " (" + SqlText.columns(target, target.keyNames()) + ")");
        definition.append(action("ON DELETE", reference.onDelete()));
        definition.append(action("ON UPDATE", reference.onUpdate()));
        if (reference.deferrable()) {
            definition.append(" DEFERRABLE");
        }
        return constraint(
                PostgresNames.foreignKey(
                        entity.table().value(), reference.role().value()),
                definition.toString());
    }

    private static String action(String event, Reference.Action action) {
        return switch (action) {
            case NO_ACTION -> "";
            case RESTRICT -> " " + event + " RESTRICT";
            case CASCADE -> " " + event + " CASCADE";
            case SET_NULL -> " " + event + " SET NULL";
            case SET_DEFAULT -> " " + event + " SET DEFAULT";
        };
    }

    private static Constraint constraint(String name, String definition) {
        return new Constraint(DIALECT.identifier(name), definition);
    }

    private SchemaScript.Index index(Entity entity, Index index) {
        List<String> why = new ArrayList<>();
        var served = access.served(entity, index.name().value());
        if (!served.isEmpty()) {
            why.addAll(DIALECT.commentLines("Serves " + String.join(", ", served)));
        }
        index.reason().ifPresent(reason -> why.addAll(DIALECT.commentLines(reason)));
        var suffix = new StringBuilder();
        if (!index.include().isEmpty()) {
            var names = index.include().stream().map(Located::value).toList();
            suffix.append(" INCLUDE (").append(SqlText.columns(entity, names)).append(")");
        }
        index.where().ifPresent(where -> suffix.append(" WHERE ").append(SqlText.verbatim(where)));
        return new SchemaScript.Index(
                DIALECT.identifier(index.name().value()),
                SqlText.table(entity),
                why,
                index.unique() ? "UNIQUE " : "",
                index.method() == Index.Method.BTREE
                        ? ""
                        : "USING " + index.method().word() + " ",
                index.on().stream().map(part -> part(entity, part)).collect(Collectors.joining(", ")),
                suffix.toString());
    }

    private static String part(Entity entity, Index.Part part) {
        var text = new StringBuilder(part.attribute()
                .map(name -> SqlText.column(entity, name))
                .orElseGet(() -> SqlText.enclosed(part.text())));
        part.operatorClass().ifPresent(name -> text.append(" ").append(name.value()));
        if (part.descending()) {
            text.append(" DESC");
        }
        part.nullsFirst().ifPresent(first -> text.append(first ? " NULLS FIRST" : " NULLS LAST"));
        return text.toString();
    }

    private List<Comment> comments() {
        List<Comment> comments = new ArrayList<>();
        for (var entity : order.tables()) {
            var table = SqlText.table(entity);
            entity.description().ifPresent(text -> comments.add(comment("TABLE " + table, text.strip())));
            for (var attribute : entity.attributes().values()) {
                description(attribute)
                        .ifPresent(text -> comments.add(comment(
                                "COLUMN " + table + "."
                                        + DIALECT.identifier(attribute.column().value()),
                                text)));
            }
        }
        return comments;
    }

    /** Personal data is marked as such, so that it can be found in a database whose model is not at hand. */
    private static Optional<String> description(Attribute attribute) {
        var text = attribute.description().map(String::strip);
        return attribute.personal()
                ? Optional.of(text.map(given -> given + " (" + PERSONAL + ")").orElse(PERSONAL))
                : text;
    }

    private static Comment comment(String object, String text) {
        return new Comment(object, DIALECT.literal(text));
    }
}
