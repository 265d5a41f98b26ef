package dev.schemaproof.yaml;

import dev.schemaproof.model.Located;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Shapes made of other shapes. */
final class Shapes {

    private Shapes() {}

    /** A list; items that can't be read are reported and left out. */
    static <T> Shape<List<T>> list(Shape<T> item) {
        return new Shape<>() {
            @Override
            public Optional<List<T>> read(Spot spot, Reading reading) {
                if (spot.node() instanceof Node.Scalar scalar && scalar.empty()) {
                    return Optional.of(List.of());
                }
                if (!(spot.node() instanceof Node.Sequence sequence)) {
                    reading.report(
                            Flaw.WRONG_SHAPE,
                            spot.node().at(),
                            "`" + spot.name() + "` is a list, not "
                                    + spot.node().kind(),
                            "write `" + spot.name() + ": [...]`");
                    return Optional.empty();
                }
                var items = new ArrayList<T>();
                for (var node : sequence.items()) {
                    item.read(new Spot(new Located<>(spot.name().value(), node.at()), node), reading)
                            .ifPresent(items::add);
                }
                return Optional.of(items);
            }

            @Override
            public Map<String, Object> schema(Definitions definitions) {
                var schema = new LinkedHashMap<String, Object>();
                schema.put("type", List.of("array", "null"));
                schema.put("items", item.schema(definitions));
                return schema;
            }
        };
    }

    /** A list, or its only item without the brackets. */
    static <T> Shape<List<T>> oneOrMore(Shape<T> item) {
        var one = map(item, value -> List.of(value));
        return byKind(one, list(item), null);
    }

    /** The same with an item at least; without any, that is reported, and nothing is read. */
    static <T> Shape<List<T>> atLeastOne(Shape<T> item) {
        var any = oneOrMore(item);
        return new Shape<>() {
            @Override
            public Optional<List<T>> read(Spot spot, Reading reading) {
                if (spot.node() instanceof Node.Sequence sequence
                        && sequence.items().isEmpty()) {
                    reading.report(
                            Flaw.WRONG_SHAPE,
                            spot.node().at(),
                            "`" + spot.name() + "` is empty",
                            "it needs an item at least");
                    return Optional.empty();
                }
                return any.read(spot, reading).filter(items -> !items.isEmpty());
            }

            @Override
            public Map<String, Object> schema(Definitions definitions) {
                var one = item.schema(definitions);
                var list = new LinkedHashMap<String, Object>();
                list.put("type", "array");
                list.put("items", one);
                list.put("minItems", 1);
                var schema = new LinkedHashMap<String, Object>();
                schema.put("anyOf", List.of(one, list));
                return schema;
            }
        };
    }

    /** A mapping from names of the user's choosing. */
    static <T> Shape<Map<String, T>> named(String what, Shape<T> value) {
        return new Shape<>() {
            @Override
            public Optional<Map<String, T>> read(Spot spot, Reading reading) {
                if (spot.node() instanceof Node.Scalar scalar && scalar.empty()) {
                    return Optional.of(Map.of());
                }
                if (!(spot.node() instanceof Node.Mapping mapping)) {
                    reading.report(
                            Flaw.WRONG_SHAPE,
                            spot.node().at(),
                            "`" + spot.name() + "` is a mapping from names to " + what + ", not "
                                    + spot.node().kind());
                    return Optional.empty();
                }
                var values = new LinkedHashMap<String, T>();
                for (var entry : mapping.entries()) {
                    if (entry.key().value().isBlank()) {
                        reading.report(Flaw.WRONG_SHAPE, entry.key().at(), "a name can't be empty");
                        continue;
                    }
                    reading.enter(entry.key().value());
                    value.read(new Spot(entry.key(), entry.value()), reading)
                            .ifPresent(read -> values.put(entry.key().value(), read));
                    reading.leave();
                }
                return Optional.of(values);
            }

            @Override
            public Map<String, Object> schema(Definitions definitions) {
                var schema = new LinkedHashMap<String, Object>();
                schema.put("type", List.of("object", "null"));
                schema.put("additionalProperties", value.schema(definitions));
                return schema;
            }
        };
    }

    /** Another shape for each kind of node; null where that kind doesn't fit. */
    static <T> Shape<T> byKind(@Nullable Shape<T> scalar, @Nullable Shape<T> sequence, @Nullable Shape<T> mapping) {
        return new Shape<>() {
            @Override
            public Optional<T> read(Spot spot, Reading reading) {
                var node = spot.node();
                var fitting =
                        node instanceof Node.Mapping ? mapping : node instanceof Node.Sequence ? sequence : scalar;
                if (fitting != null) {
                    return fitting.read(spot, reading);
                }
                var allowed = Stream.of(
                                scalar == null ? "" : "a text",
                                sequence == null ? "" : "a list",
                                mapping == null ? "" : "a mapping")
                        .filter(kind -> !kind.isEmpty())
                        .toList();
                reading.report(
                        Flaw.WRONG_SHAPE,
                        node.at(),
                        "`" + spot.name() + "` is " + String.join(" or ", allowed) + ", not " + node.kind());
                return Optional.empty();
            }

            @Override
            public Map<String, Object> schema(Definitions definitions) {
                var schema = new LinkedHashMap<String, Object>();
                schema.put(
                        "anyOf",
                        Stream.of(
                                        Optional.ofNullable(scalar),
                                        Optional.ofNullable(sequence),
                                        Optional.ofNullable(mapping))
                                .flatMap(Optional::stream)
                                .map(shape -> shape.schema(definitions))
                                .toList());
                return schema;
            }
        };
    }

    /** The same texts, another value. */
    static <T, R> Shape<R> map(Shape<T> shape, Function<T, R> change) {
        return new Shape<>() {
            @Override
            public Optional<R> read(Spot spot, Reading reading) {
                return shape.read(spot, reading).map(change);
            }

            @Override
            public Map<String, Object> schema(Definitions definitions) {
                return shape.schema(definitions);
            }
        };
    }

    /** One of a contract's answers: texts that answer nothing are noted, not read. */
    static <T> Shape<T> answer(Shape<T> shape) {
        return new Shape<>() {
            @Override
            public Optional<T> read(Spot spot, Reading reading) {
                if (spot.node() instanceof Node.Scalar scalar && Placeholders.isPlaceholder(scalar.value())) {
                    reading.placeholder(
                            scalar.empty() ? new Located<>("", spot.name().at()) : scalar.located());
                    return Optional.empty();
                }
                return shape.read(spot, reading);
            }

            @Override
            public Map<String, Object> schema(Definitions definitions) {
                return shape.schema(definitions);
            }
        };
    }
}
