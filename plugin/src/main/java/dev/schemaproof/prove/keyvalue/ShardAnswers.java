package dev.schemaproof.prove.keyvalue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The answers of all shards as one, put together as the entry of {@code access-patterns.json} says and by nothing else. An entry without
 * shards has one answer, which stays as it is.
 */
final class ShardAnswers {

    private final Map<?, ?> entry;
    private final Map<?, ?> shards;

    ShardAnswers(Map<?, ?> entry) {
        this.entry = entry;
        this.shards = entry.get("shards") instanceof Map<?, ?> map ? map : Map.of();
    }

    /** The entry for each shard, with its number in place. */
    List<Map<?, ?>> entries() {
        if (shards.isEmpty()) {
            return List.of(entry);
        }
        var placeholder = String.valueOf(shards.get("placeholder"));
        return IntStream.rangeClosed(number("from"), number("to"))
                .<Map<?, ?>>mapToObj(shard ->
                        (Map<?, ?>) Objects.requireNonNull(replaced(entry, placeholder, String.valueOf(shard))))
                .toList();
    }

    private int number(String name) {
        return ((BigDecimal) Objects.requireNonNull(shards.get(name))).intValueExact();
    }

    private static @Nullable Object replaced(@Nullable Object json, String placeholder, String shard) {
        if (json instanceof Map<?, ?> map) {
            var result = new LinkedHashMap<Object, @Nullable Object>();
            map.forEach((name, value) -> result.put(name, replaced(value, placeholder, shard)));
            return result;
        }
        if (json instanceof List<?> list) {
            var result = new ArrayList<@Nullable Object>();
            list.forEach(value -> result.add(replaced(value, placeholder, shard)));
            return result;
        }
        return json instanceof String text ? text.replace(placeholder, shard) : json;
    }

    /**
     * What the application has in the end.
     *
     * @param parts what each shard has answered
     * @param limit how many rows the application takes
     */
    Laboratory.Pages together(List<Laboratory.Pages> parts, OptionalLong limit) {
        if (shards.isEmpty()) {
            return parts.get(0);
        }
        var count = parts.stream().mapToLong(Laboratory.Pages::count).sum();
        var items = "merge".equals(shards.get("answers"))
                ? merged(parts)
                : parts.stream().flatMap(part -> part.items().stream()).toList();
        var taken = items.stream().limit(limit.orElse(Long.MAX_VALUE)).toList();
        return new Laboratory.Pages(taken, count);
    }

    /** Always the first of what is left of any shard, so that a shard in the wrong order spoils the answer. */
    private List<Map<String, @Nullable Object>> merged(List<Laboratory.Pages> parts) {
        var by = String.valueOf(shards.get("by"));
        Comparator<Rest> first = Comparator.comparing(rest -> key(rest.head(), by), WireValues::compare);
        var rests = new PriorityQueue<>(Boolean.TRUE.equals(shards.get("ascending")) ? first : first.reversed());
        parts.stream().filter(part -> !part.items().isEmpty()).forEach(part -> rests.add(new Rest(part.items(), 0)));
        var items = new ArrayList<Map<String, @Nullable Object>>();
        while (!rests.isEmpty()) {
            var rest = rests.remove();
            items.add(rest.head());
            if (rest.at + 1 < rest.items.size()) {
                rests.add(new Rest(rest.items, rest.at + 1));
            }
        }
        return items;
    }

    /** What of a shard's answer has not been taken yet. */
    private record Rest(List<Map<String, @Nullable Object>> items, int at) {

        Map<String, @Nullable Object> head() {
            return items.get(at);
        }
    }

    private static Map<?, ?> key(Map<String, @Nullable Object> item, String by) {
        return item.get(by) instanceof Map<?, ?> value ? value : Map.of();
    }
}
