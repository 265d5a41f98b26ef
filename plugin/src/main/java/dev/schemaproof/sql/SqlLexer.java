package dev.schemaproof.sql;

import dev.schemaproof.sql.SqlToken.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts SQL into words by PostgreSQL's rules (manual, chapter "Lexical Structure"), with {@code :name} as parameters. It
 * accepts any text.
 */
final class SqlLexer {

    private static final String OPERATOR_CHARACTERS = "+-*/<>=~!@#%^&|`?";
    /** Only an operator with one of these may end in {@code +} or {@code -}. */
    private static final String SPECIAL_OPERATOR_CHARACTERS = "~!@#%^&|`?";

    private final String sql;
    private final List<SqlToken> tokens = new ArrayList<>();
    private final Deque<Character> open = new ArrayDeque<>();
    private @Nullable SqlToken last;
    private int at;

    private SqlLexer(String sql) {
        this.sql = sql;
    }

    /** All tokens including comments, in order; what lies between them is white space. */
    static List<SqlToken> tokens(String sql) {
        return new SqlLexer(sql).run();
    }

    private List<SqlToken> run() {
        while (at < sql.length()) {
            var c = sql.charAt(at);
            if (isSpace(c)) {
                at++;
            } else if (sql.startsWith("--", at)) {
                add(Kind.COMMENT, endOfLine(at), true);
            } else if (sql.startsWith("/*", at)) {
                blockComment();
            } else if (c == '\'') {
                string(at, false);
            } else if (c == '"') {
                quoted(at);
            } else if (c == '$') {
                dollar();
            } else if (isDigit(c) || c == '.' && isDigit(peek(1))) {
                number();
            } else if (isNameStart(c)) {
                word();
            } else if (c == ':') {
                colon();
            } else if (OPERATOR_CHARACTERS.indexOf(c) >= 0) {
                operator();
            } else {
                punctuation(c);
            }
        }
        return tokens;
    }

    private char peek(int ahead) {
        return at + ahead < sql.length() ? sql.charAt(at + ahead) : '\0';
    }

    private void add(Kind kind, int end, boolean complete) {
        var token = new SqlToken(kind, at, end, complete);
        tokens.add(token);
        if (kind != Kind.COMMENT) {
            last = token;
        }
        at = end;
    }

