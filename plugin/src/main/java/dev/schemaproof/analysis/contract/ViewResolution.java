package dev.schemaproof.analysis.contract;

import dev.schemaproof.analysis.contract.ContractAnalysis.UnsupportedContract;
import dev.schemaproof.analysis.sql.ModelSql;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Contract.Mechanism;
import dev.schemaproof.model.Derivation;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.sql.PositionalSql;
import dev.schemaproof.sql.SqlStatement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The contracts that make an entity a materialized view. */
final class ViewResolution {

    private static final String NOT_IN_A_VIEW = "a materialized view holds what its query finds: take it away";

    private final Model model;
    private final ModelSql sql;
    private final Map<String, ViewContract> views = new LinkedHashMap<>();
    private final List<UnsupportedContract> unsupported = new ArrayList<>();

    ViewResolution(Model model, ModelSql sql) {
        this.model = model;
        this.sql = sql;
    }

    /** Whether the contract asks for the answer of a query as a materialized view, be it well-formed or not. */
    static boolean isView(Contract contract) {
        return contract.sync()
                        .flatMap(Contract.Sync::by)
                        .filter(by -> by.value() == Mechanism.MATERIALIZED_VIEW)
                        .isPresent()
                && contract.duplicates()
                        .flatMap(Contract.Duplicates::from)
                        .filter(from -> from.value() instanceof Derivation.Query)
                        .isPresent();
    }

    void resolve(Contract contract) {
        var duplicates = contract.duplicates();
        var into = duplicates.flatMap(Contract.Duplicates::into);
        var entity =
                into.flatMap(target -> model.entity(target.entity().value())).filter(Entity::sound);
        if (!isView(contract)
                || entity.isEmpty()
                || !(model.storeOf(entity.get()) instanceof RelationalStore store)
                || !(duplicates.get().from().orElseThrow().value() instanceof Derivation.Query query)) {
            return;
        }
        if (into.get().attribute().isPresent()) {
            unsupported(
                    contract,
                    into.get().entity().at(),
                    "a query fills an entity as a whole, not one attribute",
                    "write `into: " + entity.get().name() + "`");
        } else if (!PositionalSql.of(query.sql().value()).parameterNames().isEmpty()) {
            unsupported(
                    contract,
                    query.sql().at(),
                    "the query of a materialized view has no parameters",
                    "let it find the rows for all values, and make an attribute of what tells them apart");
        } else if (sql.statement(query.sql())
                .flatMap(reading -> reading.parsed().tree())
                .filter(tree -> !(tree instanceof SqlStatement.Reading))
                .isPresent()) {
            unsupported(contract, query.sql().at(), "a materialized view is made of a query", "write a SELECT");
        } else if (ofTablesOnly(contract, entity.get()) && query(query).isPresent()) {
            views.putIfAbsent(
                    entity.get().name().value(),
                    new ViewContract(contract, store, entity.get(), query.sql(), List.of()));
        }
    }

    private Optional<SqlStatement> query(Derivation.Query query) {
        return sql.statement(query.sql()).flatMap(reading -> reading.parsed().tree());
    }

    /** Says what the entity has that only a table can have, and whether there was nothing of that kind. */
    private boolean ofTablesOnly(Contract contract, Entity entity) {
        var before = unsupported.size();
        var relational = entity.relational();
        relational.partitioning().ifPresent(found -> never(contract, found.at(), "partitions"));
        relational.rowSecurity().ifPresent(found -> never(contract, found.at(), "row-level security"));
        relational
                .exclusions()
                .values()
                .forEach(found -> never(contract, found.name().at(), "exclusion constraints"));
        entity.checks().values().forEach(found -> never(contract, found.name().at(), "checks"));
        for (var attribute : entity.attributes().values()) {
            if (hasMoreThanItsType(attribute)) {
                never(contract, attribute.name().at(), "defaults, checks, numbering or generated columns");
            }
        }
        if (relational.unlogged()) {
            never(contract, entity.name().at(), "`unlogged`");
        }
        for (var other : model.entities().values()) {
            for (var reference : other.references().values()) {
                if (reference.entity().value().equals(entity.name().value())
                        && model.storeOf(other).equals(model.storeOf(entity))) {
                    unsupported(
                            contract,
                            reference.entity().at(),
                            "no foreign key can lead to the materialized view `" + entity.name() + "`",
                            "refer to an entity that is a table");
                }
            }
        }
        return unsupported.size() == before;
    }

    private static boolean hasMoreThanItsType(Attribute attribute) {
        return attribute.defaultValue().isPresent()
                || attribute.generated().isPresent()
                || attribute.identity().isPresent()
                || attribute.check().isPresent();
    }

    private void never(Contract contract, Location at, String what) {
        unsupported(contract, at, "a materialized view has no " + what, NOT_IN_A_VIEW);
    }

    private void unsupported(Contract contract, Location at, String summary, String help) {
        unsupported.add(new UnsupportedContract(contract.name().value(), at, summary, help));
    }

    List<UnsupportedContract> unsupported() {
        return unsupported;
    }

    /** In an order in which each finds the others that it reads. */
    List<ViewContract> views() {
        List<ViewContract> ordered = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        views.values().forEach(view -> place(view, seen, ordered));
        return ordered;
    }

    private void place(ViewContract view, Set<String> seen, List<ViewContract> ordered) {
        if (!seen.add(view.entity().name().value())) {
            return;
        }
        var sources = sql.statement(view.query()).stream()
                .flatMap(reading -> reading.names().tables().values().stream())
                .filter(entity -> views.containsKey(entity.name().value()))
                .filter(entity -> !entity.equals(view.entity()))
                .distinct()
                .sorted(Comparator.comparing(entity -> entity.name().value()))
                .toList();
        sources.stream()
                .flatMap(source -> Stream.ofNullable(views.get(source.name().value())))
                .forEach(source -> place(source, seen, ordered));
        ordered.add(new ViewContract(view.contract(), view.store(), view.entity(), view.query(), sources));
    }
}
