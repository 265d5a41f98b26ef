package dev.schemaproof.sql;

import dev.schemaproof.model.SourceText;
import dev.schemaproof.sql.SqlToken.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A SQL text cut into words, and the same text as the library is given it.
 *
 * <p>The library doesn't know all of PostgreSQL's literals, operators, precedences and names, nor folds names as PostgreSQL does. So it
 * gets a text of the same length in which these are masked, and what they really are is read here, by their place.
 */
final class SqlText {

    /** In characters; the longest statements that people write have a tenth of it. */
    static final int LONGEST = 128 * 1024;

    /** Brackets and CASE within each other; the library recurses several times for each. */
    static final int DEEPEST = 100;

    /** A text with more is hardly SQL. */
    private static final int MOST_PROBLEMS = 10;

    /** In one name: of a database, a schema, a table, a column and a field of it. */
    private static final int MOST_DOTS = 4;

    /** In {@code E'...'}, but for characters by their numbers. */
    private static final Pattern ESCAPE = Pattern.compile("\\\\([^0-9xuU])", Pattern.DOTALL);

    private final SourceText source;
    private final String sql;
    private final List<SqlToken> tokens;

    SqlText(SourceText source) {
        this.source = source;
        sql = source.value();
        tokens = sql.length() > LONGEST
                ? List.of()
                : SqlLexer.tokens(sql).stream()
                        .filter(token -> !token.is(Kind.COMMENT) || !token.complete())
                        .toList();
    }

    String sql() {
        return sql;
    }

    List<SqlToken> tokens() {
        return tokens;
    }

    /** Everything that is wrong with its words and brackets, whatever they mean. */
    List<SqlProblem> problems(boolean statement) {
        if (sql.length() > LONGEST) {
            return List.of(problem(
                    new Span(0, 0),
                    "a SQL text of " + sql.length() + " characters is too long to be judged",
                    "keep it below " + LONGEST + " characters"));
        }
        if (tokens.isEmpty()) {
            return List.of(problem(new Span(0, sql.length()), "there is no SQL here", "write the statement"));
        }
        var problems = new ArrayList<SqlProblem>();
        for (var i = 0; i < tokens.size() && problems.size() < MOST_PROBLEMS; i++) {
            word(i, problems);
        }
        if (problems.isEmpty()) {
            brackets(problems);
            separators(statement, problems);
        }
        return problems;
    }

    private void word(int index, List<SqlProblem> problems) {
        var token = tokens.get(index);
        if (!token.complete()) {
            var what = token.is(Kind.STRING) ? "text" : token.is(Kind.COMMENT) ? "comment" : "quoted name";
            problems.add(problem(token.span(), "this " + what + " has no end", "close it where it should end"));
        } else if (token.is(Kind.POSITION) || token.is(sql, "?") && isPrefix(index)) {
            problems.add(problem(
                    token.span(),
                    "`" + token.text(sql) + "` has no name",
                    "parameters have names here: write `:author` or the like"));
        } else if (token.is(Kind.QUOTED_NAME) && token.text(sql).endsWith("\"\"") && token.end() - token.begin() == 2) {
            problems.add(problem(token.span(), "a name can't be empty", "write the name between the quotes"));
        } else if (isAt(index, ".") && IntStream.range(1, MOST_DOTS + 1).allMatch(dot -> isAt(index - 2 * dot, "."))) {
            // More would be no name, and the library takes quadratic time
            problems.add(problem(token.span(), "this name has too many parts", "name a column by its table"));
        } else if (token.is(Kind.PUNCTUATION) && "()[],;.:".indexOf(sql.charAt(token.begin())) < 0) {
            problems.add(problem(
                    token.span(), "`" + token.text(sql) + "` means nothing in SQL", "remove it, or put it in quotes"));
        }
    }

