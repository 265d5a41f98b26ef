package dev.schemaproof.analysis.access;

import dev.schemaproof.analysis.BaseTypes;
import dev.schemaproof.analysis.relational.RelationalNames;
import dev.schemaproof.analysis.relational.TableName;
import dev.schemaproof.analysis.sql.ModelSql;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Index;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.Partitioning;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.SourceText;
import dev.schemaproof.sql.SqlExpression;
import dev.schemaproof.sql.SqlPrinter;
import dev.schemaproof.sql.SqlStatement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The tables of a relational store, with their columns and the ways to their rows. Patterns are judged side by side by it. */
final class StoreTables {

    private final Model model;
    private final RelationalStore store;
    private final BaseTypes types;
    private final ModelSql sql;
    private final Map<TableName, Entity> tables = new HashMap<>();
    private final Map<String, Map<String, Attribute>> columns = new ConcurrentHashMap<>();
    private final Map<String, List<IndexPath>> paths = new ConcurrentHashMap<>();

    StoreTables(Model model, RelationalStore store, BaseTypes types, ModelSql sql) {
        this.model = model;
        this.store = store;
        this.types = types;
        this.sql = sql;
        model.entitiesOf(store).forEach(entity -> tables.putIfAbsent(TableName.of(entity), entity));
    }

    int version() {
        return store.version();
    }

    BaseTypes types() {
        return types;
    }

    /** The entity of a table, by its name as the database understands it. */
    Optional<Entity> table(TableName name) {
        return Optional.ofNullable(tables.get(name));
    }

    /** The entity of this name, if the store holds it. */
    Optional<Entity> entity(String name) {
        return model.entity(name)
                .filter(entity ->
                        model.storeOf(entity).name().value().equals(store.name().value()));
    }

    Map<String, Attribute> columns(Entity entity) {
        return columns.computeIfAbsent(
                entity.name().value(),
                name -> entity.attributes().values().stream()
                        .collect(Collectors.toMap(
                                attribute -> attribute.column().value(), attribute -> attribute, (one, other) -> one)));
    }

    /** The primary key, unique keys and indexes of an entity; those that can't be read are left out. */
    List<IndexPath> paths(Entity entity) {
        return paths.computeIfAbsent(entity.name().value(), name -> pathsOf(entity));
    }

    private List<IndexPath> pathsOf(Entity entity) {
        var found = new ArrayList<IndexPath>();
        if (!entity.key().isEmpty()) {
            found.add(key(entity, IndexPath.Kind.PRIMARY_KEY, RelationalNames.primaryKeyName(entity), entity.key()));
        }
        entity.uniques()
                .forEach(unique -> found.add(key(
                        entity,
                        IndexPath.Kind.UNIQUE_KEY,
                        RelationalNames.uniqueName(entity, unique),
                        unique.attributes())));
        entity.indexes().values().forEach(index -> index(entity, index).ifPresent(found::add));
        return List.copyOf(found);
    }

    private static IndexPath key(Entity entity, IndexPath.Kind kind, String name, List<Located<String>> attributes) {
        var parts = attributes.stream()
                .map(attribute -> new IndexPath.Part(
                        Term.attribute(attribute.value()), false, false, Optional.empty(), Optional.empty()))
                .toList();
        var at = attributes.isEmpty() ? entity.name().at() : attributes.get(0).at();
        return new IndexPath(kind, name, parts, Index.Method.BTREE, true, Set.of(), List.of(), at);
    }

    private Optional<IndexPath> index(Entity entity, Index index) {
        var parts = new ArrayList<IndexPath.Part>();
        for (var part : index.on()) {
            var term = part.expression() ? expression(part.text()) : Optional.<SqlExpression>empty();
            if (part.expression() && term.isEmpty()) {
                return Optional.empty();
            }
            parts.add(new IndexPath.Part(
                    term.map(expression -> term(entity, expression))
                            .orElseGet(() -> Term.attribute(part.text().value())),
                    part.descending(),
                    part.nullsStandFirst(),
                    part.operatorClass().map(Located::value),
                    term.flatMap(expression -> searched(entity, expression))));
        }
        var predicate = index.where().map(where -> predicate(entity, where)).orElse(Optional.of(List.of()));
        return predicate.map(conditions -> new IndexPath(
                IndexPath.Kind.INDEX,
                index.name().value(),
                parts,
                index.method(),
                index.unique(),
                index.include().stream().map(Located::value).collect(Collectors.toSet()),
                conditions,
                index.name().at()));
    }

    /** The terms of a partition key; those that can't be read are as they are written. */
    List<Term> terms(Entity entity, Partitioning partitioning) {
        return partitioning.on().stream()
                .map(part -> part.expression()
                        ? expression(part.text())
                                .map(expression -> term(entity, expression))
                                .orElseGet(() -> Term.expression(part.text().value()))
                        : Term.attribute(part.text().value()))
                .toList();
    }

    private Optional<SqlExpression> expression(SourceText source) {
        return sql.expression(source).flatMap(reading -> reading.parsed().tree());
    }

    /** The statement of a pattern, if it can be read and all its names are known. */
    Optional<SqlStatement> statement(SourceText source) {
        return sql.statement(source)
                .filter(reading -> reading.names().flaws().isEmpty())
                .flatMap(reading -> reading.parsed().tree());
    }

    private Term term(Entity entity, SqlExpression expression) {
        if (expression instanceof SqlExpression.Column column) {
            var attribute = columns(entity).get(column.name().value());
            if (attribute != null) {
                return Term.attribute(attribute.name().value());
            }
        }
        return Term.expression(print(expression));
    }

    private Optional<String> searched(Entity entity, SqlExpression expression) {
        return expression instanceof SqlExpression.Call call && "to_tsvector".equals(call.function())
                ? attributes(entity, expression).stream().findFirst()
                : Optional.empty();
    }

    private Optional<List<Condition.Basis>> predicate(Entity entity, SourceText where) {
        return expression(where)
                .map(tree -> Conjuncts.of(tree).stream()
                        .map(conjunct -> new Condition.Basis(
                                print(conjunct),
                                attributes(entity, conjunct),
                                new Claims(StoreTables::print).of(conjunct),
                                true))
                        .toList());
    }

    private Set<String> attributes(Entity entity, SqlExpression expression) {
        var found = new HashSet<String>();
        expression.walk().forEach(node -> {
            if (node instanceof SqlExpression.Column column) {
                var attribute = columns(entity).get(column.name().value());
                if (attribute != null) {
                    found.add(attribute.name().value());
                }
            }
        });
        return found;
    }

    private static String print(SqlExpression expression) {
        return SqlPrinter.print(expression, column -> column.name().value());
    }
}
