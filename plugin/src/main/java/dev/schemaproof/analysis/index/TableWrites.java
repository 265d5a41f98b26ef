package dev.schemaproof.analysis.index;

import dev.schemaproof.analysis.relational.TableName;
import dev.schemaproof.analysis.sql.ModelSql;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.AccessPattern.WriteKind;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Derivation;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.sql.FromItem;
import dev.schemaproof.sql.SqlExpression;
import dev.schemaproof.sql.SqlName;
import dev.schemaproof.sql.SqlQuery.CommonTable;
import dev.schemaproof.sql.SqlStatement;
import dev.schemaproof.sql.SqlStatement.MergeAction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/** What access patterns, and contracts that keep copies, write to the tables of a model's relational stores. */
public final class TableWrites {

    /**
     * One kind of write to an entity.
     *
     * @param source the pattern, or the contract whose copy it keeps
     * @param kind what it does; an upsert inserts, or else updates
     * @param changed the attributes that an update sets
     * @param perSecond how often, for one row each; absent where it isn't declared
     */
    public record Write(String source, WriteKind kind, Set<String> changed, OptionalDouble perSecond) {

        public Write {
            changed = Set.copyOf(changed);
        }

        /** Whether it adds rows. */
        public boolean inserts() {
            return kind == WriteKind.INSERT || kind == WriteKind.UPSERT;
        }

        /** Whether it changes rows that are there. */
        public boolean updates() {
            return kind == WriteKind.UPDATE || kind == WriteKind.UPSERT && !changed.isEmpty();
        }
    }

    private final Map<String, List<Write>> byEntity = new LinkedHashMap<>();
    private Map<TableName, Entity> tables = Map.of();

    private TableWrites() {}

    /** The writes of all patterns and contracts. */
    public static TableWrites of(Model model, ModelSql sql) {
        var writes = new TableWrites();
        var tables = new HashMap<String, Map<TableName, Entity>>();
        for (var pattern : model.patterns().values()) {
            if (model.storeOf(pattern) instanceof RelationalStore store) {
                if (pattern instanceof AccessPattern.Write write) {
                    writes.add(
                            write.entity().value(), pattern, write.kind(), new HashSet<>(Located.values(write.set())));
                } else if (pattern instanceof AccessPattern.Sql statement) {
                    writes.tables = tables.computeIfAbsent(store.name().value(), name -> tables(model, store));
                    sql.statement(statement.sql())
                            .flatMap(reading -> reading.parsed().tree())
                            .ifPresent(tree -> writes.statement(pattern, tree));
                }
            }
        }
        // What is copied is written as often as what it is copied from
        model.contracts().values().forEach(writes::contract);
        return writes;
    }

    private static Map<TableName, Entity> tables(Model model, RelationalStore store) {
        var tables = new HashMap<TableName, Entity>();
        model.entitiesOf(store).forEach(entity -> tables.putIfAbsent(TableName.of(entity), entity));
        return tables;
    }

    private void add(String entity, AccessPattern pattern, WriteKind kind, Set<String> changed) {
        add(entity, new Write(pattern.name().value(), kind, changed, rate(pattern)));
    }

    private void add(String entity, Write write) {
        byEntity.computeIfAbsent(entity, name -> new ArrayList<>()).add(write);
    }

    private static OptionalDouble rate(AccessPattern pattern) {
        return pattern.header()
                .rate()
                .map(rate -> OptionalDouble.of(rate.perSecond()))
                .orElse(OptionalDouble.empty());
    }

    private void statement(AccessPattern pattern, SqlStatement statement) {
        if (statement instanceof SqlStatement.Insert insert) {
            common(pattern, insert.with());
            var set = insert.onConflict().map(SqlStatement.OnConflict::set).orElse(List.of());
            target(insert.target())
                    .ifPresent(entity -> add(
                            entity.name().value(),
                            pattern,
                            insert.onConflict().isPresent() ? WriteKind.UPSERT : WriteKind.INSERT,
                            changed(entity, set)));
        } else if (statement instanceof SqlStatement.Update update) {
            common(pattern, update.with());
            target(update.target())
                    .ifPresent(entity ->
                            add(entity.name().value(), pattern, WriteKind.UPDATE, changed(entity, update.set())));
        } else if (statement instanceof SqlStatement.Delete delete) {
            common(pattern, delete.with());
            target(delete.target())
                    .ifPresent(entity -> add(entity.name().value(), pattern, WriteKind.DELETE, Set.of()));
        } else if (statement instanceof SqlStatement.Merge merge) {
            common(pattern, merge.with());
            target(merge.target()).ifPresent(entity -> merge(entity, pattern, merge));
        } else if (statement instanceof SqlStatement.Reading reading) {
            common(pattern, reading.query().with());
        }
    }

