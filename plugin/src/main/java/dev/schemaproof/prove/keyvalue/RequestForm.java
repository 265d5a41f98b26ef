package dev.schemaproof.prove.keyvalue;

import dev.schemaproof.analysis.keyvalue.ItemDesign;
import dev.schemaproof.analysis.keyvalue.KeyFormat;
import dev.schemaproof.analysis.keyvalue.Paths;
import dev.schemaproof.analysis.keyvalue.Resolution.Served;
import dev.schemaproof.analysis.keyvalue.ResolvedPath;
import dev.schemaproof.analysis.keyvalue.StorageType;
import dev.schemaproof.output.Json;
import dev.schemaproof.prove.keyvalue.PlainAnswer.Argument;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An entry of {@code access-patterns.json}, filled in as an application would: from what stands there, and from nothing else. */
final class RequestForm {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$(\\$|\\{([^}:]+)(?::([^}]*))?\\})");
    private static final Pattern ASSIGNMENT =
            Pattern.compile("([#\\w]+) = (if_not_exists\\([#\\w]+, (:v\\d+)\\)|(:v\\d+))(?:, )?");
    private static final Set<String> WITH_VALUES = Set.of("Item", "Key", "ExpressionAttributeValues");

    private final Map<?, ?> entry;
    private final ItemDesign item;
    private final Map<String, ResolvedPath> paths = new HashMap<>();

    /** @param entry the pattern's entry */
    RequestForm(Paths paths, Served served, Map<?, ?> entry) {
        this.entry = entry;
        this.item = served.item();
        served.parameters()
                .forEach(parameter -> paths.find(item.entity(), parameter.path())
                        .ifPresent(path -> this.paths.put(parameter.name(), path)));
    }

    /** The name of the operation to call. */
    String operation() {
        return String.valueOf(entry.get("operation"));
    }

    /** How many rows the application takes, where the request doesn't say. */
    OptionalLong limit() {
        return entry.get("limit") instanceof BigDecimal limit
                ? OptionalLong.of(limit.longValue())
                : OptionalLong.empty();
    }

    /**
     * The body of the call; nothing where the entry says that the answer is empty without one.
     *
     * @param arguments the values of those parameters that have one
     */
    Optional<Map<String, @Nullable Object>> body(Map<String, Argument> arguments) {
        var leftOut = leftOut(arguments);
        var body = new LinkedHashMap<String, @Nullable Object>();
        ((Map<?, ?>) Objects.requireNonNull(entry.get("request"))).forEach((name, part) -> {
            var key = String.valueOf(name);
            body.put(key, WITH_VALUES.contains(key) ? values((Map<?, ?>) part, leftOut, arguments) : part);
        });
        if (body.get("UpdateExpression") instanceof String update && !leftOut.isEmpty()) {
            removeInstead(body, update, leftOut);
        }
        return empty(body) ? Optional.empty() : Optional.of(body);
    }

    /** By what the application tells the items of each entity apart, and joins them; empty where all are of one. */
    List<Kind> kinds(Map<String, Argument> arguments) {
        var kinds = new ArrayList<Kind>();
        for (var part : entry.get("items") instanceof List<?> list ? list : List.of()) {
            var kind = (Map<?, ?>) Objects.requireNonNull(part);
            var whole = kind.get("equals") instanceof Map<?, ?>;
            var value = (Map<?, ?>) Objects.requireNonNull(kind.get(whole ? "equals" : "beginsWith"));
            var join = new LinkedHashMap<String, String>();
            if (kind.get("join") instanceof Map<?, ?> pairs) {
                pairs.forEach((own, other) -> join.put(String.valueOf(own), String.valueOf(other)));
            }
            kinds.add(new Kind(
                    String.valueOf(kind.get("entity")),
                    String.valueOf(kind.get("attribute")),
                    filled(value, arguments)
                            .map(wire -> String.valueOf(wire.get("S")))
                            .orElseThrow(),
                    whole,
                    join));
        }
        return kinds;
    }

    /**
     * What the items of one entity in an answer look like.
     *
     * @param text what their attribute is, or begins with
     * @param whole whether it is all of it
     * @param join their attributes, with those of the items to which they belong
     */
    record Kind(String entity, String attribute, String text, boolean whole, Map<String, String> join) {

        boolean fits(Map<String, @Nullable Object> item) {
            return item.get(attribute) instanceof Map<?, ?> value
                    && value.get("S") instanceof String found
                    && (whole ? found.equals(text) : found.startsWith(text));
        }
    }

    private Set<String> leftOut(Map<String, Argument> arguments) {
        var names = new LinkedHashSet<String>();
        for (var part : entry.get("leaveOut") instanceof List<?> list ? list : List.of()) {
            if (part instanceof Map<?, ?> rule
                    && !arguments.containsKey(String.valueOf(rule.get("without")))
                    && rule.get("attributes") instanceof List<?> attributes) {
                attributes.forEach(attribute -> names.add(String.valueOf(attribute)));
            }
        }
        return names;
    }

    private Map<String, Object> values(Map<?, ?> written, Set<String> leftOut, Map<String, Argument> arguments) {
        var values = new LinkedHashMap<String, Object>();
        written.forEach((name, value) -> {
            var key = String.valueOf(name);
            if (!leftOut.contains(key)) {
                filled((Map<?, ?>) value, arguments).ifPresent(wire -> values.put(key, wire));
            }
        });
        return values;
    }

    /** A value with its placeholders filled; nothing where one of its parameters is absent. */
    private Optional<Map<String, Object>> filled(Map<?, ?> value, Map<String, Argument> arguments) {
        var type = StorageType.valueOf(String.valueOf(value.keySet().iterator().next()));
        var content = value.values().iterator().next();
        if (!(content instanceof String text)) {
            return Optional.of(Map.of(type.name(), content));
        }
        var matcher = PLACEHOLDER.matcher(text);
        var whole = new StringBuilder();
        while (matcher.find()) {
            if (matcher.group(2) == null) {
                matcher.appendReplacement(whole, "\\$");
                continue;
            }
            var argument = arguments.get(matcher.group(2));
            if (argument == null) {
                return Optional.empty();
            }
            var path = Objects.requireNonNull(paths.get(matcher.group(2)));
            if (type != StorageType.S && type != StorageType.N) {
                return Optional.of(Map.of(type.name(), structured(type, path, argument)));
            }
            var written = format(matcher.group(3)).write(path.type(), argument.value());
            if (written.isEmpty()) {
                return Optional.empty();
            }
            matcher.appendReplacement(whole, Matcher.quoteReplacement(written.get()));
        }
        matcher.appendTail(whole);
        return Optional.of(Map.of(type.name(), whole.toString()));
    }

    private static KeyFormat format(@Nullable String notation) {
        return notation == null
                ? new KeyFormat.Plain()
                : KeyFormat.read(notation).orElseThrow();
    }

    private Object structured(StorageType type, ResolvedPath path, Argument argument) {
        if (!argument.list()) {
            return WireValues.content(type, path.type(), new KeyFormat.Plain(), argument.value())
                    .orElseThrow();
        }
        var stored = item.holding(path.canonical()).orElseThrow();
        return argument.values().stream()
                .flatMap(value -> WireValues.of(stored.type(), path.type(), stored.format(), value).stream())
                .toList();
    }

    /** What is absent after an update is removed, not set. */
    private static void removeInstead(Map<String, @Nullable Object> body, String update, Set<String> leftOut) {
        var aliases = body.get("ExpressionAttributeNames") instanceof Map<?, ?> map ? map : Map.of();
        var kept = new ArrayList<String>();
        var removed = new ArrayList<String>();
        var unused = new LinkedHashSet<String>();
        var matcher = ASSIGNMENT.matcher(update.substring("SET ".length()));
        while (matcher.find()) {
            var name = matcher.group(1);
            if (leftOut.contains(aliases.containsKey(name) ? String.valueOf(aliases.get(name)) : name)) {
                removed.add(name);
                unused.add(matcher.group(3) == null ? matcher.group(4) : matcher.group(3));
            } else {
                kept.add(name + " = " + matcher.group(2));
            }
        }
        body.put(
                "UpdateExpression",
                (kept.isEmpty() ? "" : "SET " + String.join(", ", kept) + " ")
                        + (removed.isEmpty() ? "" : "REMOVE " + String.join(", ", removed)));
        if (body.get("ExpressionAttributeValues") instanceof Map<?, ?> values) {
            var left = new LinkedHashMap<String, @Nullable Object>();
            values.forEach((name, value) -> left.put(String.valueOf(name), value));
            left.keySet().removeAll(unused);
            if (left.isEmpty()) {
                body.remove("ExpressionAttributeValues");
            } else {
                body.put("ExpressionAttributeValues", left);
            }
        }
    }

    /** Whether a comparison says that nothing lies in between. */
    private boolean empty(Map<String, @Nullable Object> body) {
        var rules = entry.get("emptyIf") instanceof List<?> list ? list : List.of();
        return rules.stream().anyMatch(rule -> {
            var ends = String.valueOf(rule).split(" > ", -1);
            var values = (Map<?, ?>) Objects.requireNonNull(body.get("ExpressionAttributeValues"));
            return greater((Map<?, ?>) values.get(ends[0]), (Map<?, ?>) values.get(ends[1]));
        });
    }

    private static boolean greater(@Nullable Map<?, ?> left, @Nullable Map<?, ?> right) {
        if (left == null || right == null) {
            return false;
        }
        return WireValues.compare(left, right) > 0;
    }

    /** A call in one line, for messages. */
    static String shown(Optional<Map<String, @Nullable Object>> body) {
        return body.map(call -> "the call: " + line(call))
                .orElse("no call is made, as the ends of the range are the wrong way round");
    }

    /** JSON in one line. */
    static String line(Map<String, ?> json) {
        return Json.text(json).replaceAll("\\s*\\n\\s*", " ").strip();
    }

    /** The arguments in words, for messages. */
    static String shown(Map<String, Argument> arguments) {
        return arguments.isEmpty()
                ? "no parameters"
                : arguments.entrySet().stream()
                        .map(argument -> argument.getKey() + " = "
                                + argument.getValue().values().stream()
                                        .map(value -> "'" + value + "'")
                                        .collect(Collectors.joining(", ")))
                        .collect(Collectors.joining("; "));
    }
}
