package dev.schemaproof.generate.keyvalue;

import dev.schemaproof.model.KeyValueTable;
import dev.schemaproof.output.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A table as a CloudFormation template, in YAML whose texts are all quoted, so that none is read as anything else. */
final class CloudFormation {

    private static final String INDENT = "  ";

    private CloudFormation() {}

    /** The template, which holds this table alone. */
    static String template(String model, KeyValueTable table) {
        var properties = new LinkedHashMap<>(TableDefinition.createTable(table));
        table.ttl().ifPresent(attribute -> {
            var specification = new LinkedHashMap<String, Object>();
            specification.put("AttributeName", attribute.value());
            specification.put("Enabled", true);
            properties.put("TimeToLiveSpecification", specification);
        });
        // A stream is there because it is described: CloudFormation knows no StreamEnabled
        table.options().stream()
                .ifPresent(view -> properties.put("StreamSpecification", Map.of("StreamViewType", view.name())));
        if (table.options().pointInTimeRecovery()) {
            properties.put("PointInTimeRecoverySpecification", Map.of("PointInTimeRecoveryEnabled", true));
        }
        var resource = new LinkedHashMap<String, Object>();
        resource.put("Type", "AWS::DynamoDB::Table");
        resource.put("Properties", properties);
        var template = new LinkedHashMap<String, Object>();
        template.put("AWSTemplateFormatVersion", "2010-09-09");
        template.put("Description", "Table " + table.name() + " of the model " + model);
        template.put("Resources", Map.of(logicalId(table.name().value()), resource));
        var text = new StringBuilder();
        map(template, "", text);
        return text.toString();
    }

    /** CloudFormation allows letters and digits only. */
    private static String logicalId(String table) {
        var id = new StringBuilder();
        for (var word : table.split("[^A-Za-z0-9]+", -1)) {
            if (!word.isEmpty()) {
                id.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
            }
        }
        return id.append("Table").toString();
    }

    private static void map(Map<?, ?> map, String indent, StringBuilder text) {
        map.forEach((key, value) -> {
            text.append(indent).append(key).append(':');
            value(value, indent, text);
        });
    }

    private static void value(Object value, String indent, StringBuilder text) {
        if (value instanceof Map<?, ?> map) {
            text.append('\n');
            map(map, indent + INDENT, text);
        } else if (value instanceof List<?> list) {
            text.append('\n');
            list.forEach(element -> element(element, indent + INDENT, text));
        } else {
            text.append(' ').append(scalar(value)).append('\n');
        }
    }

    private static void element(Object element, String indent, StringBuilder text) {
        if (element instanceof Map<?, ?> map) {
            var entry = new StringBuilder();
            map(map, indent + INDENT, entry);
            text.append(indent).append("- ").append(entry.substring(indent.length() + INDENT.length()));
        } else {
            text.append(indent).append("- ").append(scalar(element)).append('\n');
        }
    }

    /** A text in JSON's quotes is a text in YAML. */
    private static String scalar(Object value) {
        return value instanceof String string ? Json.quoted(string) : String.valueOf(value);
    }
}
