package dev.schemaproof.published;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Makes indexes of what PostgreSQL prints of them. */
final class IndexWriter {

    private static final Pattern METHOD = Pattern.compile("USING (\\w+) ");

    /** What may follow a column or an expression in an index. */
    private static final Pattern PART = Pattern.compile(
            "(.*?)( COLLATE (?:\"[^\"]+\"|[\\w.]+))?( \\w+_ops(?:\\(.*\\))?)?( DESC)?( NULLS (?:FIRST|LAST))?");

    private static final Pattern WORD = Pattern.compile("\\w+");

    private IndexWriter() {}

    static Map<String, Object> index(Fact index) {
        var said = new LinkedHashMap<String, Object>();
        var text = index.after("USING").map(rest -> "USING " + rest).orElseThrow();
        var method = METHOD.matcher(text);
        if (!method.find()) {
            throw new IllegalArgumentException(text);
        }
        var end = SqlPieces.end(text, method.end());
        said.put("on", parts(SqlPieces.inParentheses(text, method.end())));
        if (!"btree".equals(method.group(1))) {
            said.put("using", method.group(1));
        }
        if (index.says("unique")) {
            said.put("unique", "true");
        }
        said.putAll(rest(text.substring(end)));
        return said;
    }

    /** What follows the parts of an index: {@code INCLUDE}, {@code WITH} and the like. */
    static Map<String, Object> rest(String text) {
        var said = new LinkedHashMap<String, Object>();
        var left = text.strip();
        if (left.startsWith("INCLUDE (")) {
            said.put("include", columns(SqlPieces.inParentheses(left, left.indexOf('('))));
            left = left.substring(SqlPieces.end(left, left.indexOf('('))).strip();
        }
        if (left.startsWith("NULLS NOT DISTINCT")) {
            said.put("nullsNotDistinct", "true");
            left = left.substring("NULLS NOT DISTINCT".length()).strip();
        }
        if (left.startsWith("WITH (")) {
            said.put("storage", storage(SqlPieces.inParentheses(left, left.indexOf('('))));
            left = left.substring(SqlPieces.end(left, left.indexOf('('))).strip();
        }
        if (left.startsWith("WHERE ")) {
            said.put("where", SqlPieces.expression(left.substring("WHERE ".length())));
            left = "";
        }
        if (!left.isEmpty()) {
            throw new IllegalArgumentException(text);
        }
        return said;
    }

    static Map<String, Object> storage(String parameters) {
        var said = new LinkedHashMap<String, Object>();
        for (var parameter : SqlPieces.elements(parameters)) {
            var parts = parameter.split("=", 2);
            said.put(parts[0], parts[1].replace("'", ""));
        }
        return said;
    }

    static List<String> columns(String list) {
        return SqlPieces.elements(list).stream().map(SqlPieces::unquoted).toList();
    }

    static List<String> parts(String list) {
        return SqlPieces.elements(list).stream().map(IndexWriter::part).toList();
    }

    private static String part(String printed) {
        var match = PART.matcher(printed);
        if (!match.matches()) {
            throw new IllegalArgumentException(printed);
        }
        var what = SqlPieces.unquoted(match.group(1));
        return (WORD.matcher(what).matches() ? what : SqlPieces.expression(what))
                + word(match.group(2))
                + (match.group(3) == null ? "" : match.group(3))
                + word(match.group(4))
                + word(match.group(5));
    }

    private static String word(String found) {
        if (found == null) {
            return "";
        }
        var name = found.indexOf("COLLATE ");
        return name < 0 ? found.toLowerCase(Locale.ROOT) : " collate " + found.substring(name + "COLLATE ".length());
    }
}
