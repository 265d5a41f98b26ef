package dev.schemaproof.yaml;

import dev.schemaproof.model.Exclusion;
import dev.schemaproof.model.Index;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.SourceText;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one part of an index key: {@code created_at desc nulls last}, {@code lower(email) text_pattern_ops},
 * {@code title collate "C"}; in exclusion constraints with an operator: {@code during with &&}.
 */
final class IndexPartText {

    private static final Pattern PART =
            Pattern.compile("\\s*(.*?)(?:\\s+(?i:(asc|desc)))?(?:\\s+(?i:nulls\\s+(first|last)))?\\s*", Pattern.DOTALL);

    private static final Pattern WITH_OPERATOR_CLASS = Pattern.compile(
            "(.*?[\\p{L}\\p{N}_)\"])\\s+([\\p{L}_][\\p{L}\\p{N}_.]*_ops)\\s*(\\([^()]*\\))?", Pattern.DOTALL);

    private static final Pattern WITH_COLLATION = Pattern.compile(
            "(.*?[\\p{L}\\p{N}_)\"])\\s+(?i:collate)\\s+([\\p{L}_][\\p{L}\\p{N}_.-]*|\"(?:[^\"]|\"\")++\")",
            Pattern.DOTALL);

    private static final Pattern WITH_OPERATOR =
            Pattern.compile("(.*\\S)\\s+(?i:with)\\s+(?!\\S*(?:--|/\\*))([-+*/<>=~!@#%^&|`?]+)\\s*", Pattern.DOTALL);

    private static final Pattern ATTRIBUTE = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]*");

    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"]|\"\")++\"");

    private IndexPartText() {}

    static final Shape<Index.Part> PART_OF = Scalars.of(
            "an index key",
            Scalars.any(),
            (scalar, reading) -> part(scalar.source()).or(() -> {
                reading.report(
                        Flaw.MALFORMED_VALUE,
                        scalar.at(),
                        "`" + scalar.value().strip() + "` is no index key",
                        "write an attribute or an expression, then `asc` or `desc`, then `nulls first` or `nulls last`"
                                + " where it matters");
                return Optional.empty();
            }));

    static final Shape<Exclusion.Element> ELEMENT = Scalars.of(
            "an element of an exclusion constraint",
            Scalars.any(),
            (scalar, reading) -> element(scalar.source()).or(() -> {
                reading.report(
                        Flaw.MALFORMED_VALUE,
                        scalar.at(),
                        "`" + scalar.value().strip() + "` doesn't say how rows are compared",
                        "write an attribute or an expression, `with`, and an operator: `room_id with =`");
                return Optional.empty();
            }));

    private static Optional<Exclusion.Element> element(SourceText source) {
        var match = WITH_OPERATOR.matcher(source.value());
        return match.matches()
                ? part(source.part(match.start(1), match.end(1)))
                        .map(part -> new Exclusion.Element(part, located(source, match, 2)))
                : Optional.empty();
    }

    private static Optional<Index.Part> part(SourceText source) {
        var match = PART.matcher(source.value());
        if (!match.matches() || match.group(1).isBlank()) {
            return Optional.empty();
        }
        var text = source.part(match.start(1), match.end(1));
        Optional<Located<String>> operatorClass = Optional.empty();
        Optional<SourceText> classOptions = Optional.empty();
        var withClass = WITH_OPERATOR_CLASS.matcher(text.value());
        if (withClass.matches()) {
            operatorClass = Optional.of(located(text, withClass, 2));
            if (withClass.group(3) != null) {
                classOptions = Optional.of(text.part(withClass.start(3), withClass.end(3)));
            }
            text = text.part(0, withClass.end(1));
        }
        Optional<Located<String>> collation = Optional.empty();
        var withCollation = WITH_COLLATION.matcher(text.value());
        if (withCollation.matches()) {
            var name = located(text, withCollation, 2);
            collation = Optional.of(new Located<>(unquoted(name.value()), name.at()));
            text = text.part(0, withCollation.end(1));
        }
        return Optional.of(new Index.Part(
                text,
                !ATTRIBUTE.matcher(text.value()).matches(),
                "desc".equalsIgnoreCase(match.group(2)),
                Optional.ofNullable(match.group(3)).map("first"::equalsIgnoreCase),
                collation,
                operatorClass,
                classOptions));
    }

    /** The part, which is an attribute after all if it is called like one: such names may hold anything, as SQL quotes them or not. */
    static Index.Part amongst(Set<String> attributes, Index.Part part) {
        var text = part.text().value();
        var name = attributes.contains(text) || !QUOTED.matcher(text).matches() ? text : unquoted(text);
        return part.expression() && attributes.contains(name)
                ? new Index.Part(
                        name.equals(text)
                                ? part.text()
                                : SourceText.of(name, part.text().at()),
                        false,
                        part.descending(),
                        part.nullsFirst(),
                        part.collation(),
                        part.operatorClass(),
                        part.classOptions())
                : part;
    }

    private static Located<String> located(SourceText text, Matcher match, int group) {
        return new Located<>(match.group(group), text.locate(match.start(group), match.end(group)));
    }

    /** The name that is meant: quotes are SQL's, and the attribute's key {@code collation} has none either. */
    private static String unquoted(String name) {
        return name.startsWith("\"") ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
    }
}
