package dev.schemaproof.yaml;

import dev.schemaproof.diagnostic.Location;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A mapping with known keys. Subclasses declare the keys as fields and build the value from them. */
abstract class ObjectShape<T> implements Shape<T> {

    private final String definition;
    private final String what;
    private final String example;
    private final Map<String, Key<?>> keys = new LinkedHashMap<>();
    private final Set<String> aside = new HashSet<>();
    private @Nullable Shape<?> rest;

    /**
     * @param definition the name of its part in the JSON Schema
     * @param what what it is called in messages, with its article
     * @param example one that can be read
     */
    ObjectShape(String definition, String what, String example) {
        this.definition = definition;
        this.what = what;
        this.example = example;
    }

    final <V> Key<V> optional(String name, Shape<V> shape, String description, Key.Note... notes) {
        return add(new Key<>(name, shape, description, Key.Presence.OPTIONAL, List.of(notes)));
    }

    final <V> Key<V> required(String name, Shape<V> shape, String description, Key.Note... notes) {
        return add(new Key<>(name, shape, description, Key.Presence.REQUIRED, List.of(notes)));
    }

    /** A text that, written behind the key, means the same as no key. */
    static Key.Note byDefault(String yaml) {
        return new Key.Note.Default(yaml);
    }

    /** What holds without the key, where no text could say it. */
    static Key.Note otherwise(String words) {
        return new Key.Note.Derived(words);
    }

    /** Texts that may stand behind the key. */
    static Key.Note like(String... yaml) {
        return new Key.Note.Examples(List.of(yaml));
    }

    /** A key of the language that this version of the plugin can do nothing with: using it is an error. */
    final void later(String name, String description) {
        add(new Key<>(name, Scalars.TEXT, description, Key.Presence.LATER, List.of()));
    }

    /** Keys on which nothing else depends: a flaw in them doesn't keep the rest from being judged. */
    final void aside(Key<?>... harmless) {
        Stream.of(harmless).map(Key::name).forEach(aside::add);
    }

    /** Keys of the user's own choosing beside the known ones. */
    final void others(Shape<?> shape) {
        rest = shape;
    }

    private <V> Key<V> add(Key<V> key) {
        if (keys.put(key.name(), key) != null) {
            throw new IllegalStateException(what + " has the key " + key.name() + " twice");
        }
        return key;
    }

    /** The value; empty when what is missing leaves nothing to build from. */
    abstract Optional<T> build(Fields fields, Reading reading);

    @Override
    public Optional<T> read(Spot spot, Reading reading) {
        if (spot.node() instanceof Node.Scalar scalar && scalar.empty()) {
            return read(
                    new Spot(
                            spot.name(), new Node.Mapping(List.of(), spot.name().at())),
                    reading);
        }
        if (!(spot.node() instanceof Node.Mapping mapping)) {
            reading.report(
                    Flaw.WRONG_SHAPE,
                    spot.node().at(),
                    what + " is a mapping, not " + spot.node().kind(),
                    "its keys: " + quoted(usableKeys()));
            reading.lose();
            return Optional.empty();
        }
        var before = reading.count();
        var values = new IdentityHashMap<Key<?>, Object>();
        var places = new IdentityHashMap<Key<?>, Location>();
        var others = new LinkedHashMap<String, Object>();
        var harmless = 0;
        for (var entry : mapping.entries()) {
            var found = reading.count();
            reading.enter(entry.key().value());
            readEntry(entry, values, places, others, reading);
            reading.leave();
            if (aside.contains(entry.key().value())) {
                harmless += reading.count() - found;
            }
        }
        var missing = missing(values, places);
        if (!missing.isEmpty()) {
            reading.report(
                    Flaw.INCOMPLETE_ELEMENT,
                    spot.name().at(),
                    what + " needs " + quoted(missing.stream().map(Key::name).toList()),
                    missing.stream()
                            .map(key -> "`" + key.name() + "`: " + key.description())
                            .collect(Collectors.joining("\n")));
        }
        var sound = reading.count() - harmless == before;
        return build(new Fields(spot.name(), mapping.at(), values, places, others, sound), reading);
    }

