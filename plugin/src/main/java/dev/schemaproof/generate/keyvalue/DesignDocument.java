package dev.schemaproof.generate.keyvalue;

import java.util.List;
import java.util.Optional;

/**
 * What {@code dynamodb/design.md.ftl} prints: the entity chart of each table and the chart of access patterns. Cells are Markdown already.
 *
 * @param model the model's name
 * @param store the store's name
 * @param tables in order of declaration
 * @param patterns in order of declaration
 */
public record DesignDocument(String model, String store, List<TableChart> tables, List<PatternRow> patterns) {

    public DesignDocument {
        tables = List.copyOf(tables);
        patterns = List.copyOf(patterns);
    }

    /**
     * A table: a row for each entity, a column for each key attribute.
     *
     * @param name the table's name
     * @param billing how it is paid for
     * @param ttl the attribute that holds the time to live
     * @param options what DynamoDB does beside, in words
     * @param columns the key attributes' names
     * @param indexes its indexes
     * @param entities its rows
     */
    public record TableChart(
            String name,
            String billing,
            Optional<String> ttl,
            List<String> options,
            List<String> columns,
            List<IndexRow> indexes,
            List<EntityRow> entities) {

        public TableChart {
            options = List.copyOf(options);
            columns = List.copyOf(columns);
            indexes = List.copyOf(indexes);
            entities = List.copyOf(entities);
        }
    }

    /** An index: its key, what it carries, and the entities in it. */
    public record IndexRow(String name, String key, String projection, String entities) {}

    /**
     * An entity.
     *
     * @param keys the template of each key attribute, in the order of the columns; empty where it has none
     * @param attributes what its items hold beside
     * @param size what an item takes at least, on average
     */
    public record EntityRow(String entity, List<String> keys, String attributes, String size) {

        public EntityRow {
            keys = List.copyOf(keys);
        }
    }

    /** An access pattern and the request that serves it. */
    public record PatternRow(
            String pattern,
            String request,
            String servedBy,
            String condition,
            String filter,
            String sorted,
            String notes) {}
}
