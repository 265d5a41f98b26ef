package dev.schemaproof.sql;

import dev.schemaproof.sql.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;

/** A text of several statements, which semicolons divide. */
public final class SqlScript {

    private SqlScript() {}

    /**
     * A statement of a script.
     *
     * @param before the comments before it
     * @param sql from its first word to its last
     * @param line where it begins, from 1
     */
    public record Statement(String before, String sql, int line) {}

    /** The statements in their order. Any text is accepted. */
    public static List<Statement> statements(String script) {
        var statements = new ArrayList<Statement>();
        var behind = 0;
        var begin = -1;
        var end = 0;
        var line = 1;
        var counted = 0;
        for (var token : SqlLexer.tokens(script)) {
            if (token.is(script, ";")) {
                if (begin >= 0) {
                    statements.add(new Statement(script.substring(behind, begin), script.substring(begin, end), line));
                }
                behind = token.end();
                begin = -1;
            } else if (!token.is(Kind.COMMENT)) {
                if (begin < 0) {
                    begin = token.begin();
                    line += (int) script.substring(counted, begin)
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
                    counted = begin;
                }
                end = token.end();
            }
        }
        if (begin >= 0) {
            statements.add(new Statement(script.substring(behind, begin), script.substring(begin, end), line));
        }
        return statements;
    }
}