    private void merge(Entity entity, AccessPattern pattern, SqlStatement.Merge merge) {
        var name = entity.name().value();
        var changed = changed(entity, merge.set());
        if (merge.does(MergeAction.Insert.class)) {
            var kind = merge.does(MergeAction.Update.class) ? WriteKind.UPSERT : WriteKind.INSERT;
            add(name, pattern, kind, changed);
        } else if (merge.does(MergeAction.Update.class)) {
            add(name, pattern, WriteKind.UPDATE, changed);
        }
        if (merge.does(MergeAction.Delete.class)) {
            add(name, pattern, WriteKind.DELETE, Set.of());
        }
    }

    private void common(AccessPattern pattern, List<CommonTable> with) {
        with.stream()
                .map(CommonTable::statement)
                .filter(statement -> !(statement instanceof SqlStatement.Reading))
                .forEach(statement -> statement(pattern, statement));
    }

    private Optional<Entity> target(FromItem.Table table) {
        return Optional.ofNullable(tables.get(
                TableName.of(table.schema().map(SqlName::value), table.name().value())));
    }

    private static Set<String> changed(Entity entity, List<SqlStatement.Assignment> set) {
        var columns = set.stream()
                .flatMap(assignment -> assignment.columns().stream())
                .map(SqlExpression.Column::name)
                .map(SqlName::value)
                .collect(Collectors.toSet());
        return entity.attributes().values().stream()
                .filter(attribute -> columns.contains(attribute.column().value()))
                .map(attribute -> attribute.name().value())
                .collect(Collectors.toSet());
    }

    private void contract(Contract contract) {
        var by = contract.sync().flatMap(Contract.Sync::by).map(Located::value);
        var target = contract.duplicates()
                .flatMap(Contract.Duplicates::into)
                .filter(into -> into.attribute().isPresent());
        var source = contract.duplicates()
                .flatMap(Contract.Duplicates::from)
                .map(Located::value)
                .flatMap(TableWrites::source);
        if (target.isEmpty() || source.isEmpty() || by.isEmpty()) {
            return;
        }
        var rates = of(source.get()).stream()
                .map(Write::perSecond)
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .toArray();
        // A job writes when it is run, not as often as the rows change
        var known =
                rates.length > 0 && (by.get() == Contract.Mechanism.TRIGGER || by.get() == Contract.Mechanism.OUTBOX);
        if (!of(source.get()).isEmpty()) {
            add(
                    target.get().entity().value(),
                    new Write(
                            contract.name().value(),
                            WriteKind.UPDATE,
                            target.get()
                                    .attribute()
                                    .map(Located::value)
                                    .map(Set::of)
                                    .orElse(Set.of()),
                            known ? OptionalDouble.of(Arrays.stream(rates).sum()) : OptionalDouble.empty()));
        }
    }

    /** The entity whose rows are counted or added up, if they are of one. */
    private static Optional<String> source(Derivation derivation) {
        if (derivation instanceof Derivation.Count count) {
            return Optional.of(count.entity().value());
        } else if (derivation instanceof Derivation.Exists exists) {
            return Optional.of(exists.entity().value());
        }
        return Optional.empty();
    }

    /** The writes to an entity. */
    public List<Write> of(String entity) {
        return List.copyOf(byEntity.getOrDefault(entity, List.of()));
    }

    /** The attributes of an entity that some write changes in rows that are there. */
    public Set<String> changed(String entity) {
        return of(entity).stream()
                .filter(Write::updates)
                .flatMap(write -> write.changed().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
