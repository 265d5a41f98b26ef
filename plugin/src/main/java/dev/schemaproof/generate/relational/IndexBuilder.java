package dev.schemaproof.generate.relational;

import static dev.schemaproof.generate.relational.SqlText.DIALECT;

import dev.schemaproof.analysis.access.AccessAnalysis;
import dev.schemaproof.analysis.type.ExtensionPlaces;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Index;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.RelationalStore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Indexes, and the keys of everything that is kept by one. */
final class IndexBuilder {

    private final RelationalStore store;
    private final AccessAnalysis access;

    IndexBuilder(RelationalStore store, AccessAnalysis access) {
        this.store = store;
        this.access = access;
    }

    SchemaScript.Index index(Entity entity, Index index) {
        List<String> why = new ArrayList<>();
        var served = access.served(entity, index.name().value());
        if (!served.isEmpty()) {
            why.addAll(DIALECT.commentLines("Serves " + String.join(", ", served)));
        }
        index.reason().ifPresent(reason -> why.addAll(DIALECT.commentLines(reason)));
        var suffix = new StringBuilder();
        if (!index.include().isEmpty()) {
            var names = Located.values(index.include());
            suffix.append(" INCLUDE (").append(SqlText.columns(entity, names)).append(")");
        }
        if (index.nullsNotDistinct()) {
            suffix.append(" NULLS NOT DISTINCT");
        }
        suffix.append(SqlText.with(index.storage()));
        index.where().ifPresent(where -> suffix.append(" WHERE ").append(SqlText.verbatim(where)));
        return new SchemaScript.Index(
                DIALECT.identifier(index.name().value()),
                SqlText.table(entity),
                why,
                index.unique() ? "UNIQUE " : "",
                index.method() == Index.Method.BTREE
                        ? ""
                        : "USING " + index.method().word() + " ",
                index.on().stream()
                        .map(part -> part(store, entity, part, index.method()))
                        .collect(Collectors.joining(", ")),
                suffix.toString());
    }

    /** One part of the key of an index, an exclusion constraint or a partitioned table. */
    static String part(RelationalStore store, Entity entity, Index.Part part, Index.Method method) {
        var places = new ExtensionPlaces(store);
        var text = new StringBuilder(part.attribute()
                .map(name -> SqlText.column(entity, name))
                .orElseGet(() -> SqlText.enclosed(part.text())));
        part.collation().ifPresent(name -> text.append(" COLLATE ").append(SqlText.collation(store, name.value())));
        part.operatorClass()
                .ifPresent(name -> text.append(" ")
                        .append(places.schemaOf(method, name.value())
                                .map(schema -> schema + ".")
                                .orElse(""))
                        .append(SqlText.operatorClass(name.value())));
        part.classOptions().ifPresent(options -> text.append(SqlText.classOptions(options)));
        if (part.descending()) {
            text.append(" DESC");
        }
        part.nullsFirst().ifPresent(first -> text.append(first ? " NULLS FIRST" : " NULLS LAST"));
        return text.toString();
    }
}