    private void readEntry(
            Node.Entry entry,
            Map<Key<?>, Object> values,
            Map<Key<?>, Location> places,
            Map<String, Object> others,
            Reading reading) {
        var name = entry.key().value();
        var key = keys.get(name);
        if (key == null && rest != null) {
            rest.read(new Spot(entry.key(), entry.value()), reading).ifPresent(value -> others.put(name, value));
        } else if (key == null && "<<".equals(name)) {
            reading.report(
                    Flaw.UNKNOWN_KEY,
                    entry.key().at(),
                    what + " has no key `<<`",
                    "YAML's merge key is not part of the language; repeat the keys, or use an alias as a value");
        } else if (key == null) {
            reading.reportUnknown(
                    Flaw.UNKNOWN_KEY, entry.key().at(), what + " has no key `" + name + "`", name, usableKeys());
        } else if (key.presence() == Key.Presence.LATER) {
            reading.report(
                    Flaw.NOT_SUPPORTED_YET,
                    entry.key().at(),
                    "`" + name + "` is part of the language, but this version of the plugin can't act on it yet",
                    "remove it for now (" + key.description() + ")");
        } else {
            places.put(key, entry.key().at());
            key.shape().read(new Spot(entry.key(), entry.value()), reading).ifPresent(value -> values.put(key, value));
        }
    }

    private List<Key<?>> missing(Map<Key<?>, Object> values, Map<Key<?>, Location> places) {
        var missing = new ArrayList<Key<?>>();
        for (var key : keys.values()) {
            if (key.presence() == Key.Presence.REQUIRED && !places.containsKey(key) && !values.containsKey(key)) {
                missing.add(key);
            }
        }
        return missing;
    }

    private List<String> usableKeys() {
        return keys.values().stream()
                .filter(key -> key.presence() != Key.Presence.LATER)
                .map(Key::name)
                .toList();
    }

    private static String quoted(List<String> names) {
        return names.stream().collect(Collectors.joining("`, `", "`", "`"));
    }

    @Override
    public Map<String, Object> schema(Definitions definitions) {
        return definitions.refer(definition, this, () -> {
            var properties = new LinkedHashMap<String, Object>();
            keys.values().stream()
                    .filter(key -> key.presence() != Key.Presence.LATER)
                    .forEach(key -> properties.put(key.name(), property(key, definitions)));
            var required = keys.values().stream()
                    .filter(key -> key.presence() == Key.Presence.REQUIRED)
                    .map(Key::name)
                    .toList();
            var schema = new LinkedHashMap<String, Object>();
            schema.put("title", what.replace("`", ""));
            schema.put("type", required.isEmpty() ? List.of("object", "null") : "object");
            schema.put("properties", properties);
            if (!required.isEmpty()) {
                schema.put("required", required);
            }
            schema.put("additionalProperties", rest == null ? false : rest.schema(definitions));
            schema.put("examples", List.of(PlainData.of(example)));
            return schema;
        });
    }

    private static Map<String, Object> property(Key<?> key, Definitions definitions) {
        var property = new LinkedHashMap<String, Object>(key.shape().schema(definitions));
        property.put(
                "description",
                key.description()
                        + key.otherwise().map(words -> "; by default " + words).orElse(""));
        key.byDefault().ifPresent(yaml -> property.put("default", PlainData.of(yaml)));
        if (!key.examples().isEmpty()) {
            property.put("examples", key.examples().stream().map(PlainData::of).toList());
        }
        return property;
    }

    /** What it is called in messages, with its article. */
    final String what() {
        return what;
    }

    /** One that can be read. */
    final String example() {
        return example;
    }

    /** What may stand behind keys that have no name in the language. */
    final Optional<Shape<?>> rest() {
        return Optional.ofNullable(rest);
    }

    /** Keys by name, in the order in which the manual shows them. */
    final Map<String, Key<?>> keys() {
        return Collections.unmodifiableMap(keys);
    }
}
