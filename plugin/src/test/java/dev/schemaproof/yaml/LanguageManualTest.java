package dev.schemaproof.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The manual's tables of keys are written from the reader's own description; the text around them is written by hand. When
 * a table is out of date: {@code mvn -pl plugin test -Dtest=LanguageManualTest -Dschemaproof.bless}. For a new kind of
 * element, put its two marks where its table belongs.
 */
class LanguageManualTest {

    private static final Path MANUAL = Path.of("..", "docs", "language.md");

    private static final Pattern TABLE =
            Pattern.compile("<!-- keys of (\\w+) -->\n(?:.*?)<!-- end of keys -->", Pattern.DOTALL);

    private static final Definitions DEFINITIONS = new Definitions();
    private static final Map<String, ObjectShape<?>> OBJECTS = objects();

    private static Map<String, ObjectShape<?>> objects() {
        new FileShape().schema(DEFINITIONS);
        return DEFINITIONS.objects();
    }

    @Test
    void theTablesOfKeysAreUpToDate() throws IOException {
        var manual = Files.readString(MANUAL);
        var expected = TABLE.matcher(manual)
                .replaceAll(table -> Matcher.quoteReplacement("<!-- keys of " + table.group(1) + " -->\n"
                        + section(table.group(1)) + "<!-- end of keys -->"));
        if (System.getProperty("schemaproof.bless") != null) {
            Files.writeString(MANUAL, expected);
        }
        assertThat(MANUAL)
                .as("mend it with: mvn -pl plugin test -Dtest=LanguageManualTest -Dschemaproof.bless")
                .content()
                .isEqualTo(expected);
    }

    @Test
    void everyElementHasItsTable() throws IOException {
        assertThat(TABLE.matcher(Files.readString(MANUAL)).results().map(table -> table.group(1)))
                .containsExactlyInAnyOrderElementsOf(OBJECTS.keySet());
    }

    private static String section(String name) {
        var shape = OBJECTS.get(name);
        assertThat(shape).as("the element %s", name).isNotNull();
        var text = new StringBuilder("<a id=\"" + anchor(name) + "\"></a>\n\n");
        text.append("Keys of ")
                .append(shape.what())
                .append(", such as `")
                .append(shape.example())
                .append("`:\n\n");
        text.append("| key | what it says | type | default | example |\n| --- | --- | --- | --- | --- |\n");
        shape.keys().values().forEach(key -> text.append(row(key)));
        shape.rest()
                .ifPresent(rest -> text.append("| any other name | | ")
                        .append(type(rest.schema(DEFINITIONS)))
                        .append(" | | |\n"));
        return text.append('\n').toString();
    }

    private static String row(Key<?> key) {
        if (key.presence() == Key.Presence.LATER) {
            return "| `" + key.name() + "` | Not supported yet: " + cell(key.description()) + " | | | |\n";
        }
        var otherwise = key.presence() == Key.Presence.REQUIRED
                ? "required"
                : key.byDefault()
                        .map(yaml -> "`" + yaml + "`")
                        .or(key::otherwise)
                        .orElse("");
        return "| `%s` | %s | %s | %s | %s |\n"
                .formatted(
                        key.name(),
                        cell(key.description()),
                        type(key.shape().schema(DEFINITIONS)),
                        cell(otherwise),
                        key.examples().stream()
                                .map(yaml -> "`" + cell(yaml) + "`")
                                .collect(Collectors.joining("<br>")));
    }

    /** What may stand behind a key, in words. */
    private static String type(Map<String, Object> schema) {
        if (schema.get("$ref") instanceof String reference) {
            var name = reference.substring(reference.lastIndexOf('/') + 1);
            return "[" + OBJECTS.get(name).what() + "](#" + anchor(name) + ")";
        }
        if (schema.get("anyOf") instanceof List<?> options) {
            var first = part(options.get(0));
            return options.size() == 2 && first.equals(part(options.get(1)).get("items"))
                    ? type(first) + ", or a list"
                    : options.stream().map(option -> type(part(option))).collect(Collectors.joining(", or "));
        }
        if (schema.get("enum") instanceof List<?> words) {
            // Numbers and truth values stand there a second time, as editors take them
            var texts = words.stream()
                    .filter(String.class::isInstance)
                    .map(word -> "`" + word + "`")
                    .toList();
            return String.join(texts.size() == 2 ? " or " : ", ", texts);
        }
        if (schema.get("items") instanceof Map<?, ?> item) {
            var each = type(part(item));
            return each.equals("a text") ? "a list of texts" : "a list, each " + each;
        }
        if (schema.get("additionalProperties") instanceof Map<?, ?> value) {
            return "names, each with " + type(part(value));
        }
        return cell(String.valueOf(schema.getOrDefault("title", "a text")));
    }

    @SuppressWarnings("unchecked") // parts of a JSON Schema
    private static Map<String, Object> part(Object schema) {
        return (Map<String, Object>) schema;
    }

    private static String anchor(String name) {
        return "keys-of-" + name.replaceAll("(?=[A-Z])", "-").toLowerCase(java.util.Locale.ROOT);
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
