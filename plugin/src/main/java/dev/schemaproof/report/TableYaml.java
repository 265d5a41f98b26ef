package dev.schemaproof.report;

import dev.schemaproof.model.KeyValueTable;
import dev.schemaproof.model.KeyValueTable.Billing;
import dev.schemaproof.model.KeyValueTable.ItemType;
import dev.schemaproof.model.KeyValueTable.KeyAttribute;
import dev.schemaproof.model.KeyValueTable.KeyType;
import dev.schemaproof.model.KeyValueTable.Projection;
import dev.schemaproof.model.KeyValueTable.SecondaryIndex;
import dev.schemaproof.model.KeyValueTable.Shards;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.SourceText;
import dev.schemaproof.output.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A DynamoDB table in the language of models, as it stands below {@code tables}. */
public final class TableYaml {

    private final List<String> lines = new ArrayList<>();

    private TableYaml() {}

    /** Its lines, indented by steps of two. */
    public static List<String> lines(KeyValueTable table) {
        var yaml = new TableYaml();
        yaml.write(table);
        return List.copyOf(yaml.lines);
    }

    private void write(KeyValueTable table) {
        lines.add(AdviceYaml.scalar(table.name().value()) + ":");
        lines.add("  partitionKey: " + key(table.partitionKey()));
        table.sortKey().ifPresent(key -> lines.add("  sortKey: " + key(key)));
        if (table.billing() instanceof Billing.Provisioned provisioned) {
            lines.add("  billing: {read: " + provisioned.read() + ", write: " + provisioned.write() + "}");
        }
        table.ttl().ifPresent(ttl -> lines.add("  ttl: " + AdviceYaml.scalar(ttl.value())));
        table.options().stream()
                .ifPresent(stream -> lines.add(
                        "  stream: " + stream.name().toLowerCase(Locale.ROOT).replace('_', '-')));
        if (table.options().pointInTimeRecovery()) {
            lines.add("  pointInTimeRecovery: true");
        }
        if (table.options().deletionProtection()) {
            lines.add("  deletionProtection: true");
        }
        if (!table.indexes().isEmpty()) {
            lines.add("  indexes:");
            table.indexes().values().forEach(this::write);
        }
        lines.add("  items:");
        table.items().values().forEach(this::write);
    }

    private void write(SecondaryIndex index) {
        var parts = new ArrayList<String>();
        parts.add("partitionKey: " + key(index.partitionKey()));
        index.sortKey().ifPresent(key -> parts.add("sortKey: " + key(key)));
        if (index.projection() instanceof Projection.Keys) {
            parts.add("project: keys");
        } else if (index.projection() instanceof Projection.Include include) {
            parts.add("project: " + names(include.attributes()));
        }
        lines.add("    " + AdviceYaml.scalar(index.name().value()) + ": {" + String.join(", ", parts) + "}");
    }

    private void write(ItemType item) {
        lines.add("    " + AdviceYaml.scalar(item.entity().value()) + ":");
        lines.add("      key: " + templates(item.key(), item.shards()));
        item.indexKeys()
                .forEach((index, templates) -> lines.add("      " + AdviceYaml.scalar(index) + ": "
                        + templates(
                                templates,
                                Optional.ofNullable(item.indexShards().get(index)))));
        item.attributes().ifPresent(names -> lines.add("      attributes: " + names(names)));
        if (!item.copies().isEmpty()) {
            lines.add("      copies: " + names(item.copies()));
        }
    }

    private static String key(KeyAttribute key) {
        var name = AdviceYaml.scalar(key.name().value());
        return key.type() == KeyType.STRING
                ? name
                : "{name: " + name + ", type: " + key.type().name().toLowerCase(Locale.ROOT) + "}";
    }

    private static String templates(Map<String, SourceText> templates, Optional<Shards> shards) {
        return Stream.concat(
                        templates.entrySet().stream()
                                .map(entry -> AdviceYaml.scalar(entry.getKey()) + ": "
                                        + template(entry.getValue().value())),
                        shards.stream().map(TableYaml::shards))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String shards(Shards shards) {
        return "shards: "
                + shards.by()
                        .map(by -> "{count: " + shards.count() + ", by: " + AdviceYaml.scalar(by.value()) + "}")
                        .orElse(shards.count().toString());
    }

    private static String template(String text) {
        var plain = AdviceYaml.scalar(text);
        return plain.startsWith("\"") ? Json.quoted(text) : plain;
    }

    private static String names(List<Located<String>> names) {
        return names.stream().map(name -> AdviceYaml.scalar(name.value())).collect(Collectors.joining(", ", "[", "]"));
    }
}
