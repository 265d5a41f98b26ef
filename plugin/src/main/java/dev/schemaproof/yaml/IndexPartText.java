package dev.schemaproof.yaml;

import dev.schemaproof.model.Index;
import dev.schemaproof.model.Located;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads one part of an index key: {@code created_at desc nulls last}, {@code lower(email) text_pattern_ops}. */
final class IndexPartText {

    private static final Pattern PART =
            Pattern.compile("\\s*(.*?)(?:\\s+(?i:(asc|desc)))?(?:\\s+(?i:nulls\\s+(first|last)))?\\s*", Pattern.DOTALL);

    private static final Pattern WITH_OPERATOR_CLASS =
            Pattern.compile("(.*?[\\p{L}\\p{N}_)\"])\\s+([\\p{L}_][\\p{L}\\p{N}_.]*_ops)", Pattern.DOTALL);

    private static final Pattern ATTRIBUTE = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]*");

    private IndexPartText() {}

    static final Shape<Index.Part> PART_OF = Scalars.of("an index key", Scalars.any(), (scalar, reading) -> {
        var source = scalar.source();
        var match = PART.matcher(source.value());
        if (!match.matches() || match.group(1).isBlank()) {
            reading.report(
                    Flaw.MALFORMED_VALUE,
                    scalar.at(),
                    "`" + source.value().strip() + "` is no index key",
                    "write an attribute or an expression, then `asc` or `desc`, then `nulls first` or `nulls last` where it matters");
            return Optional.empty();
        }
        var begin = match.start(1);
        var end = match.end(1);
        Optional<Located<String>> operatorClass = Optional.empty();
        var withClass = WITH_OPERATOR_CLASS.matcher(match.group(1));
        if (withClass.matches()) {
            operatorClass = Optional.of(new Located<>(
                    withClass.group(2), source.locate(begin + withClass.start(2), begin + withClass.end(2))));
            end = begin + withClass.end(1);
        }
        var text = source.part(begin, end);
        return Optional.of(new Index.Part(
                text,
                !ATTRIBUTE.matcher(text.value()).matches(),
                "desc".equalsIgnoreCase(match.group(2)),
                Optional.ofNullable(match.group(3)).map("first"::equalsIgnoreCase),
                operatorClass));
    });
}