    private void brackets(List<SqlProblem> problems) {
        var open = new ArrayDeque<SqlToken>();
        for (var token : tokens) {
            if (token.is(sql, "(") || token.is(sql, "[") || token.is(sql, "case")) {
                open.push(token);
                if (open.size() > DEEPEST) {
                    problems.add(problem(
                            token.span(), "this is nested more than " + DEEPEST + " deep", "flatten the expression"));
                    return;
                }
            } else if (token.is(sql, "end") && !open.isEmpty() && open.peek().is(sql, "case")) {
                open.pop();
            } else if (token.is(sql, ")") || token.is(sql, "]")) {
                var expected = token.is(sql, ")") ? "(" : "[";
                if (open.isEmpty() || !open.pop().is(sql, expected)) {
                    problems.add(problem(
                            token.span(),
                            "this `" + token.text(sql) + "` closes nothing",
                            "remove it, or add the missing `" + expected + "`"));
                    return;
                }
            }
        }
        if (!open.isEmpty()) {
            problems.add(problem(
                    open.peek().span(),
                    "this `" + open.peek().text(sql) + "` is never closed",
                    "close it where it should end"));
        }
    }

    /** A statement may end in semicolons; what follows them would be another statement. */
    private void separators(boolean statement, List<SqlProblem> problems) {
        for (var i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).is(sql, ";")
                    && (!statement
                            || i + 1 < tokens.size() && !tokens.get(i + 1).is(sql, ";"))) {
                problems.add(
                        statement
                                ? problem(
                                        tokens.get(i + 1).span(),
                                        "a second statement begins here",
                                        "give each statement an access pattern of its own")
                                : problem(tokens.get(i).span(), "an expression has no `;`", "remove it"));
                return;
            }
        }
    }

    /** A problem with the words at a place. */
    SqlProblem problem(Span span, String summary, String help) {
        return new SqlProblem(source.locate(span.begin(), span.end()), summary, Optional.of(help), true);
    }

    /** The text for the library: of the same length, each word at the same place. */
    String masked() {
        var text = sql.toCharArray();
        List<Integer> stars = new ArrayList<>();
        var end = 0;
        for (var i = 0; i < tokens.size(); i++) {
            var token = tokens.get(i);
            Arrays.fill(text, end, token.begin(), ' ');
            end = token.end();
            switch (token.kind()) {
                case STRING -> fill(text, token, '\'', 't', '\'');
                case QUOTED_NAME -> fill(text, token, '"', 'q', '"');
                // The library casts columns, but no parameters
                case PARAMETER -> fill(text, token, isAt(i + 1, "::") ? 'p' : ':', 'p', 'p');
                case OPERATOR -> {
                    if (isArrow(i)) {
                        fill(text, token, ' ', ' ', ' ');
                    } else {
                        operator(text, i);
                    }
                }
                case WORD -> {
                    if (isNormalForm(i)) {
                        fill(text, token, '\'', 't', '\'');
                    } else if (isMisread(i)) {
                        fill(text, token, 'w', 'w', 'w');
                    } else if (isOnly(i) || isArrow(i + 1)) {
                        fill(text, token, ' ', ' ', ' ');
                    } else if (isAt(i, "select") && isAt(i + 1, "from")) {
                        stars.add(token.end());
                    }
                }
                case PUNCTUATION -> {
                    if (token.is(sql, ";") || isArrow(i)) {
                        fill(text, token, ' ', ' ', ' ');
                    }
                }
                default -> {
                    // Numbers are read as they are
                }
            }
        }
        Arrays.fill(text, end, text.length, ' ');
        // The library wants something between the two; it is taken out of the tree again
        stars.forEach(place -> text[place] = '*');
        new MergeWords(this).mask(text);
        return new String(text);
    }

    /** Whether what stands at a place was put there for the library. */
    boolean isMade(Span star) {
        return sql.charAt(star.begin()) != '*';
    }

    private static void fill(char[] text, SqlToken token, char first, char inner, char last) {
        Arrays.fill(text, token.begin(), token.end(), inner);
        text[token.end() - 1] = last;
        text[token.begin()] = first;
    }

    private void operator(char[] text, int index) {
        var token = tokens.get(index);
        if (SqlVocabulary.KNOWN_OPERATORS.contains(token.text(sql))) {
            return;
        }
        if (isPrefix(index)) {
            Arrays.fill(text, token.begin(), token.end(), ' ');
            text[token.begin()] = '-';
        } else if (token.end() - token.begin() > 1) {
            Arrays.fill(text, token.begin(), token.end(), ' ');
            text[token.begin()] = '|';
            text[token.begin() + 1] = '|';
        } else if (token.end() < text.length && Character.isWhitespace(text[token.end()])) {
            text[token.begin()] = '|';
            text[token.end()] = '|';
        } else if (token.begin() > 0 && text[token.begin() - 1] == ' ') {
            text[token.begin() - 1] = '|';
            text[token.begin()] = '|';
        }
    }

    private boolean isPrefix(int index) {
        if (index == 0) {
            return true;
        }
        var before = tokens.get(index - 1);
        return before.is(Kind.OPERATOR)
                || before.is(Kind.PUNCTUATION) && "([,".indexOf(sql.charAt(before.begin())) >= 0
                || before.is(Kind.WORD)
                        && SqlVocabulary.BEFORE_OPERANDS.contains(
                                before.text(sql).toLowerCase(Locale.ROOT));
    }

    private boolean isMisread(int index) {
        var word = tokens.get(index).text(sql).toLowerCase(Locale.ROOT);
        var isWord = switch (word) {
            case "double" -> isAt(index + 1, "precision");
            case "varying" -> SqlVocabulary.VARYING_TYPES.stream().anyMatch(type -> isAt(index - 1, type));
            case "unknown" -> isAt(index - 1, "is") || isAt(index - 1, "not");
            default -> false;
        };
        // Behind a dot every keyword is a name
        return isAt(index - 1, ".")
                || SqlVocabulary.MISREAD_WORDS.contains(word) && !isWord
                || word.chars().anyMatch(c -> c >= 0x80);
    }

    /** Whether it is the form in {@code normalize(text, nfc)}. */
    private boolean isNormalForm(int index) {
        if (!SqlVocabulary.NORMAL_FORMS.contains(tokens.get(index).text(sql).toLowerCase(Locale.ROOT))
                || !isAt(index - 1, ",")
                || !isAt(index + 1, ")")) {
            return false;
        }
        var depth = 1;
        var open = index;
        while (depth > 0 && open > 0) {
            open--;
            depth += isAt(open, ")") ? 1 : isAt(open, "(") ? -1 : 0;
        }
        return isAt(open - 1, "normalize");
    }

    /** What stands between an argument and its name. */
    private boolean isArrow(int index) {
        return isAt(index, "=>") || isAt(index, ":=");
    }

    /** The name of the argument that begins at a place, where it is given by name. */
    Optional<SqlName> argumentName(int place) {
        var i = indexAt(place) - 1;
        while (isAt(i, "(")) {
            i--;
        }
        return isArrow(i) && isNameAt(i - 1) ? Optional.of(nameAt(i - 1)) : Optional.empty();
    }

    /** {@code FROM ONLY t}, which the library knows at few places. */
    private boolean isOnly(int index) {
        return isAt(index, "only") && isNameAt(index + 1) && !isAt(index - 1, "rows") && !isAt(index - 1, "row");
    }

    /** The index of the first token that begins at or behind a place. */
    int indexAt(int place) {
        var low = 0;
        var high = tokens.size();
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (tokens.get(middle).begin() < place) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The tokens within a stretch. */
    List<SqlToken> within(Span span) {
        return tokens.subList(indexAt(span.begin()), indexAt(span.end()));
    }

    /** Whether the token at an index is this keyword or punctuation. */
    boolean isAt(int index, String text) {
        return index >= 0 && index < tokens.size() && tokens.get(index).is(sql, text);
    }

    boolean isNameAt(int index) {
        return index >= 0 && index < tokens.size() && tokens.get(index).isName();
    }

    /** The name at an index. */
    SqlName nameAt(int index) {
        var token = tokens.get(index);
        var text = token.text(sql);
        if (!token.is(Kind.QUOTED_NAME)) {
            return new SqlName(SqlName.folded(text), token.span());
        }
        var value = text.substring(text.indexOf('"') + 1, text.length() - 1).replace("\"\"", "\"");
        return new SqlName(value, token.span());
    }

    /** The index behind two words that follow each other outside of brackets, searched from an index on; else the end. */
    int indexBehind(int from, String first, String second) {
        var depth = 0;
        for (var i = from; i < tokens.size(); i++) {
            if (isAt(i, "(")) {
                depth++;
            } else if (isAt(i, ")")) {
                depth--;
            } else if (depth == 0 && isAt(i, first) && isAt(i + 1, second)) {
                return i + 2;
            }
        }
        return tokens.size();
    }

    /** The index behind the brackets that open at an index. */
    int indexBehindBrackets(int index) {
        var depth = 0;
        for (var i = index; i < tokens.size(); i++) {
            depth += isAt(i, "(") ? 1 : isAt(i, ")") ? -1 : 0;
            if (depth == 0) {
                return i + 1;
            }
        }
        return tokens.size();
    }

    /** The indexes at which the elements of a list in parentheses begin, if there is one from an index on. */
    List<Integer> elementsAt(int index) {
        var elements = new ArrayList<Integer>();
        var depth = 0;
        for (var i = index; i < tokens.size(); i++) {
            if (isAt(i, "(")) {
                depth++;
            } else if (isAt(i, ")")) {
                depth--;
            }
            if (depth == 0) {
                break;
            } else if (depth == 1 && (i == index || isAt(i, ","))) {
                elements.add(i + 1);
            }
        }
        return elements;
    }

    /** Whether two operands stand beside each other with nothing between them that SQL knows, as in no expression. */
    boolean hasStrayWord() {
        return IntStream.range(1, tokens.size()).anyMatch(i -> isOperandEnd(i - 1) && isStray(i));
    }

    private boolean isOperandEnd(int index) {
        return isPlainWord(index) || tokens.get(index).is(Kind.NUMBER) || isAt(index, ")");
    }

    private boolean isStray(int index) {
        return isPlainWord(index) || tokens.get(index).is(Kind.NUMBER);
    }

    private boolean isPlainWord(int index) {
        var token = tokens.get(index);
        return token.is(Kind.WORD)
                && !SqlVocabulary.CONNECTING_WORDS.contains(token.text(sql).toLowerCase(Locale.ROOT));
    }

    /** The names at which the elements of a list in parentheses begin; types or the like may stand behind them. */
    List<SqlName> namesInBrackets(int index) {
        return elementsAt(index).stream()
                .filter(this::isNameAt)
                .map(this::nameAt)
                .toList();
    }

    /** What a literal means, without quotes and the common escapes. */
    String literal(SqlToken token) {
        var text = token.text(sql);
        if (text.startsWith("$")) {
            var tag = text.indexOf('$', 1) + 1;
            return text.substring(tag, text.length() - tag);
        }
        var quote = text.indexOf('\'');
        var content = text.substring(quote + 1, text.length() - 1).replace("''", "'");
        return text.startsWith("E") || text.startsWith("e")
                ? ESCAPE.matcher(content).replaceAll(escape -> Matcher.quoteReplacement(unescaped(escape.group(1))))
                : content;
    }

    private static String unescaped(String letter) {
        return switch (letter) {
            case "b" -> "\b";
            case "f" -> "\f";
            case "n" -> "\n";
            case "r" -> "\r";
            case "t" -> "\t";
            default -> letter;
        };
    }

    /** A type's name, from an index on. */
    String typeAt(int index) {
        var type = new StringBuilder();
        var i = append(type, index);
        while (isAt(i, ".") && isNameAt(i + 1)) {
            i = append(type.append('.'), i + 1);
        }
        if (isAt(i, "precision") || isAt(i, "varying")) {
            i = append(type.append(' '), i);
        }
        if (isAt(i, "(")) {
            do {
                i = append(type, i);
            } while (i < tokens.size() && !isAt(i - 1, ")"));
        }
        if ((isAt(i, "with") || isAt(i, "without")) && isAt(i + 1, "time") && isAt(i + 2, "zone")) {
            type.append(isAt(i, "with") ? " with time zone" : " without time zone");
            i += 3;
        }
        while (isAt(i, "[")) {
            type.append("[]");
            i += isAt(i + 1, "]") ? 2 : 3;
        }
        return type.toString();
    }

    private int append(StringBuilder type, int index) {
        if (index < tokens.size()) {
            type.append(
                    isNameAt(index) ? nameAt(index).value() : tokens.get(index).text(sql));
        }
        return index + 1;
    }
}
