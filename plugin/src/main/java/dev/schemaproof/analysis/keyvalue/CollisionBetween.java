package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.analysis.keyvalue.KeyTemplate.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether items of two entities can have one key: whether the templates of every key attribute share a text.
 *
 * <p>A value that stands in both templates of a key ties them together, which no regular language can say. There a key is looked
 * for that fits; if none is found, the verdict is open.
 */
final class CollisionBetween {

    private final ItemDesign first;
    private final ItemDesign second;

    private CollisionBetween(ItemDesign first, ItemDesign second) {
        this.first = first;
        this.second = second;
    }

    static Optional<Collision.Between> find(ItemDesign first, ItemDesign second) {
        return new CollisionBetween(first, second).find();
    }

    private Optional<Collision.Between> find() {
        var shared = new ArrayList<Optional<String>>();
        // Sort keys are looked at first: they differ where partitions are shared on purpose
        for (var i = templates(first).size() - 1; i >= 0; i--) {
            var meeting = templates(first)
                    .get(i)
                    .texts()
                    .meet(templates(second).get(i).texts());
            if (meeting instanceof Meeting.Never) {
                return Optional.empty();
            }
            shared.add(0, meeting instanceof Meeting.At at ? Optional.of(at.text()) : Optional.empty());
        }
        var example = believable(first)
                .or(() -> believable(second))
                .or(() -> all(shared).filter(this::consistent))
                .or(() -> tied(0))
                .or(() -> tied(1));
        return Optional.of(new Collision.Between(first, second, example.map(this::key)));
    }

    private static List<KeyTemplate> templates(ItemDesign item) {
        return item.key().templates();
    }

    private static Optional<List<String>> all(List<Optional<String>> texts) {
        return texts.stream().allMatch(Optional::isPresent)
                ? Optional.of(texts.stream().flatMap(Optional::stream).toList())
                : Optional.empty();
    }

    private Collision.Key key(List<String> texts) {
        var parts = new LinkedHashMap<String, String>();
        for (var i = 0; i < texts.size(); i++) {
            parts.put(templates(first).get(i).name(), texts.get(i));
        }
        return new Collision.Key(parts);
    }

    /** The key of a sample row, if the other item can have it too. */
    private Optional<List<String>> believable(ItemDesign item) {
        var texts = new ArrayList<Optional<String>>();
        for (var template : templates(item)) {
            var values = new HashMap<AttributePath, String>();
            template.variables()
                    .forEach(variable -> values.put(
                            variable.path().canonical(),
                            Samples.two(variable.path()).get(0)));
            texts.add(template.write(path -> Optional.ofNullable(values.get(path))));
        }
        return all(texts).filter(this::consistent);
    }

    /** Whether both items can have the key, with one value for each variable. */
    private boolean consistent(List<String> texts) {
        return consistent(first, texts) && consistent(second, texts);
    }

    private static boolean consistent(ItemDesign item, List<String> texts) {
        var values = new HashMap<String, String>();
        for (var i = 0; i < texts.size(); i++) {
            var text = Texts.of(List.of(Shape.literal(texts.get(i))));
            var template = templates(item).get(i);
            if (!(text.meet(template.texts()) instanceof Meeting.At at)
                    || !agree(values, written(template, at.right()))) {
                return false;
            }
        }
        return true;
    }

    private static boolean agree(Map<String, String> values, Map<String, String> more) {
        return more.entrySet().stream()
                .allMatch(entry ->
                        Objects.equals(values.merge(entry.getKey(), entry.getValue(), (a, b) -> a), entry.getValue()));
    }

    /** What each variable of the template has written, by path and format. */
    private static Map<String, String> written(KeyTemplate template, List<String> segments) {
        var values = new HashMap<String, String>();
        for (var i = 0; i < segments.size(); i++) {
            if (template.parts().get(i) instanceof Part.Variable variable) {
                values.putIfAbsent(name(variable), segments.get(i));
            }
        }
        return values;
    }

    private static String name(Part.Variable variable) {
        return variable.path().canonical() + ":" + variable.format().notation();
    }

    /** A key in which the values of one key attribute, chosen first, are kept in the other. */
    private Optional<List<String>> tied(int chosen) {
        var templates = templates(first);
        if (templates.size() < 2
                || !(templates
                                .get(chosen)
                                .texts()
                                .meet(templates(second).get(chosen).texts())
                        instanceof Meeting.At at)) {
            return Optional.empty();
        }
        var other = 1 - chosen;
        var left = tied(templates.get(other), written(templates.get(chosen), at.left()));
        var right = tied(templates(second).get(other), written(templates(second).get(chosen), at.right()));
        if (!(left.meet(right) instanceof Meeting.At found)) {
            return Optional.empty();
        }
        var texts = chosen == 0 ? List.of(at.text(), found.text()) : List.of(found.text(), at.text());
        return consistent(texts) ? Optional.of(texts) : Optional.empty();
    }

    private static Texts tied(KeyTemplate template, Map<String, String> values) {
        var shapes = new ArrayList<Shape>();
        for (var part : template.parts()) {
            var value = part instanceof Part.Variable variable ? values.get(name(variable)) : null;
            shapes.add(value == null ? part.shape() : Shape.literal(value));
        }
        return Texts.of(shapes);
    }
}
