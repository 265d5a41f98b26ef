package dev.schemaproof.prove;

import dev.schemaproof.catalog.Catalog;
import dev.schemaproof.catalog.CatalogTable;
import dev.schemaproof.catalog.CatalogTable.Index;
import dev.schemaproof.catalog.CatalogTable.Key;
import dev.schemaproof.catalog.Expression;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The indexes of a database, those of keys among them, by their names. */
final class IndexShapes {

    private final Map<String, Shape> byName = new HashMap<>();

    IndexShapes(Catalog catalog) {
        for (CatalogTable table : catalog.tables().values()) {
            table.indexes().forEach(index -> byName.put(index.name(), shape(index)));
            Stream.concat(table.primaryKey().stream(), table.uniques().stream())
                    .forEach(key -> byName.put(key.name(), shape(key)));
        }
    }

    /**
     * What matters of an index here.
     *
     * @param method its access method
     * @param parts column names and expressions, in order
     * @param where the condition of a partial index
     */
    record Shape(String method, List<Part> parts, Optional<String> where) {

        /** Whether the first parts decide how much is read. */
        boolean sorted() {
            return method.equals("btree");
        }
    }

    /**
     * A part of an index.
     *
     * @param text a column's name or an expression
     * @param expression whether it is one
     */
    record Part(String text, boolean expression) {

        /** Whether a condition that the plan prints speaks of this part. */
        boolean occursIn(String condition) {
            return expression
                    ? condition.contains(text)
                    : SqlWords.unqualifiedNames(condition).contains(text);
        }
    }

    Optional<Shape> of(String index) {
        return Optional.ofNullable(byName.get(index));
    }

    private static Shape shape(Index index) {
        return new Shape(
                index.method(),
                index.parts().stream()
                        .map(part -> part.column()
                                .map(column -> new Part(column, false))
                                .orElseGet(() -> new Part(
                                        part.expression().map(Expression::text).orElseThrow(), true)))
                        .toList(),
                index.where().map(Expression::text));
    }

    private static Shape shape(Key key) {
        return new Shape(
                "btree",
                key.columns().stream().map(column -> new Part(column, false)).toList(),
                Optional.empty());
    }
}
