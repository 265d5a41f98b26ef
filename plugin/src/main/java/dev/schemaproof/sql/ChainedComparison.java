package dev.schemaproof.sql;

import dev.schemaproof.sql.SqlToken.Kind;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** {@code a < b < c}, which the library reads and PostgreSQL doesn't: its comparisons don't associate. */
final class ChainedComparison {

    private static final Set<String> COMPARISONS = Set.of("=", "<>", "!=", "<", ">", "<=", ">=");
    private static final Set<String> CONSTANTS = Set.of("true", "false", "null");

    private ChainedComparison() {}

    /** The first comparison of a comparison; none in a text that sets columns, where {@code a = b = c} compares once. */
    static Optional<SqlProblem> in(SqlText text) {
        var sql = text.sql();
        if (text.tokens().stream().anyMatch(token -> token.is(sql, "set"))) {
            return Optional.empty();
        }
        // Whether something is compared already, for each open bracket
        var compared = new ArrayDeque<>(List.of(false));
        for (var token : text.tokens()) {
            if (opens(token, sql)) {
                compared.push(false);
            } else if (closes(token, sql) && compared.size() > 1) {
                compared.pop();
            } else if (token.is(Kind.OPERATOR) && COMPARISONS.contains(token.text(sql))) {
                if (compared.pop()) {
                    return Optional.of(text.problem(
                            token.span(),
                            "`" + token.text(sql) + "` compares a comparison",
                            "put one of them in parentheses, or join them by `and`"));
                }
                compared.push(true);
            } else if (separates(token, sql)) {
                compared.pop();
                compared.push(false);
            }
        }
        return Optional.empty();
    }

    private static boolean opens(SqlToken token, String sql) {
        return token.is(sql, "(") || token.is(sql, "[") || token.is(sql, "case");
    }

    private static boolean closes(SqlToken token, String sql) {
        return token.is(sql, ")") || token.is(sql, "]") || token.is(sql, "end");
    }

    private static boolean separates(SqlToken token, String sql) {
        var word = token.text(sql).toLowerCase(Locale.ROOT);
        return token.is(sql, ",")
                || token.is(Kind.WORD) && SqlVocabulary.CONNECTING_WORDS.contains(word) && !CONSTANTS.contains(word);
    }
}
