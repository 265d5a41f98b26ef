package dev.schemaproof.generate.relational;

import static dev.schemaproof.generate.relational.SqlText.DIALECT;

import dev.schemaproof.analysis.BaseTypes;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.contract.ViewContract;
import dev.schemaproof.analysis.relational.RelationalNames;
import dev.schemaproof.analysis.relational.UsedSequences;
import dev.schemaproof.analysis.type.ExtensionPlaces;
import dev.schemaproof.generate.relational.SchemaScript.Index;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.KeyDesign;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.sql.PositionalSql;
import java.util.ArrayList;
import java.util.List;

/** Materialized views. */
final class ViewBuilder {

    /** The name of the query's rows. */
    private static final String SOURCE = "source";

    private final Model model;
    private final RelationalStore store;
    private final BaseTypes bases;
    private final IndexBuilder indexes;
    private final RightsBuilder rights;

    ViewBuilder(Facts facts, RelationalStore store) {
        model = facts.model();
        this.store = store;
        bases = facts.types();
        indexes = new IndexBuilder(store, facts.access());
        rights = new RightsBuilder(store, new UsedSequences(model, store, facts.sql()));
    }

    ViewScript view(ViewContract contract) {
        var entity = contract.entity();
        var attributes = entity.attributes().values();
        return new ViewScript(
                SqlText.remark(List.of(contract.name())),
                SqlText.table(entity),
                attributes.stream()
                        .map(attribute -> DIALECT.identifier(attribute.column().value()))
                        .toList(),
                SqlText.with(entity.relational().storage()),
                attributes.stream().map(this::selected).toList(),
                PositionalSql.of(contract.query().value()).sql().strip(),
                indexes(entity),
                rights.grants(entity),
                new CommentBuilder(model, store).view(entity));
    }

    /** Cast to its declared type, except where the cast would cut texts without a word. */
    private String selected(Attribute attribute) {
        var column = SOURCE + "." + DIALECT.identifier(attribute.column().value());
        return cuts(attribute.type().value())
                ? column
                : column + "::"
                        + DIALECT.type(
                                new ExtensionPlaces(store)
                                        .placed(attribute.type().value()),
                                model.types());
    }

    private boolean cuts(DataType type) {
        var base = bases.own().innermost(bases.of(type));
        return base instanceof DataType.Varying || base instanceof DataType.Fixed;
    }

    private List<Index> indexes(Entity entity) {
        List<Index> all = new ArrayList<>();
        if (!entity.key().isEmpty()) {
            all.add(unique(
                    entity,
                    RelationalNames.primaryKeyName(entity),
                    entity.keyNames(),
                    entity.relational().keyDesign()));
        }
        for (var unique : entity.uniques()) {
            all.add(unique(entity, RelationalNames.uniqueName(entity, unique), unique.names(), unique.design()));
        }
        entity.indexes().values().forEach(index -> all.add(indexes.index(entity, index)));
        return all;
    }

    /** A view has no constraints; an index tells its rows apart as well. */
    private static Index unique(Entity entity, String name, List<String> attributes, KeyDesign design) {
        var include = Located.values(design.include());
        return new Index(
                DIALECT.identifier(name),
                SqlText.table(entity),
                List.of(),
                "UNIQUE ",
                "",
                SqlText.columns(entity, attributes),
                (include.isEmpty() ? "" : " INCLUDE (" + SqlText.columns(entity, include) + ")")
                        + (design.nullsNotDistinct() ? " NULLS NOT DISTINCT" : "")
                        + SqlText.with(design.storage()));
    }

    /** Makes what the templates of drift and repair print. */
    RefreshScript refresh(ViewContract contract) {
        return RefreshScript.of(model, contract, view(contract));
    }
}
