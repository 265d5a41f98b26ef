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
 * @param capacity what the patterns use and cost; nothing where the store has no tables
 */
public record DesignDocument(
        String model,
        String store,
        List<TableChart> tables,
        List<PatternRow> patterns,
        Optional<CapacityCharts> capacity) {

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

    /**
     * What the access patterns use and cost.
     *
     * @param prices what is counted by, in a sentence
     * @param priced whether any price is known, without which there are no costs to show
     * @param patterns in order of declaration
     * @param parts each table, its indexes, and both together
     * @param remarks what the numbers leave out, in sentences
     */
    public record CapacityCharts(
            String prices, boolean priced, List<CapacityRow> patterns, List<PartRow> parts, List<String> remarks) {

        public CapacityCharts {
            patterns = List.copyOf(patterns);
            parts = List.copyOf(parts);
            remarks = List.copyOf(remarks);
        }
    }

    /**
     * What a pattern uses; empty cells for what isn't known.
     *
     * @param call the units of a call, and how indexes share in them
     * @param rate calls a second
     * @param units units a second
     * @param month millions of units a month
     * @param cost of a month
     * @param counted what a call is counted by
     */
    public record CapacityRow(
            String pattern, String call, String rate, String units, String month, String cost, String counted) {}

    /**
     * What a table or an index is used for; empty cells for what isn't known.
     *
     * @param table the table's name
     * @param part the table itself, an index, or both together
     * @param items how many it holds
     * @param stored what they take
     * @param units units a second
     * @param month millions of units a month
     * @param unitsCost of a month's units
     * @param storageCost of a month's storage
     */
    public record PartRow(
            String table,
            String part,
            String items,
            String stored,
            String units,
            String month,
            String unitsCost,
            String storageCost) {}
}
