package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.type.TypedText;
import dev.schemaproof.analysis.type.TypedText.Role;
import dev.schemaproof.analysis.type.Volatility;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** An expression that has to give the same for the same row for ever, and doesn't. */
public final class MutableExpression implements Rule {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.typing().texts().stream()
                .filter(text -> text.role().isImmutable() && text.typed().volatility() == Volatility.MUTABLE)
                .flatMap(text -> text.typed().cause().stream().map(cause -> {
                    var words = text.text(cause);
                    return finding(
                                    text.locate(cause),
                                    text.reading().subject(),
                                    "`" + words + "` depends on the moment or on the session's settings, and "
                                            + text.role().words() + " must not")
                            .withHelp(help(text, words));
                }));
    }

    private static String help(TypedText text, String words) {
        return zoned(words)
                .or(() -> text.role() == Role.GENERATED
                        ? Optional.of("make it a `default`, which is computed once, when the row is inserted")
                        : Optional.empty())
                .orElse("use what depends on the row's values only; a query can still compare with `" + words + "`");
    }

    /** What a time zone or a configuration given by name makes immutable. */
    private static Optional<String> zoned(String words) {
        var lower = words.toLowerCase(Locale.ROOT);
        if (lower.startsWith("date_trunc(")) {
            return Optional.of("name the time zone: `date_trunc('day', at, 'UTC')`");
        } else if (lower.startsWith("to_tsvector(") || lower.startsWith("to_tsquery(")) {
            return Optional.of("name the configuration: `to_tsvector('english', ...)`");
        } else if (lower.endsWith("::date") || lower.endsWith("::timestamp")) {
            return Optional.of("name the time zone: `(" + words.substring(0, words.lastIndexOf("::"))
                    + " at time zone 'UTC')" + words.substring(words.lastIndexOf("::")) + "`");
        }
        return Optional.empty();
    }
}
