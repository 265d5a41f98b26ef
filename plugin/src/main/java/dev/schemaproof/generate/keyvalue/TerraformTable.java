package dev.schemaproof.generate.keyvalue;

import dev.schemaproof.model.KeyValueTable;
import dev.schemaproof.model.KeyValueTable.Billing;
import dev.schemaproof.model.KeyValueTable.KeyAttribute;
import dev.schemaproof.model.KeyValueTable.Projection;
import dev.schemaproof.model.KeyValueTable.SecondaryIndex;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code dynamodb/table.tf.ftl} prints: a table as a resource of Terraform. All texts are quoted as HCL wants them.
 *
 * @param model the model's name, without quotes
 * @param resource the resource's name, which no other table of the store has
 * @param name the table's name
 * @param hashKey the partition key
 * @param rangeKey the sort key
 * @param capacity the provisioned units; nothing where requests are paid for
 * @param attributes the key attributes of table and indexes
 * @param indexes secondary indexes, local ones first
 * @param ttl the attribute that holds the time to live
 * @param streamView what the stream of changes carries, where there is one
 * @param pointInTimeRecovery whether it can be restored as it was
 * @param deletionProtection whether DynamoDB refuses to delete it
 */
public record TerraformTable(
        String model,
        String resource,
        String name,
        String hashKey,
        Optional<String> rangeKey,
        Optional<Capacity> capacity,
        List<KeyColumn> attributes,
        List<Index> indexes,
        Optional<String> ttl,
        Optional<String> streamView,
        boolean pointInTimeRecovery,
        boolean deletionProtection) {

    public TerraformTable {
        attributes = List.copyOf(attributes);
        indexes = List.copyOf(indexes);
    }

    /** Provisioned units a second. */
    public record Capacity(long read, long write) {}

    /** A key attribute and the letter of its type. */
    public record KeyColumn(String name, String type) {}

    /**
     * A secondary index.
     *
     * @param local whether it has the partition key of the table
     * @param projection {@code ALL}, {@code KEYS_ONLY} or {@code INCLUDE}
     * @param attributes what it includes
     */
    public record Index(
            boolean local,
            String name,
            String hashKey,
            Optional<String> rangeKey,
            String projection,
            List<String> attributes) {

        public Index {
            attributes = List.copyOf(attributes);
        }
    }

    static TerraformTable of(String model, String resource, KeyValueTable table) {
        return new TerraformTable(
                model.replaceAll("\\s+", " "),
                resource,
                quoted(table.name().value()),
                quoted(table.partitionKey()),
                table.sortKey().map(TerraformTable::quoted),
                table.billing() instanceof Billing.Provisioned provisioned
                        ? Optional.of(new Capacity(provisioned.read(), provisioned.write()))
                        : Optional.empty(),
                TableDefinition.keys(table).stream()
                        .map(key -> new KeyColumn(quoted(key), quoted(TableDefinition.type(key))))
                        .toList(),
                Stream.concat(table.localIndexes().stream(), table.globalIndexes().stream())
                        .map(TerraformTable::index)
                        .toList(),
                table.ttl().map(ttl -> quoted(ttl.value())),
                table.options().stream().map(view -> quoted(view.name())),
                table.options().pointInTimeRecovery(),
                table.options().deletionProtection());
    }

    private static Index index(SecondaryIndex index) {
        return new Index(
                index.local(),
                quoted(index.name().value()),
                quoted(index.partitionKey()),
                index.sortKey().map(TerraformTable::quoted),
                quoted(String.valueOf(
                        TableDefinition.projection(index.projection()).get("ProjectionType"))),
                index.projection() instanceof Projection.Include include
                        ? include.attributes().stream()
                                .map(attribute -> quoted(attribute.value()))
                                .toList()
                        : List.of());
    }

    private static String quoted(KeyAttribute key) {
        return quoted(key.name().value());
    }

    /** A text in HCL, where <code>${</code> and <code>%{</code> begin what is evaluated. */
    static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            var begins = (c == '$' || c == '%') && i + 1 < text.length() && text.charAt(i + 1) == '{';
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> quoted.append(begins ? String.valueOf(c).repeat(2) : String.valueOf(c));
            }
        }
        return quoted.append('"').toString();
    }

    /** A name of its own for each table's resource, as the files of one directory are one module. */
    static Map<String, String> resources(Collection<String> tables) {
        var resources = new LinkedHashMap<String, String>();
        for (var table : tables) {
            var words = table.replaceAll("[^A-Za-z0-9]+", "_").toLowerCase(Locale.ROOT);
            var base = words.isEmpty() || Character.isDigit(words.charAt(0)) ? "table_" + words : words;
            var resource = base;
            for (var i = 2; resources.containsValue(resource); i++) {
                resource = base + "_" + i;
            }
            resources.put(table, resource);
        }
        return resources;
    }
}
