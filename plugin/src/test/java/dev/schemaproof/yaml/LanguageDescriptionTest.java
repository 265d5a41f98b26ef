package dev.schemaproof.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.schemaproof.Models;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.Located;
import dev.schemaproof.output.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the manual and the JSON Schema say of the language is what the reader does. */
class LanguageDescriptionTest {

    private static final Map<String, ObjectShape<?>> OBJECTS = objects();

    /** What an editor can see, too. */
    private static final Set<Flaw> OF_SHAPE = Set.of(Flaw.WRONG_SHAPE, Flaw.UNKNOWN_KEY, Flaw.UNKNOWN_VALUE);

    /** The file of values that don't belong where they are put. */
    private static final String WRONG = "wrong";

    private static Map<String, ObjectShape<?>> objects() {
        var definitions = new Definitions();
        new FileShape().schema(definitions);
        return definitions.objects();
    }

    /** A key of an object. */
    record Named(String object, Key<?> key) {

        ObjectShape<?> shape() {
            return OBJECTS.get(object);
        }

        @Override
        public String toString() {
            return object + "." + key.name();
        }
    }

    static Stream<String> names() {
        return OBJECTS.keySet().stream();
    }

    static Stream<Named> keys() {
        return OBJECTS.entrySet().stream()
                .flatMap(object -> object.getValue().keys().values().stream()
                        .filter(key -> key.presence() != Key.Presence.LATER)
                        .map(key -> new Named(object.getKey(), key)));
    }

    static Stream<Named> defaults() {
        // The target is filled in when files are merged, as any of them may give it
        return keys().filter(named ->
                named.key().byDefault().isPresent() && !named.toString().equals("rules.target"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("keys")
    void everyExampleIsRead(Named named) {
        var key = named.key();
        assertThat(key.description()).isNotBlank().doesNotEndWith(".");
        assertThat(key.examples().isEmpty() && key.byDefault().isEmpty())
                .as("%s has an example or a default", named)
                .isFalse();
        for (var example : key.examples()) {
            assertThat(read(key.shape(), node(example)))
                    .as(example)
                    .satisfies(read -> assertThat(read.flaws()).isEmpty())
                    .satisfies(read -> assertThat(read.value()).isPresent());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void everyObjectHasAnExample(String name) {
        var shape = OBJECTS.get(name);
        var example = node(shape.example());

        assertThat(read(shape, example).flaws()).isEmpty();
        assertThat(read(shape, example).value()).isPresent();
        assertThat(valid(name, example)).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("defaults")
    void theDefaultIsWhatIsReadWithoutTheKey(Named named) {
        var example = (Node.Mapping) node(named.shape().example());
        var without = without(example, named.key().name());
        var with =
                with(without, named.key().name(), node(named.key().byDefault().orElseThrow()));

        var absent = read(named.shape(), without);
        var given = read(named.shape(), with);

        assertThat(absent.flaws()).isEmpty();
        assertThat(given.flaws()).isEmpty();
        assertThat(given.value().orElseThrow())
                .usingRecursiveComparison()
                .ignoringFieldsOfTypes(Location.class, int[].class)
                .isEqualTo(absent.value().orElseThrow());
    }

    @Test
    void theDefaultTargetIsTheModelsOwn() {
        var target = OBJECTS.get("rules").keys().get("target").byDefault().orElseThrow();
        var model = "schema: a\nentities: {A: {attributes: {id: uuid}, key: id}}\n";

        assertThat(Models.read(model).rules().target())
                .isEqualTo(Models.read(model + "rules: {target: " + target + "}\n")
                        .rules()
                        .target());
    }

    /** An editor underlines what the reader refuses for its shape, and nothing that the reader takes. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("keys")
    void theJsonSchemaRefusesTheSameShapes(Named named) {
        var example = (Node.Mapping) node(named.shape().example());
        var refused = 0;
        for (var wrong : List.of("[[[x]]]", "{no: {such: {thing: x}}}", "no such word 7", "[]", "7", "x")) {
            var changed = with(without(example, named.key().name()), named.key().name(), node(WRONG, wrong));
            var flaws = read(named.shape(), changed).flaws();
            if (flaws.isEmpty()) {
                assertThat(valid(named.object(), changed))
                        .as("%s: an editor accepts %s", named, wrong)
                        .isTrue();
            } else if (flaws.stream().anyMatch(LanguageDescriptionTest::isOfShape)) {
                refused++;
                assertThat(valid(named.object(), changed))
                        .as("%s: an editor accepts %s", named, wrong)
                        .isFalse();
            }
        }
        assertThat(refused).as("%s", named).isPositive();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void theJsonSchemaRefusesUnknownKeys(String name) {
        var shape = OBJECTS.get(name);
        if (shape.rest().isEmpty()) {
            var changed = with((Node.Mapping) node(shape.example()), "noSuchKey", node("x"));

            assertThat(read(shape, changed).flaws()).isNotEmpty();
            assertThat(valid(name, changed)).isFalse();
        }
    }

    /** Whether the flaw is in the value itself, not that its key doesn't go together with others. */
    private static boolean isOfShape(Finding finding) {
        return finding.at().file().equals(WRONG)
                && OF_SHAPE.stream().anyMatch(flaw -> flaw.id().equals(finding.rule()));
    }

    private record Read(Optional<?> value, List<Finding> flaws) {}

    private static Read read(Shape<?> shape, Node node) {
        var flaws = new ArrayList<Finding>();
        var reading = new Reading(flaws);
        var value = shape.read(new Spot(new Located<>("it", Location.startOf("example")), node), reading);
        return new Read(value, flaws);
    }

    private static Node node(String yaml) {
        return node("example", yaml);
    }

    private static Node node(String file, String yaml) {
        var flaws = new ArrayList<Finding>();
        var node = TreeReader.read(FileText.of(file, yaml), flaws::add);
        assertThat(flaws).as(yaml).isEmpty();
        return node.orElseThrow();
    }

    private static Node.Mapping without(Node.Mapping mapping, String key) {
        return new Node.Mapping(
                mapping.entries().stream()
                        .filter(entry -> !entry.key().value().equals(key))
                        .toList(),
                mapping.at());
    }

    private static Node.Mapping with(Node.Mapping mapping, String key, Node value) {
        var entries = new ArrayList<>(mapping.entries());
        entries.add(new Node.Entry(new Located<>(key, Location.startOf("example")), value));
        return new Node.Mapping(entries, mapping.at());
    }

    private static boolean valid(String object, Node node) {
        var data = new LinkedHashMap<String, Object>();
        ((Map<?, ?>) PlainData.of(node)).forEach((key, value) -> data.put(String.valueOf(key), value));
        return SCHEMAS.get(object).validate(Json.text(data), InputFormat.JSON).isEmpty();
    }

    private static final Map<String, Schema> SCHEMAS = schemas();

    private static Map<String, Schema> schemas() {
        var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        var schemas = new LinkedHashMap<String, Schema>();
        for (var name : OBJECTS.keySet()) {
            var whole = new LinkedHashMap<>(ModelReader.jsonSchema());
            whole.put("$ref", "#/$defs/" + name);
            schemas.put(name, registry.getSchema(Json.text(whole), InputFormat.JSON));
        }
        return schemas;
    }
}
