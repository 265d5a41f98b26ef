package dev.schemaproof.generate.relational;

import dev.schemaproof.dialect.postgresql.PostgresDialect;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.SourceText;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Pieces of SQL that several scripts are made of. */
final class SqlText {

    static final PostgresDialect DIALECT = new PostgresDialect();

    private static final Pattern LINE_COMMENT_AT_END = Pattern.compile("--[^\\n\\r]*\\z");

    private static final String LITERAL = "'[^']*+(?:''[^']*+)*+'";

    /** What the grammar takes as a default without parentheses: one word, number, literal or call, perhaps cast. */
    private static final Pattern SIMPLE_DEFAULT = Pattern.compile("-?(?:" + LITERAL + "|[\\w.]++(?:\\([^()']*+(?:"
            + LITERAL + "[^()']*+)*+\\))?)" + "(?:::[\\w.]++(?:\\([\\d, ]*+\\))?(?:\\[\\])*+)?");

    private SqlText() {}

    /** An expression as the user wrote it; one that ends in a comment also ends the line, lest it swallow what follows. */
    static String verbatim(SourceText expression) {
        var text = expression.value().strip();
        return LINE_COMMENT_AT_END.matcher(text).find() ? text + "\n" : text;
    }

    /** An expression in parentheses. */
    static String enclosed(SourceText expression) {
        return "(" + verbatim(expression) + ")";
    }

    /** An expression after {@code DEFAULT}, where PostgreSQL wants some operators in parentheses. */
    static String defaultValue(SourceText expression) {
        var text = verbatim(expression);
        return SIMPLE_DEFAULT.matcher(text).matches() || isInParentheses(text) ? text : "(" + text + ")";
    }

    /** Whether the parenthesis at the beginning is closed by the last character. */
    private static boolean isInParentheses(String text) {
        var depth = 0;
        var quoted = false;
        for (var i = 0; i < text.length(); i++) {
            var character = text.charAt(i);
            if (character == '\'') {
                quoted = !quoted;
            } else if (!quoted && character == '(') {
                depth++;
            } else if (!quoted && character == ')') {
                depth--;
            }
            if (depth == 0) {
                return i > 0 && i == text.length() - 1;
            }
        }
        return false;
    }

    /** Words on one line of a comment. */
    static String remark(List<String> words) {
        return String.join(" ", DIALECT.commentLines(String.join(", ", words)));
    }

    static String table(Entity entity) {
        return DIALECT.identifier(entity.table().value());
    }

    /** The column of an attribute. */
    static String column(Entity entity, String attribute) {
        return DIALECT.identifier(
                entity.attribute(attribute).orElseThrow().column().value());
    }

    /** The columns of attributes, separated by commas. */
    static String columns(Entity entity, List<String> attributes) {
        return String.join(
                ", ", attributes.stream().map(name -> column(entity, name)).toList());
    }

    /** A name that none of those taken hides. */
    static String unlike(String wanted, Set<String> taken) {
        return Stream.iterate(wanted, name -> name + "_")
                .filter(name -> !taken.contains(name))
                .findFirst()
                .orElseThrow();
    }
}
