package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.analysis.keyvalue.KeyTemplate.Part;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.KeyValueTable.KeyAttribute;
import dev.schemaproof.model.KeyValueTable.KeyType;
import dev.schemaproof.model.SourceText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one key template of an item. */
final class TemplateReader {

    private final Paths paths;
    private final Entity entity;
    private final SourceText source;
    private final KeyAttribute attribute;
    private final Use use;
    private final List<TemplateProblem> problems;
    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private boolean sound = true;

    /** What a template is for. */
    enum Use {
        TABLE_PARTITION(2048),
        TABLE_SORT(1024),
        INDEX_PARTITION(2048),
        INDEX_SORT(1024);

        /** DynamoDB's limit on the key's value. */
        private final int mostBytes;

        Use(int mostBytes) {
            this.mostBytes = mostBytes;
        }

        boolean ofTable() {
            return this == TABLE_PARTITION || this == TABLE_SORT;
        }
    }

    private TemplateReader(
            Paths paths,
            Entity entity,
            SourceText source,
            KeyAttribute attribute,
            Use use,
            List<TemplateProblem> problems) {
        this.paths = paths;
        this.entity = entity;
        this.source = source;
        this.attribute = attribute;
        this.use = use;
        this.problems = problems;
    }

    /** Reads a template, and adds what is wrong with it to the problems; nothing if it is no template. */
    static Optional<KeyTemplate> read(
            Paths paths,
            Entity entity,
            SourceText source,
            KeyAttribute attribute,
            Use use,
            List<TemplateProblem> problems) {
        return new TemplateReader(paths, entity, source, attribute, use, problems).read();
    }

    private Optional<KeyTemplate> read() {
        var text = source.value();
        var i = 0;
        while (i < text.length()) {
            var c = text.charAt(i);
            if ((c == '{' || c == '}') && i + 1 < text.length() && text.charAt(i + 1) == c) {
                literal.append(c);
                i += 2;
            } else if (c == '}') {
                problem(i, i + 1, "`}` closes no variable", "write `}}` for a brace that belongs to the key");
                i++;
            } else if (c == '{') {
                var end = text.indexOf('}', i);
                if (end < 0) {
                    problem(
                            i,
                            text.length(),
                            "`" + text.substring(i) + "` has no closing brace",
                            "write `" + text.substring(i) + "}`, or `{{` for a brace that belongs to the key");
                    break;
                }
                variable(i, end + 1);
                i = end + 1;
            } else {
                literal.append(c);
                i++;
            }
        }
        endLiteral();
        if (sound) {
            judgeWhole();
        }
        return sound ? Optional.of(new KeyTemplate(source, attribute, parts)) : Optional.empty();
    }

    private void endLiteral() {
        if (!literal.isEmpty()) {
            parts.add(new Part.Literal(literal.toString()));
            literal.setLength(0);
        }
    }

    private void variable(int begin, int end) {
        endLiteral();
        var inside = source.value().substring(begin + 1, end - 1);
        var colon = inside.indexOf(':');
        var written = colon < 0 ? inside : inside.substring(0, colon);
        var name = written.strip();
        var nameBegin = begin + 1 + written.length() - written.stripLeading().length();
        if (name.isEmpty()) {
            problem(begin, end, "the braces name no attribute", "name one, or write `{{` for a brace of the key");
            return;
        }
        var outcome = paths.follow(entity, name);
        if (outcome instanceof Paths.Outcome.Lost lost) {
            var at = nameBegin + lost.begin();
            problem(
                    at,
                    at + lost.name().length(),
                    "`" + lost.owner().name() + "` has no " + lost.kind() + " `" + lost.name() + "`",
                    lost.nearest()
                            .map(nearest -> "did you mean `" + nearest + "`?")
                            .orElseGet(() -> known(lost)));
            return;
        }
        if (!(outcome instanceof Paths.Outcome.Found found)) {
            sound = false;
            return;
        }
        format(end, colon < 0 ? Optional.empty() : Optional.of(inside.substring(colon + 1)))
                .ifPresent(format -> add(found.path(), format, source.locate(begin, end)));
    }

    private static String known(Paths.Outcome.Lost lost) {
        var names = lost.kind().equals("reference")
                ? lost.owner().references().keySet()
                : lost.owner().attributes().keySet();
        return names.isEmpty()
                ? "`" + lost.owner().name() + "` has none"
                : "it has `" + String.join("`, `", names) + "`";
    }

