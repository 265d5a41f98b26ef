package dev.schemaproof.sql;

import dev.schemaproof.sql.SqlToken.Kind;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * A statement as PostgreSQL's own protocol takes it: {@code $1} to {@code $n} where the model has named parameters.
 *
 * @param sql the statement, without the semicolons at its end
 * @param parameterNames the names in the order of their positions, each once
 */
public record PositionalSql(String sql, List<String> parameterNames) {

    public PositionalSql {
        parameterNames = List.copyOf(parameterNames);
    }

    /**
     * Rewrites a statement. Text in literals, quoted names and comments stays as it is, as do {@code ::casts} and the
     * colons of array slices. Any text is accepted.
     */
    public static PositionalSql of(String sql) {
        var positions = new LinkedHashMap<String, Integer>();
        var text = new StringBuilder(sql.length());
        var copied = 0;
        var end = 0;
        for (var token : SqlLexer.tokens(sql)) {
            if (token.is(Kind.PARAMETER)) {
                var name = sql.substring(token.begin() + 1, token.end());
                var position = positions.computeIfAbsent(name, key -> positions.size() + 1);
                text.append(sql, copied, token.begin());
                if (token.begin() > 0 && Character.isLetterOrDigit(sql.charAt(token.begin() - 1))) {
                    // In "in:ids" the dollar sign would become a part of the word
                    text.append(' ');
                }
                text.append('$').append(position);
                copied = token.end();
            }
            if (!(token.is(Kind.COMMENT) && token.complete()) && !token.is(sql, ";")) {
                end = text.length() + token.end() - copied;
            }
        }
        text.append(sql, copied, sql.length());
        text.setLength(end);
        return new PositionalSql(text.toString(), List.copyOf(positions.keySet()));
    }
}
