package dev.schemaproof.app;

import dev.schemaproof.yaml.ModelReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * One change to a model that leaves its syntax sound, so that it gets past the reader and into the rules and generators.
 *
 * @param kind what is done
 * @param at to which element, modulo their number
 * @param to with which other one
 * @param text with which text
 */
record TreeMutation(Kind kind, int at, int to, String text) {

    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private static final Set<Object> KEYWORDS = ((Map<?, ?>)
                    ModelReader.jsonSchema().get("$defs"))
            .values().stream()
                    .filter(part -> ((Map<?, ?>) part).get("properties") instanceof Map<?, ?>)
                    .flatMap(part -> ((Map<?, ?>) ((Map<?, ?>) part).get("properties")).keySet().stream())
                    .collect(Collectors.toSet());

    enum Kind {
        RENAME,
        RENAME_TO_OTHER,
        REPLACE,
        REPLACE_BY_OTHER,
        COPY,
        SWAP,
        DELETE,
        DUPLICATE
    }

    /** A place in the tree that holds something. */
    private record Slot(Map<String, Object> map, List<Object> list, String key, int index) {

        Object get() {
            return map == null ? list.get(index) : map.get(key);
        }

        void set(Object value) {
            if (map == null) {
                list.set(index, value);
            } else {
                map.put(key, value);
            }
        }

        void delete() {
            if (map == null) {
                list.remove(index);
            } else {
                map.remove(key);
            }
        }
    }

    static Object tree(byte[] yaml) {
        var none = new Resolver() {
            @Override
            protected void addImplicitResolvers() {
                // Every scalar is a text
            }
        };
        return new Yaml(
                        new SafeConstructor(new LoaderOptions()),
                        new Representer(new DumperOptions()),
                        new DumperOptions(),
                        new LoaderOptions(),
                        none)
                .load(new String(yaml, StandardCharsets.UTF_8));
    }

    static byte[] text(Object tree) {
        var text = tree instanceof Map<?, ?> map
                ? map.entrySet().stream()
                        .map(entry -> flow(entry.getKey()) + ": " + flow(entry.getValue()))
                        .collect(Collectors.joining("\n"))
                : flow(tree);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The tree in braces and brackets. */
    static String flow(Object tree) {
        if (tree instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> flow(entry.getKey()) + ": " + flow(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (tree instanceof List<?> list) {
            return list.stream().map(TreeMutation::flow).collect(Collectors.joining(", ", "[", "]"));
        }
        return Mutation.quoted(String.valueOf(tree));
    }

    /** The changed tree; what was given is left as it is. */
    Object apply(Object given) {
        var tree = copy(given);
        var slots = new ArrayList<Slot>();
        collect(tree, slots);
        if (slots.isEmpty()) {
            return tree;
        }
        var slot = slots.get(at % slots.size());
        var other = slots.get(to % slots.size());
        switch (kind) {
            case RENAME -> {
                return renamed(tree, name(slots, at), text);
            }
            case RENAME_TO_OTHER -> {
                return renamed(tree, name(slots, at), name(slots, to));
            }
            case REPLACE -> slot.set(text);
            case REPLACE_BY_OTHER -> slot.set(word(other));
            case COPY -> slot.set(copy(other.get()));
            case SWAP -> {
                var value = copy(slot.get());
                slot.set(copy(other.get()));
                other.set(value);
            }
            case DELETE -> slot.delete();
            case DUPLICATE -> {
                if (slot.map() == null) {
                    slot.list().add(copy(slot.get()));
                } else {
                    slot.map().put(to % 2 == 0 ? text : word(other), copy(slot.get()));
                }
            }
        }
        return tree;
    }

    /** A name of the user's choosing. */
    private static String name(List<Slot> slots, int at) {
        var names = slots.stream()
                .map(TreeMutation::word)
                .filter(word -> !KEYWORDS.contains(word))
                .toList();
        return names.isEmpty() ? "id" : names.get(at % names.size());
    }

    private static String word(Slot slot) {
        return slot.key() == null
                ? slot.get() instanceof String scalar ? scalar : "id"
                : slot.get() instanceof String scalar && scalar.length() % 2 == 0 ? scalar : slot.key();
    }

    private static Object renamed(Object tree, String from, String to) {
        if (tree instanceof Map<?, ?> map) {
            var renamed = new LinkedHashMap<String, Object>();
            map.forEach((key, value) -> renamed.put((String) renamed(key, from, to), renamed(value, from, to)));
            return renamed;
        }
        if (tree instanceof List<?> list) {
            return list.stream().map(item -> renamed(item, from, to)).collect(Collectors.toCollection(ArrayList::new));
        }
        var text = String.valueOf(tree);
        return text.equals(from) || !WORD.matcher(from).matches()
                ? text.equals(from) ? to : text
                : text.replaceAll("\\b" + from + "\\b", Matcher.quoteReplacement(to));
    }

    private static Object copy(Object tree) {
        if (tree instanceof Map<?, ?> map) {
            var copy = new LinkedHashMap<String, Object>();
            map.forEach((key, value) -> copy.put(String.valueOf(key), copy(value)));
            return copy;
        }
        if (tree instanceof List<?> list) {
            return list.stream().map(TreeMutation::copy).collect(Collectors.toCollection(ArrayList::new));
        }
        return tree == null ? "" : tree;
    }

    @SuppressWarnings("unchecked")
    private static void collect(Object tree, List<Slot> slots) {
        if (tree instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                slots.add(new Slot((Map<String, Object>) map, null, (String) key, 0));
                collect(value, slots);
            });
        } else if (tree instanceof List<?> list) {
            for (var i = 0; i < list.size(); i++) {
                slots.add(new Slot(null, (List<Object>) list, null, i));
                collect(list.get(i), slots);
            }
        }
    }
}
