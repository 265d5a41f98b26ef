package dev.schemaproof.yaml;

import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/** Writes a JSON Schema. */
final class JsonSchemaText {

    private JsonSchemaText() {}

    static String of(Map<String, Object> root, Map<String, Map<String, Object>> definitions) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Schemaproof model");
        schema.put("description", "Entities, access patterns and denormalization contracts");
        schema.putAll(root);
        schema.put("$defs", new TreeMap<>(definitions));
        var text = new StringWriter();
        var context = new ObjectWriteContext.Base() {
            @Override
            public PrettyPrinter getPrettyPrinter() {
                var indenter = new DefaultIndenter("  ", "\n");
                return new DefaultPrettyPrinter().withArrayIndenter(indenter).withObjectIndenter(indenter);
            }

            @Override
            public boolean hasPrettyPrinter() {
                return true;
            }
        };
        try (var json = new JsonFactory().createGenerator(context, text)) {
            write(json, schema);
        }
        return text.append('\n').toString();
    }

    private static void write(JsonGenerator json, Object value) {
        if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            map.forEach((key, part) -> {
                json.writeName(String.valueOf(key));
                write(json, part);
            });
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            list.forEach(part -> write(json, part));
            json.writeEndArray();
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else {
            json.writeString(String.valueOf(value));
        }
    }
}
