package dev.schemaproof.published;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the catalog says of its objects in words. */
final class Comments {

    /** An object as PostgreSQL identifies it: its kind in words, and its name with the SQL schema. */
    private static final Pattern OBJECT =
            Pattern.compile("(table column|table constraint|[a-z]+) (?:(.+) on )?(.+)", Pattern.DOTALL);

    private final Map<List<String>, String> texts = new HashMap<>();

    Comments(Stream<Fact> facts) {
        facts.forEach(fact -> {
            var object = OBJECT.matcher(fact.name());
            if (!object.matches()) {
                throw new IllegalArgumentException(fact.name());
            }
            var names = new ArrayList<>(SqlPieces.names(object.group(3)));
            if (object.group(2) != null) {
                names.add(SqlPieces.unquoted(object.group(2)));
            }
            texts.put(
                    key(object.group(1), names),
                    fact.said().get(0).replace("\\n", "\n").replace("\\\\", "\\"));
        });
    }

    /** Adds the description of an object to what is said of it. */
    void describe(String kind, List<String> name, Map<String, Object> said) {
        var text = texts.get(key(kind, name));
        if (text != null) {
            said.put("description", text);
        }
    }

    private static List<String> key(String kind, List<String> name) {
        var key = new ArrayList<>(List.of(kind));
        key.addAll(name);
        key.removeIf("public"::equals);
        return key;
    }
}