    private Optional<KeyFormat> format(int end, Optional<String> notation) {
        if (notation.isEmpty()) {
            return Optional.of(new KeyFormat.Plain());
        }
        var text = notation.get();
        var format = KeyFormat.read(text);
        if (format.isEmpty()) {
            problem(
                    end - 1 - text.length(),
                    end - 1,
                    "`" + text + "` is no format",
                    "formats are `iso`, `epoch`, `lower`, `%012d`, `shard(10)` (2 to 1000 shards) and date patterns such as"
                            + " `yyyy-MM-dd` of `yyyy`, `MM`, `dd`, `HH`, `mm`, `ss` and `SSSSSS`");
        }
        return format;
    }

    private void add(ResolvedPath path, KeyFormat format, Location at) {
        var type = path.type();
        if (type.kind() == ValueType.Kind.UNKNOWN) {
            // Its type has been reported; a key of it can't be judged
            sound = false;
            return;
        }
        if (use.ofTable() && path.optional()) {
            report(
                    at,
                    "`" + path + "` may be absent, and an item without it would have no key",
                    "make `" + path.attribute().name() + "` required, or leave it out of the table's key");
            return;
        }
        if (attribute.type() == KeyType.STRING && !format.fits(type)) {
            report(
                    at,
                    format.notation().isEmpty()
                            ? "`" + path + "` is of type `" + type.declared() + "`, which has no text for a key"
                            : "the format `" + format.notation() + "` doesn't fit `" + path + "`, which is of type `"
                                    + type.declared() + "`",
                    fitting(type));
            return;
        }
        parts.add(new Part.Variable(path, format, at));
    }

    private static String fitting(ValueType type) {
        return switch (type.kind()) {
            case DATE, TIMESTAMP ->
                "a `" + type.declared() + "` takes `iso`, `epoch`, `shard(10)` or a pattern such as `yyyy-MM-dd`";
            case TIME -> "a `time` takes `shard(10)` or a pattern such as `HH:mm`";
            case INTEGER -> "a `" + type.declared() + "` takes `%012d` or `shard(10)`";
            case TEXT, ENUMERATION, UUID -> "a `" + type.declared() + "` takes `lower` or `shard(10)`";
            case DECIMAL, FLOAT, BOOLEAN, INET -> "a `" + type.declared() + "` takes `shard(10)`, or no format";
            case BYTES -> "a key attribute of `type: binary` takes it, alone";
            case OTHER, UNKNOWN -> "take another attribute";
        };
    }

    private void judgeWhole() {
        if (parts.isEmpty()) {
            report(source.at(), "a key can't be empty", "write a text, or a variable such as `{id}`");
            return;
        }
        if (attribute.type() != KeyType.STRING) {
            judgeNative();
            return;
        }
        var bytes = parts.stream()
                .mapToInt(part ->
                        part instanceof Part.Literal fixed ? fixed.text().getBytes(StandardCharsets.UTF_8).length : 1)
                .sum();
        if (bytes > use.mostBytes) {
            report(
                    source.at(),
                    "every key of this template has more than " + use.mostBytes + " bytes, which DynamoDB refuses",
                    "shorten it");
        }
    }

    /** A number or bytes are stored as they are: there is nothing to put around them. */
    private void judgeNative() {
        var number = attribute.type() == KeyType.NUMBER;
        var fits = parts.size() == 1
                && parts.get(0) instanceof Part.Variable variable
                && (number ? numeric(variable) : bytes(variable));
        if (!fits) {
            report(
                    source.at(),
                    "`" + attribute.name() + "` is a " + (number ? "number" : "binary") + " key, and `" + source.value()
                            + "` gives a text",
                    number
                            ? "write one variable that is a number, such as `{seq}` or `{created_at:epoch}`, or drop `type: number`"
                            : "write one variable of type `bytes`, or drop `type: binary`");
        }
    }

    private static boolean numeric(Part.Variable variable) {
        return variable.format() instanceof KeyFormat.Epoch epoch
                        && epoch.fits(variable.path().type())
                || variable.format() instanceof KeyFormat.Plain
                        && variable.path().type().kind().numeric();
    }

    private static boolean bytes(Part.Variable variable) {
        return variable.format() instanceof KeyFormat.Plain
                && variable.path().type().kind() == ValueType.Kind.BYTES;
    }

    private void problem(int begin, int end, String summary, String help) {
        report(source.locate(begin, end), summary, help);
    }

    private void report(Location at, String summary, String help) {
        sound = false;
        problems.add(new TemplateProblem(at, entity.name().value(), summary, Optional.of(help)));
    }
}
