package dev.schemaproof.analysis.sql;

import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Derivation;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Index;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.Partitioning;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.SourceText;
import dev.schemaproof.model.Store;
import dev.schemaproof.model.TypeDefinition;
import dev.schemaproof.sql.SqlExpression;
import dev.schemaproof.sql.SqlStatement;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Every SQL text of a model's relational stores, each read once. */
public final class ModelSql {

    private final Model model;
    private final Map<String, Tables> tablesByStore = new HashMap<>();
    private final SqlReader unread = new SqlReader();
    private final Map<SourceText, SqlReading<SqlStatement>> statements = new LinkedHashMap<>();
    /** By the text of each statement. */
    private final Map<SourceText, RelationalStore> stores = new HashMap<>();

    private final Map<SourceText, SqlReading<SqlExpression>> expressions = new LinkedHashMap<>();

    private ModelSql(Model model) {
        this.model = model;
    }

    /** Reads the statements of access patterns and contracts, and the expressions of entities, types and contracts. */
    public static ModelSql of(Model model) {
        var sql = new ModelSql(model);
        if (model.relationalStore().isPresent()) {
            model.types().values().forEach(sql::type);
        }
        model.entities().values().stream().filter(Entity::sound).forEach(sql::entity);
        model.patterns().values().forEach(sql::pattern);
        model.contracts().values().stream().filter(Contract::sound).forEach(sql::contract);
        sql.unread.statements().forEach(read -> sql.statements.put(read.source(), read));
        sql.unread.expressions().forEach(read -> sql.expressions.put(read.source(), read));
        return sql;
    }

    /** The statement of an access pattern or a contract, unless it belongs to a store without SQL. */
    public Optional<SqlReading<SqlStatement>> statement(SourceText source) {
        return Optional.ofNullable(statements.get(source));
    }

    /** An expression of an entity, a type or a contract, unless it belongs to a store without SQL. */
    public Optional<SqlReading<SqlExpression>> expression(SourceText source) {
        return Optional.ofNullable(expressions.get(source));
    }

    /** A statement and the store that answers it. */
    public record StoreStatement(SqlReading<SqlStatement> reading, RelationalStore store) {}

    /** The statements of access patterns and contracts, in order. */
    public Stream<StoreStatement> statements() {
        return statements.values().stream()
                .map(reading -> new StoreStatement(
                        reading,
                        Objects.requireNonNull(stores.get(reading.source()), "a store without SQL has no statement")));
    }

    /** Everything that was read, statements last. */
    public Stream<SqlReading<?>> all() {
        return Stream.concat(expressions.values().stream(), statements.values().stream());
    }

    private void type(TypeDefinition type) {
        if (type instanceof TypeDefinition.Domain domain) {
            var subject = domain.name().value();
            domain.defaultValue().ifPresent(value -> expression(value, subject, Relation.none()));
            domain.check().ifPresent(check -> expression(check, subject, Relation.ofDomain()));
            domain.checks().values().forEach(check -> expression(check.expression(), subject, Relation.ofDomain()));
        }
    }

    private void entity(Entity entity) {
        if (!(model.storeOf(entity) instanceof RelationalStore store)) {
            return;
        }
        var subject = entity.name().value();
        var row = Relation.of(entity);
        for (var attribute : entity.attributes().values()) {
            var own = subject + "." + attribute.name();
            attribute.defaultValue().ifPresent(value -> expression(value, own, Relation.none()));
            attribute.generated().ifPresent(value -> expression(value, own, row));
            attribute.check().ifPresent(check -> expression(check, own, row));
        }
        entity.checks().values().forEach(check -> expression(check.expression(), subject, row));
        for (var index : entity.indexes().values()) {
            index.on().forEach(part -> part(part, subject, row));
            index.where().ifPresent(where -> expression(where, subject, row));
        }
        table(entity, subject, row, tables(store));
    }

    private void table(Entity entity, String subject, Relation row, Tables tables) {
        for (var exclusion : entity.relational().exclusions().values()) {
            exclusion.elements().forEach(element -> part(element.part(), subject, row));
            exclusion.where().ifPresent(where -> expression(where, subject, row));
        }
        entity.relational().partitioning().ifPresent(division -> partitioning(division, subject, row));
        entity.relational()
                .rowSecurity()
                .ifPresent(security -> security.policies().values().forEach(policy -> {
                    // Of all expressions only a policy's may ask queries
                    policy.using().ifPresent(using -> expression(using, subject, row, tables));
                    policy.check().ifPresent(check -> expression(check, subject, row, tables));
                }));
    }

    private void part(Index.Part part, String subject, Relation row) {
        if (part.expression()) {
            expression(part.text(), subject, row);
        }
    }

    private void partitioning(Partitioning division, String subject, Relation row) {
        division.on().forEach(part -> part(part, subject, row));
        for (var partition : division.partitions().values()) {
            partition.bound().values().stream()
                    .filter(value -> !Partitioning.isLimit(value))
                    .forEach(value -> expression(value, subject, Relation.none()));
            partition.partitioning().ifPresent(inner -> partitioning(inner, subject, row));
        }
    }

    private void pattern(AccessPattern pattern) {
        if (pattern instanceof AccessPattern.Sql sql && pattern.header().sound()) {
            statement(sql.sql(), pattern.name().value(), model.storeOf(pattern));
        }
    }

    private void contract(Contract contract) {
        var subject = contract.name().value();
        contract.gain()
                .ifPresent(gain -> gain.instead().ifPresent(instead -> {
                    var store = gain.pattern()
                            .flatMap(name -> model.pattern(name.value()))
                            .map(model::storeOf);
                    statement(instead, subject, store.orElseGet(model::mainStore));
                }));
        contract.duplicates().flatMap(Contract.Duplicates::from).ifPresent(from -> {
            var derivation = from.value();
            if (derivation instanceof Derivation.Query query) {
                var store = contract.duplicates()
                        .flatMap(Contract.Duplicates::into)
                        .flatMap(into -> model.entity(into.entity().value()))
                        .map(model::storeOf);
                statement(query.sql(), subject, store.orElseGet(model::mainStore));
            } else if (derivation instanceof Derivation.Count count) {
                condition(count.where(), count.entity(), subject);
            } else if (derivation instanceof Derivation.Exists exists) {
                condition(exists.where(), exists.entity(), subject);
            } else if (derivation instanceof Derivation.Aggregate aggregate) {
                condition(aggregate.where(), aggregate.entity(), subject);
            } else if (derivation instanceof Derivation.Latest latest) {
                condition(latest.where(), latest.entity(), subject);
            }
        });
    }

    private void condition(Optional<SourceText> where, Located<String> name, String subject) {
        var entity = model.entity(name.value()).filter(Entity::sound);
        where.ifPresent(condition ->
                expression(condition, subject, entity.map(Relation::of).orElseGet(Relation::unknown)));
    }

    private void statement(SourceText source, String subject, Store store) {
        if (store instanceof RelationalStore relational) {
            unread.statement(source, subject, tables(relational));
            stores.put(source, relational);
        }
    }

    private Tables tables(RelationalStore store) {
        return tablesByStore.computeIfAbsent(store.name().value(), name -> new Tables(model, store));
    }

    private void expression(SourceText source, String subject, Relation row) {
        expression(source, subject, row, Tables.none());
    }

    private void expression(SourceText source, String subject, Relation row, Tables tables) {
        unread.expression(source, subject, row, tables);
    }
}