    private int endOfLine(int from) {
        var end = from;
        while (end < sql.length() && sql.charAt(end) != '\n' && sql.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    /** Unlike those of Java, SQL's block comments nest. */
    private void blockComment() {
        var depth = 0;
        var i = at;
        do {
            if (sql.startsWith("/*", i)) {
                depth++;
                i += 2;
            } else if (sql.startsWith("*/", i)) {
                depth--;
                i += 2;
            } else {
                i++;
            }
        } while (depth > 0 && i < sql.length());
        add(Kind.COMMENT, Math.min(i, sql.length()), depth == 0);
    }

    /** A literal whose opening quote stands at {@code quote}, and the literals on later lines that continue it. */
    private void string(int quote, boolean backslashEscapes) {
        var end = endOfQuoted(quote, '\'', backslashEscapes);
        while (end > 0) {
            var next = continuation(end);
            if (next < 0) {
                add(Kind.STRING, end, true);
                return;
            }
            end = endOfQuoted(next, '\'', backslashEscapes);
        }
        add(Kind.STRING, sql.length(), false);
    }

    /** Where a quote continues the literal that ended before {@code from}: behind white space that breaks the line; else -1. */
    private int continuation(int from) {
        var i = from;
        var newLine = false;
        while (i < sql.length()) {
            var c = sql.charAt(i);
            if (isSpace(c)) {
                newLine |= c == '\n' || c == '\r';
                i++;
            } else if (sql.startsWith("--", i)) {
                i = endOfLine(i);
            } else {
                return newLine && c == '\'' ? i : -1;
            }
        }
        return -1;
    }

    /** The index after the closing quote; 0 when there is none. */
    private int endOfQuoted(int quoteAt, char quote, boolean backslashEscapes) {
        for (var i = quoteAt + 1; i < sql.length(); i++) {
            var c = sql.charAt(i);
            if (c == '\\' && backslashEscapes) {
                i++;
            } else if (c == quote) {
                if (i + 1 >= sql.length() || sql.charAt(i + 1) != quote) {
                    return i + 1;
                }
                i++;
            }
        }
        return 0;
    }

    private void quoted(int quote) {
        var end = endOfQuoted(quote, '"', false);
        add(Kind.QUOTED_NAME, end == 0 ? sql.length() : end, end > 0);
    }

    private void dollar() {
        if (isDigit(peek(1))) {
            var end = at + 1;
            while (end < sql.length() && isDigit(sql.charAt(end))) {
                end++;
            }
            add(Kind.POSITION, end, true);
            return;
        }
        var tagEnd = at + 1;
        if (isNameStart(peek(1))) {
            while (tagEnd < sql.length() && isNamePart(sql.charAt(tagEnd)) && sql.charAt(tagEnd) != '$') {
                tagEnd++;
            }
        }
        if (tagEnd >= sql.length() || sql.charAt(tagEnd) != '$') {
            add(Kind.OPERATOR, at + 1, true);
            return;
        }
        var tag = sql.substring(at, tagEnd + 1);
        var close = sql.indexOf(tag, tagEnd + 1);
        add(Kind.STRING, close < 0 ? sql.length() : close + tag.length(), close >= 0);
    }

    private void number() {
        var end = at;
        if (sql.charAt(at) == '0' && "xXoObB".indexOf(peek(1)) >= 0) {
            end += 2;
            while (end < sql.length() && (Character.digit(sql.charAt(end), 16) >= 0 || sql.charAt(end) == '_')) {
                end++;
            }
            add(Kind.NUMBER, end, true);
            return;
        }
        end = digits(end);
        if (end < sql.length() && sql.charAt(end) == '.' && !sql.startsWith("..", end)) {
            end = digits(end + 1);
        }
        if (end < sql.length() && (sql.charAt(end) == 'e' || sql.charAt(end) == 'E')) {
            var exponent = end + 1;
            if (exponent < sql.length() && "+-".indexOf(sql.charAt(exponent)) >= 0) {
                exponent++;
            }
            if (exponent < sql.length() && isDigit(sql.charAt(exponent))) {
                end = digits(exponent);
            }
        }
        add(Kind.NUMBER, end, true);
    }

    private int digits(int from) {
        var end = from;
        while (end < sql.length() && (isDigit(sql.charAt(end)) || sql.charAt(end) == '_')) {
            end++;
        }
        return end;
    }

    private void word() {
        var end = nameEnd(at);
        if (end - at == 1 && end < sql.length() && sql.charAt(end) == '\'' && "eEbBxXnN".indexOf(sql.charAt(at)) >= 0) {
            string(end, "eE".indexOf(sql.charAt(at)) >= 0);
        } else if (end - at == 1 && "uU".indexOf(sql.charAt(at)) >= 0 && sql.startsWith("&'", end)) {
            string(end + 1, false);
        } else if (end - at == 1 && "uU".indexOf(sql.charAt(at)) >= 0 && sql.startsWith("&\"", end)) {
            quoted(end + 1);
        } else {
            add(Kind.WORD, end, true);
        }
    }

    private int nameEnd(int from) {
        var end = from;
        while (end < sql.length() && isNamePart(sql.charAt(end))) {
            end++;
        }
        return end;
    }

    private void colon() {
        if (peek(1) == ':' || peek(1) == '=') {
            add(Kind.PUNCTUATION, at + 2, true);
        } else if (isNameStart(peek(1)) && !isSlice()) {
            var end = at + 1;
            // A dollar sign belongs to SQL names, but hardly to the name of a parameter
            while (end < sql.length() && isNamePart(sql.charAt(end)) && sql.charAt(end) != '$') {
                end++;
            }
            add(Kind.PARAMETER, end, true);
        } else {
            add(Kind.PUNCTUATION, at + 1, true);
        }
    }

    /** In {@code tags[1:n]} the colon belongs to the subscript. */
    private boolean isSlice() {
        if (open.isEmpty() || open.peek() != '[' || last == null) {
            return false;
        }
        var closing = last.is(Kind.PUNCTUATION) && ")]".indexOf(sql.charAt(last.begin())) >= 0;
        return closing || !last.is(Kind.PUNCTUATION) && !last.is(Kind.OPERATOR);
    }

    private void operator() {
        var end = at;
        while (end < sql.length()
                && OPERATOR_CHARACTERS.indexOf(sql.charAt(end)) >= 0
                && !sql.startsWith("--", end)
                && !sql.startsWith("/*", end)) {
            end++;
        }
        while (end - at > 1 && "+-".indexOf(sql.charAt(end - 1)) >= 0 && !hasSpecial(end)) {
            end--;
        }
        add(Kind.OPERATOR, end, true);
    }

    private boolean hasSpecial(int end) {
        for (var i = at; i < end; i++) {
            if (SPECIAL_OPERATOR_CHARACTERS.indexOf(sql.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    private void punctuation(char c) {
        if (c == '(' || c == '[') {
            open.push(c);
        } else if ((c == ')' || c == ']') && !open.isEmpty()) {
            open.pop();
        }
        add(Kind.PUNCTUATION, at + (sql.startsWith("..", at) ? 2 : 1), true);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == 0x0B;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** PostgreSQL takes every character beyond ASCII for a letter. */
    private static boolean isNameStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80;
    }

    private static boolean isNamePart(char c) {
        return isNameStart(c) || isDigit(c) || c == '$';
    }
}
