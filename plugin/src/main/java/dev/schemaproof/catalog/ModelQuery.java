package dev.schemaproof.catalog;

import dev.schemaproof.analysis.BaseTypes;
import dev.schemaproof.analysis.type.ExtensionPlaces;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.SourceText;
import dev.schemaproof.sql.PositionalSql;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a materialized view shows: the rows of its contract's query, as the attributes that the entity declares.
 *
 * <p>Each column is cast to its declared type, except that no cast cuts a text.
 */
record ModelQuery(Model model, RelationalStore store, Entity entity) {

    private static final String ROWS = "source";

    Expression of(SourceText query) {
        TypeNames types = new TypeNames(model);
        ExtensionPlaces places = new ExtensionPlaces(store);
        BaseTypes bases = new BaseTypes(model);
        List<Attribute> attributes = List.copyOf(entity.attributes().values());
        String selected = attributes.stream()
                .map(attribute -> ROWS + "." + column(attribute)
                        + (cuts(bases, attribute.type().value())
                                ? ""
                                : "::"
                                        + types.written(
                                                places.placed(attribute.type().value()))))
                .collect(Collectors.joining(", "));
        String columns = attributes.stream().map(ModelQuery::column).collect(Collectors.joining(", "));
        return Expression.written("SELECT " + selected + " FROM (\n"
                + PositionalSql.of(query.value()).sql().strip() + "\n) AS " + ROWS + " (" + columns + ")");
    }

    private static String column(Attribute attribute) {
        return Identifiers.quoted(attribute.column().value());
    }

    private static boolean cuts(BaseTypes bases, DataType type) {
        var base = bases.own().innermost(bases.of(type));
        return base instanceof DataType.Varying || base instanceof DataType.Fixed;
    }
}
