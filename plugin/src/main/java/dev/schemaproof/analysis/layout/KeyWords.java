package dev.schemaproof.analysis.layout;

import dev.schemaproof.analysis.keyvalue.KeyFormat;
import dev.schemaproof.analysis.keyvalue.ResolvedPath;
import dev.schemaproof.analysis.keyvalue.ValueType.Kind;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes key templates: a word for each entity, which no other has, and {@code #} between the parts. The partition of what a reference
 * leads to is called as the other entity calls its own, so that both lie in one item collection.
 */
final class KeyWords {

    private final Map<String, String> words = new LinkedHashMap<>();

    KeyWords(Model model) {
        var taken = new HashSet<String>();
        for (var name : model.entities().keySet()) {
            var word = word(name);
            var own = word;
            for (var i = 2; !taken.add(own); i++) {
                own = word + i;
            }
            words.put(name, own);
        }
    }

    private static String word(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_")
                .toUpperCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}_]", "_");
    }

    private String of(Entity entity) {
        return words.getOrDefault(entity.name().value(), "ITEM");
    }

    /** The template of the partition key. */
    String partition(EntityColumns columns, KeyPlan key) {
        var entity = columns.entity();
        var parts = new ArrayList<String>();
        if (key.partition().isEmpty() || key.numeric()) {
            parts.add(of(entity));
        }
        var left = new ArrayList<>(key.partition());
        var own = columns.own(entity.keyNames());
        if (!own.isEmpty() && own.positions().allMatch(left::contains)) {
            if (!key.numeric()) {
                parts.add(of(entity));
            }
            take(columns, entity.keyNames(), left, parts);
        }
        for (var reference : entity.references().values()) {
            var names = reference.names();
            if (!names.isEmpty()
                    && columns.own(names).positions().allMatch(left::contains)
                    && columns.own(names).size() == names.size()) {
                parts.add(words.getOrDefault(
                        reference.entity().value(), word(reference.entity().value())));
                take(columns, names, left, parts);
            }
        }
        for (var column : left) {
            var path = columns.path(column);
            parts.add(word(path.canonical().attribute()));
            parts.add(variable(path));
        }
        return String.join("#", parts);
    }

    private static void take(EntityColumns columns, List<String> names, List<Integer> left, List<String> parts) {
        for (var name : names) {
            var column = columns.position(name).orElseThrow();
            parts.add(variable(columns.path(column)));
            left.remove((Object) column);
        }
    }

    /** The template of the sort key. */
    String sort(EntityColumns columns, KeyPlan key) {
        if (key.numeric()) {
            return variable(columns.path(key.sort().get(0)));
        }
        return of(columns.entity())
                + key.sort().stream()
                        .map(column -> "#" + sorted(columns.path(column)))
                        .collect(Collectors.joining());
    }

    private static String variable(ResolvedPath path) {
        return "{" + path.canonical() + "}";
    }

    /** Numbers need zeros in front, or they sort as text. */
    private static String sorted(ResolvedPath path) {
        return path.type().kind() == Kind.INTEGER
                ? "{" + path.canonical() + ":"
                        + new KeyFormat.Padded(path.type().digits()).notation() + "}"
                : variable(path);
    }
}
