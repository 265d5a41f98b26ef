package dev.schemaproof.cure;

import dev.schemaproof.Models;
import dev.schemaproof.model.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * Does what the help of a finding says, and knows nothing but its text: pastes the YAML into the model, removes what has to
 * be removed, and changes the patterns.
 */
final class Pasted {

    private static final Pattern YAML = Pattern.compile("^entities:\n(?: .*\n)+", Pattern.MULTILINE);
    private static final Pattern REMOVE = Pattern.compile("^and remove from `(.*)`: (.*)$", Pattern.MULTILINE);
    private static final Pattern WHOLE = Pattern.compile("all of `(\\w+)`");
    private static final Pattern ELEMENTS = Pattern.compile("(?s)(\\w+) `(.*)`");
    private static final Pattern READ = Pattern.compile("^in `([^`]+)` read (.*)$", Pattern.MULTILINE);
    private static final Pattern INSTEAD = Pattern.compile("`([^`]+)` for `([^`]+)`");
    private static final Pattern WRITE = Pattern.compile("^`([^`]+)` writes ([^:]*): that goes to", Pattern.MULTILINE);

    private static final Map<String, String> KEYS = Map.of(
            "attribute", "attributes",
            "reference", "references",
            "check", "checks",
            "exclusion", "exclusions",
            "index", "indexes");

    private Pasted() {}

    /** Whether the help shows how, rather than where that is shown. */
    static boolean showsHow(String help) {
        return YAML.matcher(help).find();
    }

    /** The model as it is afterwards. */
    static String into(String yaml, String help) {
        var model = tree(yaml);
        var entities = map(model.get("entities"));
        var pasted = YAML.matcher(help);
        if (!pasted.find()) {
            throw new AssertionError("nothing to paste in: " + help);
        }
        var added = map(tree(pasted.group()).get("entities"));
        // First away, then in: what is changed may bear the name of what goes
        var removed = REMOVE.matcher(help);
        if (!removed.find()) {
            throw new AssertionError("nothing to remove in: " + help);
        }
        remove(map(entities.get(removed.group(1))), removed.group(2));
        added.forEach((name, entity) -> entities.merge(name, entity, (before, more) -> merged(map(before), map(more))));
        patterns(map(model.getOrDefault("accessPatterns", new LinkedHashMap<>())), help);
        return text(model);
    }

    /** What an entity or an element gets: maps are completed, everything else is as it is pasted. */
    private static Map<String, Object> merged(Map<String, Object> before, Map<String, Object> more) {
        more.forEach((key, value) -> {
            if (value instanceof Map && before.get(key) instanceof Map) {
                map(before.get(key)).putAll(map(value));
            } else {
                before.put(key, value);
            }
        });
        return before;
    }

    private static void remove(Map<String, Object> entity, String what) {
        for (var part : what.split("; (?=\\w+ `|all of `)")) {
            var whole = WHOLE.matcher(part);
            var elements = ELEMENTS.matcher(part);
            if (whole.matches()) {
                if (entity.remove(whole.group(1)) == null) {
                    throw new AssertionError("nothing of " + part);
                }
            } else if (elements.matches()) {
                var word = elements.group(1);
                var key = KEYS.entrySet().stream()
                        .filter(known ->
                                known.getKey().equals(word) || known.getValue().equals(word))
                        .findFirst()
                        .orElseThrow()
                        .getValue();
                for (var name : elements.group(2).split("`, `")) {
                    if (map(entity.get(key)).remove(name) == null) {
                        throw new AssertionError("no " + word + " " + name);
                    }
                }
            } else {
                throw new AssertionError("what is " + part);
            }
        }
    }

    private static void patterns(Map<String, Object> patterns, String help) {
        READ.matcher(help).results().forEach(line -> {
            var pattern = map(patterns.get(line.group(1)));
            INSTEAD.matcher(line.group(2))
                    .results()
                    .forEach(path -> List.of("select", "where", "orderBy")
                            .forEach(key -> pattern.computeIfPresent(
                                    key, (same, names) -> renamed(names, path.group(2), path.group(1)))));
        });
        WRITE.matcher(help).results().forEach(line -> {
            var pattern = map(patterns.get(line.group(1)));
            pattern.computeIfPresent(
                    "set",
                    (key, names) -> ((List<?>) names)
                            .stream()
                                    .filter(name -> !line.group(2).contains("`" + name + "`"))
                                    .toList());
        });
    }

    private static Object renamed(Object names, String from, String to) {
        return ((List<?>) names)
                .stream()
                        .map(name -> String.valueOf(name)
                                .replaceAll("^" + Pattern.quote(from) + "(?=\\s|$)", Matcher.quoteReplacement(to)))
                        .collect(Collectors.toCollection(ArrayList::new));
    }

    /** The help that belongs to a finding whose help names the one that shows how. */
    static String leader(String help) {
        var named = Pattern.compile("goes along with `(.*)`, where the help says how")
                .matcher(help);
        if (!named.find()) {
            throw new AssertionError("no word on how: " + help);
        }
        return named.group(1);
    }

    static Model read(String yaml) {
        return Models.read(yaml);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    private static Map<String, Object> tree(String yaml) {
        return map(yaml().load(yaml));
    }

    private static String text(Map<String, Object> tree) {
        return yaml().dump(tree);
    }

    /** All scalars are texts, as the language has it. */
    private static Yaml yaml() {
        var options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(Integer.MAX_VALUE);
        options.setSplitLines(false);
        return new Yaml(
                new SafeConstructor(new LoaderOptions()),
                new Representer(options),
                options,
                new LoaderOptions(),
                new Resolver() {
                    @Override
                    protected void addImplicitResolvers() {
                        // None: a number is a text too
                    }
                });
    }
}
