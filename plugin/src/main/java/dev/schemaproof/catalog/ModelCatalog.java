package dev.schemaproof.catalog;

import dev.schemaproof.analysis.type.ExtensionPlaces;
import dev.schemaproof.catalog.CatalogTable.Check;
import dev.schemaproof.dialect.postgresql.PostgresRoles;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Derivation;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.SourceText;
import dev.schemaproof.model.TypeDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The catalog that a model asks for.
 *
 * <p>It is drawn from the model directly and shares nothing with the generator of the SQL, whose mistakes it is there to
 * find. Its expressions are as they were written; {@link ExpressionPrinter} has the database print them.
 */
public final class ModelCatalog {

    private final Model model;
    private final RelationalStore store;
    private final List<Entity> entities;

    private ModelCatalog(Model model, RelationalStore store) {
        this.model = model;
        this.store = store;
        this.entities = model.entitiesOf(store);
    }

    /** What the database of one store must hold. */
    public static Catalog of(Model model, RelationalStore store) {
        return new ModelCatalog(model, store).catalog();
    }

    private Catalog catalog() {
        Map<String, SourceText> queries = queries();
        Map<CatalogName, CatalogTable> tables = new HashMap<>();
        for (Entity entity : entities) {
            CatalogTable table = new ModelTable(
                            model,
                            store,
                            entity,
                            Optional.ofNullable(queries.get(entity.name().value())))
                    .table();
            tables.put(table.name(), table);
        }
        Map<CatalogName, CatalogEnumeration> enumerations = new HashMap<>();
        Map<CatalogName, CatalogDomain> domains = new HashMap<>();
        for (TypeDefinition type : model.types().values()) {
            if (elsewhere(type)) {
                continue;
            }
            CatalogName name = name(type.schema(), type.name());
            if (type instanceof TypeDefinition.Enumeration enumeration) {
                enumerations.put(
                        name,
                        new CatalogEnumeration(
                                name, Located.values(enumeration.labels()), comment(type.description())));
            } else if (type instanceof TypeDefinition.Domain domain) {
                domains.put(name, domain(name, domain));
            }
        }
        return new Catalog(
                schemas(),
                store.extensions().values().stream()
                        .map(extension -> new CatalogExtension(
                                extension.name().value(),
                                extension.schema().map(Located::value),
                                extension.version().map(Located::value)))
                        .collect(Collectors.toMap(CatalogExtension::name, extension -> extension)),
                store.roles().values().stream()
                        .map(role -> new CatalogRole(
                                role.name().value(),
                                role.login(),
                                role.memberOf().stream().map(Located::value).collect(Collectors.toSet())))
                        .collect(Collectors.toMap(CatalogRole::name, role -> role)),
                enumerations,
                domains,
                new ModelSequences(model, store).sequences(),
                tables);
    }

    /** The queries of the materialized views, by their entities. */
    private Map<String, SourceText> queries() {
        Map<String, SourceText> queries = new HashMap<>();
        for (Contract contract : model.contracts().values()) {
            boolean view = contract.sync()
                    .flatMap(Contract.Sync::by)
                    .filter(by -> by.value() == Contract.Mechanism.MATERIALIZED_VIEW)
                    .isPresent();
            contract.duplicates()
                    .filter(duplicates -> view)
                    .ifPresent(duplicates -> duplicates
                            .into()
                            .filter(into -> into.attribute().isEmpty())
                            .ifPresent(into -> {
                                if (duplicates.from().map(Located::value).orElse(null)
                                        instanceof Derivation.Query query) {
                                    queries.put(into.entity().value(), query.sql());
                                }
                            }));
        }
        return queries;
    }

    private Map<String, CatalogSchema> schemas() {
        Map<String, CatalogSchema> schemas = new HashMap<>();
        store.schemas().forEach((name, schema) -> {
            Map<String, Set<String>> grants = new HashMap<>();
            schema.grants().forEach((role, privileges) -> {
                if (!isOwner(role.value())) {
                    grants.put(
                            role.value(),
                            privileges.stream()
                                    .map(RelationalStore.SchemaPrivilege::word)
                                    .collect(Collectors.toSet()));
                }
            });
            schemas.put(name, new CatalogSchema(name, new Grants(grants), comment(schema.description())));
        });
        return schemas;
    }

    /** In a SQL schema that only another store has. */
    private boolean elsewhere(TypeDefinition type) {
        return type.schema()
                .filter(schema -> !store.schemas().containsKey(schema.value())
                        && model.relationalStores()
                                .anyMatch(other -> other.schemas().containsKey(schema.value())))
                .isPresent();
    }

    private CatalogDomain domain(CatalogName name, TypeDefinition.Domain domain) {
        List<Check> checks = new ArrayList<>();
        domain.check()
                .ifPresent(check ->
                        checks.add(new Check(Optional.empty(), written(check), false, true, Optional.empty())));
        checks.addAll(checks(domain.checks().values()));
        return new CatalogDomain(
                name,
                new TypeNames(model)
                        .written(new ExtensionPlaces(store).placed(domain.base().value())),
                domain.required(),
                domain.defaultValue().map(ModelCatalog::written),
                domain.collation().map(Located::value),
                checks,
                comment(domain.description()));
    }

    static List<Check> checks(Collection<dev.schemaproof.model.Check> checks) {
        return checks.stream()
                .map(check -> new Check(
                        Optional.of(check.name().value()),
                        written(check.expression()),
                        check.noInherit(),
                        true,
                        comment(check.description())))
                .toList();
    }

    /** Whether the word stands for whoever makes the database, who may do everything as its owner. */
    static boolean isOwner(String role) {
        return PostgresRoles.WORDS.contains(role) && !role.equals(ModelTable.EVERYBODY);
    }

    static CatalogName name(Optional<Located<String>> schema, Located<String> name) {
        return new CatalogName(schema.map(Located::value), name.value());
    }

    static Optional<String> comment(Optional<String> description) {
        return description.map(String::strip).filter(text -> !text.isEmpty());
    }

    static Expression written(SourceText text) {
        return Expression.written(text.value());
    }
}
