package dev.schemaproof.catalog;

import dev.schemaproof.catalog.CatalogTable.Check;
import dev.schemaproof.catalog.CatalogTable.Column;
import dev.schemaproof.catalog.CatalogTable.ForeignKey;
import dev.schemaproof.catalog.CatalogTable.Identity;
import dev.schemaproof.catalog.CatalogTable.Key;
import dev.schemaproof.catalog.CatalogTable.Part;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Index;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.Reference;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.SourceText;
import dev.schemaproof.model.TypeDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The catalog that a model asks for.
 *
 * <p>It is drawn from the model directly and shares nothing with the generator of the SQL, whose mistakes it is there to
 * find. Its expressions are as they were written; {@link ExpressionPrinter} has the database print them.
 */
public final class ModelCatalog {

    private final Model model;
    private final List<Entity> entities;

    private ModelCatalog(Model model, RelationalStore store) {
        this.model = model;
        this.entities = model.entitiesOf(store);
    }

    /** What the database of one store must hold. */
    public static Catalog of(Model model, RelationalStore store) {
        return new ModelCatalog(model, store).catalog();
    }

    private Catalog catalog() {
        Map<String, CatalogTable> tables = new LinkedHashMap<>();
        for (Entity entity : entities) {
            CatalogTable table = table(entity);
            tables.put(table.name(), table);
        }
        Map<String, List<String>> enumerations = new LinkedHashMap<>();
        Map<String, CatalogDomain> domains = new LinkedHashMap<>();
        for (TypeDefinition type : model.types().values()) {
            String name = type.name().value();
            if (type instanceof TypeDefinition.Enumeration enumeration) {
                enumerations.put(
                        name, enumeration.labels().stream().map(Located::value).toList());
            } else if (type instanceof TypeDefinition.Domain domain) {
                domains.put(
                        name,
                        new CatalogDomain(
                                name,
                                Expression.written(typeName(domain.base().value())),
                                domain.check().map(ModelCatalog::written).stream()
                                        .toList()));
            }
        }
        return new Catalog(tables, enumerations, domains);
    }

    private CatalogTable table(Entity entity) {
        List<Check> checks = new ArrayList<>();
        for (Attribute attribute : entity.attributes().values()) {
            attribute.check().ifPresent(check -> checks.add(new Check(Optional.empty(), written(check))));
        }
        entity.checks()
                .values()
                .forEach(
                        check -> checks.add(new Check(Optional.of(check.name().value()), written(check.expression()))));
        return new CatalogTable(
                entity.table().value(),
                entity.attributes().values().stream()
                        .map(attribute -> column(entity, attribute))
                        .toList(),
                entity.key().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Key(Optional.empty(), columns(entity, entity.keyNames()))),
                entity.uniques().stream()
                        .map(unique -> new Key(unique.name().map(Located::value), columns(entity, unique.names())))
                        .toList(),
                entity.references().values().stream()
                        .flatMap(reference -> foreignKey(entity, reference).stream())
                        .toList(),
                checks,
                entity.indexes().values().stream()
                        .map(index -> index(entity, index))
                        .toList(),
                List.of());
    }

    private static Column column(Entity entity, Attribute attribute) {
        return new Column(
                attribute.column().value(),
                Expression.written(typeName(attribute.type().value())),
                attribute.optional()
                        && !entity.keyNames().contains(attribute.name().value()),
                attribute.defaultValue().map(ModelCatalog::written),
                attribute.generated().map(ModelCatalog::written),
                attribute
                        .identity()
                        .map(identity -> switch (identity.numbering()) {
                            case ALWAYS -> Identity.ALWAYS;
                            case BY_DEFAULT -> Identity.BY_DEFAULT;
                        })
                        .orElse(Identity.NONE),
                attribute.collation().map(Located::value));
    }

    private Optional<ForeignKey> foreignKey(Entity entity, Reference reference) {
        // A foreign key cannot lead into another database
        return entities.stream()
                .filter(other -> other.name().value().equals(reference.entity().value()))
                .findFirst()
                .map(other -> new ForeignKey(
                        Optional.empty(),
                        columns(entity, reference.names()),
                        other.table().value(),
                        columns(other, other.keyNames()),
                        reference.onDelete().word(),
                        reference.onUpdate().word(),
                        reference.deferrable()));
    }

    private static CatalogTable.Index index(Entity entity, Index index) {
        return new CatalogTable.Index(
                index.name().value(),
                index.method().word(),
                index.unique(),
                index.on().stream()
                        .map(part -> new Part(
                                part.attribute().map(name -> columnName(entity, name)),
                                part.expression() ? Optional.of(written(part.text())) : Optional.empty(),
                                part.descending(),
                                part.nullsStandFirst(),
                                part.operatorClass().map(Located::value)))
                        .toList(),
                index.include().stream()
                        .map(attribute -> columnName(entity, attribute.value()))
                        .toList(),
                index.where().map(ModelCatalog::written));
    }

    private static List<String> columns(Entity entity, List<String> attributes) {
        return attributes.stream().map(name -> columnName(entity, name)).toList();
    }

    private static String columnName(Entity entity, String attribute) {
        return entity.attribute(attribute).map(found -> found.column().value()).orElse(attribute);
    }

    private static Expression written(SourceText text) {
        return Expression.written(text.value());
    }

    /** The type in SQL. */
    static String typeName(DataType type) {
        if (type instanceof DataType.Scalar scalar) {
            return switch (scalar.kind()) {
                case TEXT -> "text";
                case UUID -> "uuid";
                case SMALLINT -> "smallint";
                case INT -> "integer";
                case BIGINT -> "bigint";
                case FLOAT -> "real";
                case DOUBLE -> "double precision";
                case BOOLEAN -> "boolean";
                case DATE -> "date";
                case TIME -> "time without time zone";
                case TIMESTAMP -> "timestamp without time zone";
                case TIMESTAMPTZ -> "timestamp with time zone";
                case INTERVAL -> "interval";
                case JSON -> "jsonb";
                case BYTES -> "bytea";
                case INET -> "inet";
            };
        }
        if (type instanceof DataType.Varying varying) {
            return "character varying(" + varying.length() + ")";
        }
        if (type instanceof DataType.Fixed fixed) {
            return "character(" + fixed.length() + ")";
        }
        if (type instanceof DataType.Decimal decimal) {
            return "numeric(" + decimal.precision() + "," + decimal.scale() + ")";
        }
        if (type instanceof DataType.Array array) {
            return typeName(array.element()) + "[]";
        }
        if (type instanceof DataType.Named named) {
            return Identifiers.quoted(named.name());
        }
        if (type instanceof DataType.Native nativeType) {
            return nativeType.text();
        }
        throw new IllegalArgumentException("a model with an unreadable type has no catalog");
    }
}
