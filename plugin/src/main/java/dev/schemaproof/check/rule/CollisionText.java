package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.keyvalue.Collision;
import dev.schemaproof.analysis.keyvalue.Collision.Cause;
import dev.schemaproof.analysis.keyvalue.Collision.Cause.Kind;
import dev.schemaproof.analysis.keyvalue.ItemDesign;
import dev.schemaproof.analysis.keyvalue.KeyFormat;
import dev.schemaproof.analysis.keyvalue.KeyTemplate;
import dev.schemaproof.analysis.keyvalue.KeyTemplate.Part;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.KeyValueTable.KeyType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Says in the model's own names which rows of an entity have one key, and what would tell them apart. */
final class CollisionText {

    private final Collision.Within collision;
    private final ItemDesign item;
    private final KeyTemplate last;

    CollisionText(Collision.Within collision) {
        this.collision = collision;
        this.item = collision.item();
        var templates = item.key().templates();
        this.last = templates.get(templates.size() - 1);
    }

    /** The variable that loses something, else the template that lacks something. */
    Location at() {
        return collision.causes().stream()
                .filter(cause -> cause.kind() != Kind.KEPT)
                .map(cause -> cause.variable().at())
                .findFirst()
                .orElseGet(() -> last.source().at());
    }

    String summary() {
        var illegible = of(Kind.ILLEGIBLE);
        if (!illegible.isEmpty()) {
            var template = illegible.get(0).template();
            var names = illegible.stream()
                    .filter(cause -> cause.template().equals(template))
                    .map(cause -> "`" + cause.variable().path() + "`")
                    .distinct()
                    .collect(Collectors.joining(" and "));
            return "two rows of `" + item.name() + "` can have the same key, and one is lost: " + names
                    + " can't be told apart in `" + template + "`";
        }
        var same = new ArrayList<String>();
        for (var cause : collision.causes()) {
            var text = same(cause);
            if (!same.contains(text)) {
                same.add(text);
            }
        }
        return same.isEmpty()
                ? "all rows of `" + item.name() + "` have the same key, so that there can be only one"
                : "two rows of `" + item.name() + "` with " + listed(same) + " have the same key: one is lost";
    }

    private List<Cause> of(Kind kind) {
        return collision.causes().stream().filter(cause -> cause.kind() == kind).toList();
    }

    /** What two rows with one key have in common. */
    private static String same(Cause cause) {
        var name = "`" + cause.variable().path() + "`";
        var format = cause.variable().format();
        if (cause.kind() == Kind.KEPT) {
            return "the same " + name;
        }
        if (format instanceof KeyFormat.Dated dated) {
            return "the same " + dated.pattern().precision() + " of " + name;
        }
        if (format instanceof KeyFormat.Epoch) {
            return "the same second of " + name;
        }
        return format instanceof KeyFormat.Lower
                ? "the same " + name + " but for upper and lower case"
                : "the same shard of " + name;
    }

    private static String listed(List<String> parts) {
        var end = parts.size() - 1;
        return end == 0 ? parts.get(0) : String.join(", ", parts.subList(0, end)) + " and " + parts.get(end);
    }

    String help() {
        var lines = new ArrayList<String>();
        collision.example().ifPresent(twins -> {
            lines.add("both of these rows have the key " + key(twins.key()) + ":");
            lines.add("  " + row(twins.first()));
            lines.add("  " + row(twins.second()));
        });
        var illegible = of(Kind.ILLEGIBLE);
        if (illegible.isEmpty()) {
            lines.add(cure());
        } else {
            var name = illegible.get(0).variable().path().attribute().name();
            lines.add("say what `" + name + "` is made of, without what stands behind it in the key: `check: \"" + name
                    + " ~ '^[A-Za-z0-9_-]+$'\"`, or write a value of fixed width first");
        }
        return String.join("\n", lines);
    }

    /** The key as {@code PK `USER#alice`, SK `PROFILE`}. */
    static String key(Collision.Key key) {
        return key.parts().entrySet().stream()
                .map(part -> part.getKey() + " `" + part.getValue() + "`")
                .collect(Collectors.joining(", "));
    }

    private static String row(Map<String, String> row) {
        return row.entrySet().stream()
                .map(cell -> cell.getKey() + " = " + cell.getValue())
                .collect(Collectors.joining(", "));
    }

    private String cure() {
        if (last.attribute().type() != KeyType.STRING) {
            return "let the sort key be a string that holds the key of `" + item.name() + "` too";
        }
        var text = new StringBuilder();
        for (var part : last.parts()) {
            text.append(
                    part instanceof Part.Literal literal
                            ? literal.text().replace("{", "{{").replace("}", "}}")
                            : whole((Part.Variable) part));
        }
        for (var name : item.entity().keyNames()) {
            if (collision.causes().stream()
                    .noneMatch(cause ->
                            cause.variable().path().canonical().toString().equals(name))) {
                text.append("#{").append(name).append('}');
            }
        }
        return "put all of the key of `" + item.name() + "` into it: " + last.name() + ": \"" + text + "\"";
    }

    /** The variable without the format that loses something. */
    private static String whole(Part.Variable variable) {
        return variable.injective() || variable.format() instanceof KeyFormat.Shard
                ? variable.toString()
                : "{" + variable.path() + "}";
    }
}
