package dev.schemaproof.sql;

import dev.schemaproof.sql.SqlToken.Kind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A statement as the language writes it, with named parameters, made of one that was written or logged elsewhere: with
 * {@code $1}, {@code ?}, {@code @name} or sqlc's {@code sqlc.arg(name)}, and, if that is wanted, with values. A parameter gets
 * the name of the column that it is compared with or stored in.
 *
 * @param sql the statement, without comments and semicolons
 * @param parameters the names in the order in which they stand there, each once
 */
public record NamedSql(String sql, List<String> parameters) {

    public NamedSql {
        parameters = List.copyOf(parameters);
    }

    /**
     * Rewrites a statement. Any text is accepted; whether it is a statement is for {@link SqlParser} to say.
     *
     * @param values whether literals too become parameters, as they differ each time the statement runs
     */
    public static NamedSql of(String sql, boolean values) {
        return new Rewriting(sql, values).run();
    }

    private static final class Rewriting {

        private static final Set<String> TYPES = Set.of(
                "date",
                "time",
                "timetz",
                "timestamp",
                "timestamptz",
                "interval",
                "uuid",
                "json",
                "jsonb",
                "inet",
                "cidr");

        /** Types whose length or precision is no value. */
        private static final Set<String> MEASURED_TYPES = Set.of(
                "numeric",
                "decimal",
                "varchar",
                "varying",
                "char",
                "character",
                "time",
                "timestamp",
                "timestamptz",
                "bit");

        /** Operators behind which a question mark may stand without a blank. */
        private static final Set<String> COMPARING =
                Set.of("=", "<>", "!=", "<", ">", "<=", ">=", "~", "~*", "~~", "~~*", "@>", "<@", "&&", "@@");

        /** Words between a column and what it is compared with. */
        private static final Set<String> CONNECTING = Set.of(
                "like",
                "ilike",
                "in",
                "any",
                "all",
                "some",
                "similar",
                "to",
                "between",
                "not",
                "array",
                "is",
                "distinct",
                "from");

        /** Words behind which a question mark stands for a value, and is no operator. */
        private static final Set<String> BEFORE_VALUES = Set.of(
                "and",
                "or",
                "not",
                "in",
                "like",
                "ilike",
                "between",
                "limit",
                "offset",
                "values",
                "set",
                "select",
                "where",
                "then",
                "else",
                "when",
                "from",
                "on",
                "case",
                "distinct",
                "having",
                "returning");

        /** The name of a parameter that nothing gives a name to. */
        private static final String VALUE = "value";

        private static final Set<String> SQLC = Set.of("arg", "narg", "slice");

        private final String source;
        private final boolean values;
        private final List<SqlToken> tokens;
        private final BitSet dropped = new BitSet();
        private final Map<Integer, String> columnsOfValues = new HashMap<>();
        private final Map<String, String> namesOfPlaces = new HashMap<>();
        private final Set<String> taken = new HashSet<>();
        private final Set<String> parameters = new LinkedHashSet<>();
        /** The number that a name needs next to be no other's, so that thousands of them take no longer than they must. */
        private final Map<String, Integer> numbers = new HashMap<>();

        private final StringBuilder text = new StringBuilder();
        /** The end of what was last taken from the source. */
        private int copied;

        Rewriting(String source, boolean values) {
            this.source = source;
            this.values = values;
            tokens = SqlLexer.tokens(source).stream()
                    .filter(token -> !token.is(Kind.COMMENT))
                    .toList();
        }

        NamedSql run() {
            tokens.stream()
                    .filter(token -> token.is(Kind.PARAMETER))
                    .forEach(token -> taken.add(source.substring(token.begin() + 1, token.end())));
            insert();
            for (var i = 0; i < tokens.size(); ) {
                i = dropped.get(i) || is(i, ";") ? drop(i) : step(i);
            }
            return new NamedSql(text.toString().strip(), List.copyOf(parameters));
        }

        /** Gives the values of an INSERT the names of their columns. Several rows are one row, inserted more often. */
        private void insert() {
            if (!isKeyword(0, "insert") || !isKeyword(1, "into")) {
                return;
            }
            var i = 2;
            while (isName(i) || is(i, ".")) {
                i++;
            }
            var columns = new ArrayList<String>();
            if (is(i, "(")) {
                for (i++; i < tokens.size() && !is(i, ")"); i++) {
                    if (isName(i)) {
                        columns.add(plain(word(i)));
                    }
                }
                i++;
            }
            if (!isKeyword(i, "values") || !is(i + 1, "(")) {
                return;
            }
            var end = row(i + 1, columns);
            while (is(end, ",") && is(end + 1, "(")) {
                var next = row(end + 1, List.of());
                dropped.set(end, next);
                end = next;
            }
        }

        /** The index behind a row of values that opens at the index. */
        private int row(int open, List<String> columns) {
            var depth = 0;
            var column = 0;
            var i = open;
            do {
                depth += is(i, "(") ? 1 : is(i, ")") ? -1 : 0;
                if (depth == 1 && is(i, ",")) {
                    column++;
                } else if (column < columns.size()) {
                    columnsOfValues.put(i, columns.get(column));
                }
                i++;
            } while (depth > 0 && i < tokens.size());
            return i;
        }

        private int drop(int index) {
            copied = tokens.get(index).end();
            return index + 1;
        }

        /** Writes what stands at the index; answers where to go on. */
        private int step(int i) {
            space(i);
            if (isList(i)) {
                return list(i);
            } else if (isSqlc(i)) {
                return put(i, explicit(i + 4), "", 6);
            } else if (is(i, "@")
                    && isName(i + 1)
                    && tokens.get(i + 1).begin() == tokens.get(i).end()) {
                return put(i, word(i + 1), "", 2);
            } else if (isTypedValue(i)) {
                return put(i, nameOf(i + 1, i, lower(i)), "::" + word(i), 2);
            } else if (isValue(i)) {
                return put(i, nameOf(i, i, VALUE), "", 1);
            } else if (isGluedQuestionMark(i)) {
                text.append(source, tokens.get(i).begin(), tokens.get(i).end() - 1)
                        .append(' ');
                return put(i, context(i + 1, VALUE), "", 1);
            }
            var token = tokens.get(i);
            if (token.is(Kind.PARAMETER)) {
                note(source.substring(token.begin() + 1, token.end()));
            }
            text.append(source, token.begin(), token.end());
            return drop(i);
        }

        /** What lies between two words, without comments. */
        private void space(int index) {
            var between = index == 0
                    ? ""
                    : source.substring(
                            copied, Math.max(copied, tokens.get(index).begin()));
            var comment = between.contains("--") || between.contains("/*");
            text.append(comment ? between.indexOf('\n') >= 0 ? "\n" : " " : between);
        }

        private int put(int index, String name, String suffix, int count) {
            // In "in$1" the name would become a part of the word
            if (text.length() > 0 && Character.isLetterOrDigit(text.charAt(text.length() - 1))) {
                text.append(' ');
            }
            text.append(':').append(name).append(suffix);
            note(name);
            return drop(index + count - 1);
        }

        private void note(String name) {
            taken.add(name);
            parameters.add(name);
        }

        /** Several values to compare with: {@code in ($1, $2)}, also as PostgreSQL 18 shortens it to one and three dots. */
        private boolean isList(int index) {
            var in = isKeyword(index, "not") ? index + 1 : index;
            if (!isKeyword(in, "in") || !is(in + 1, "(") || !isValue(in + 2)) {
                return false;
            }
            var last = in + 2;
            while (is(last + 1, ",") && isValue(last + 2)) {
                last += 2;
            }
            return is(last + 1, ")")
                    && (last > in + 2
                            || source.substring(
                                            tokens.get(last).end(),
                                            tokens.get(last + 1).begin())
                                    .contains("..."));
        }

        private int list(int index) {
            var not = isKeyword(index, "not");
            var name = free(nameBefore(index).map(column -> column + "_list").orElse("list"));
            text.append(not ? "<> ALL (:" : "= ANY (:").append(name).append(')');
            note(name);
            var end = index;
            while (!is(end, ")")) {
                end++;
            }
            return drop(end);
        }

        private boolean isSqlc(int index) {
            return isKeyword(index, "sqlc")
                    && is(index + 1, ".")
                    && isName(index + 2)
                    && SQLC.contains(lower(index + 2))
                    && is(index + 3, "(")
                    && index + 4 < tokens.size()
                    && is(index + 5, ")");
        }

        private String explicit(int index) {
            var name = plain(word(index));
            return name.isEmpty() ? free(VALUE) : name;
        }

        /** {@code date '2026-01-31'}: a parameter can't stand there, but a cast can. */
        private boolean isTypedValue(int index) {
            return index + 1 < tokens.size()
                    && tokens.get(index).is(Kind.WORD)
                    && TYPES.contains(lower(index))
                    && (tokens.get(index + 1).is(Kind.POSITION)
                            || values && tokens.get(index + 1).is(Kind.STRING));
        }

        private boolean isValue(int index) {
            return index < tokens.size()
                    && (tokens.get(index).is(Kind.POSITION)
                            || values && isLiteral(index)
                            || is(index, "?") && isBeforeValue(index - 1));
        }

        /** A literal that differs from run to run: no limit, no column of an ORDER BY, no part of a type. */
        private boolean isLiteral(int index) {
            return tokens.get(index).is(Kind.STRING)
                    || tokens.get(index).is(Kind.NUMBER)
                            && !isKeyword(index - 1, "by")
                            && !isKeyword(index - 1, "limit")
                            && !isKeyword(index - 1, "select")
                            && !measures(is(index - 1, ",") ? index - 2 : index);
        }

        /** Whether a number is the first in the brackets behind a type. */
        private boolean measures(int index) {
            return is(index - 1, "(")
                    && index > 1
                    && tokens.get(index - 2).is(Kind.WORD)
                    && MEASURED_TYPES.contains(lower(index - 2));
        }

        private boolean isGluedQuestionMark(int index) {
            var token = tokens.get(index);
            return token.is(Kind.OPERATOR)
                    && token.end() - token.begin() > 1
                    && source.charAt(token.end() - 1) == '?'
                    && COMPARING.contains(source.substring(token.begin(), token.end() - 1));
        }

        private boolean isBeforeValue(int index) {
            return is(index, "(")
                    || is(index, ",")
                    || is(index, "[")
                    || index >= 0 && tokens.get(index).is(Kind.OPERATOR)
                    || index >= 0 && tokens.get(index).is(Kind.WORD) && BEFORE_VALUES.contains(lower(index));
        }

        /** The name for a value: one for each {@code $n}, and one of its own for every other. */
        private String nameOf(int index, int from, String otherwise) {
            if (!tokens.get(index).is(Kind.POSITION)) {
                return context(from, otherwise);
            }
            var place = word(index);
            var known = namesOfPlaces.get(place);
            if (known != null) {
                return known;
            }
            var name = context(from, otherwise);
            namesOfPlaces.put(place, name);
            return name;
        }

        /** A name for the value that stands at the index, after what stands around it. */
        private String context(int index, String otherwise) {
            if (isKeyword(index - 1, "limit") || isKeyword(index - 1, "offset")) {
                return free(lower(index - 1));
            }
            var stored = columnsOfValues.getOrDefault(index, "");
            if (!stored.isEmpty()) {
                return free(stored);
            }
            if (isKeyword(index - 1, "and") && isKeyword(index - 3, "between")) {
                return free(nameBefore(index - 3).map(column -> column + "_to").orElse("to"));
            }
            if (isKeyword(index - 1, "between")) {
                return free(
                        nameBefore(index - 1).map(column -> column + "_from").orElse("from"));
            }
            return free(nameBefore(index).or(() -> nameBehind(index)).orElse(otherwise));
        }

        /** The column on the left of the operator, or of IN or BETWEEN, that leads to the index. */
        private Optional<String> nameBefore(int index) {
            var i = index - 1;
            while (leadsOn(i)) {
                // From within a function's brackets to what the function's result is compared with
                i -= is(i, "(") && isFunction(i - 1) ? 2 : 1;
            }
            var connected =
                    i < index - 1 || isKeyword(index, "in") || isKeyword(index, "not") || isKeyword(index, "between");
            while (i > 0 && is(i, ")")) {
                i--;
            }
            return connected ? nameAt(i) : Optional.empty();
        }

        private boolean leadsOn(int index) {
            return is(index, "(")
                    || is(index, "[")
                    || index >= 0 && tokens.get(index).is(Kind.OPERATOR)
                    || index >= 0 && tokens.get(index).is(Kind.WORD) && CONNECTING.contains(lower(index));
        }

        private boolean isFunction(int index) {
            return isName(index) && !CONNECTING.contains(lower(index)) && !BEFORE_VALUES.contains(lower(index));
        }

        /** The column on the right of an operator: {@code $1 = a.id}. */
        private Optional<String> nameBehind(int index) {
            if (index + 1 >= tokens.size() || !tokens.get(index + 1).is(Kind.OPERATOR)) {
                return Optional.empty();
            }
            var i = index + 2;
            while (isName(i) && is(i + 1, ".")) {
                i += 2;
            }
            return nameAt(i);
        }

        private Optional<String> nameAt(int index) {
            return isName(index) && !(tokens.get(index).is(Kind.WORD) && BEFORE_VALUES.contains(lower(index)))
                    ? Optional.of(plain(word(index))).filter(name -> !name.isEmpty())
                    : Optional.empty();
        }

        private String free(String wanted) {
            var name = wanted;
            while (taken.contains(name)) {
                name = wanted + "_" + numbers.merge(wanted, 2, (number, two) -> number + 1);
            }
            return name;
        }

        private boolean is(int index, String text) {
            return index >= 0 && index < tokens.size() && tokens.get(index).is(source, text);
        }

        private boolean isKeyword(int index, String word) {
            return is(index, word) && tokens.get(index).is(Kind.WORD);
        }

        private boolean isName(int index) {
            return index >= 0 && index < tokens.size() && tokens.get(index).isName();
        }

        private String word(int index) {
            return tokens.get(index).text(source);
        }

        private String lower(int index) {
            return word(index).toLowerCase(Locale.ROOT);
        }

        /** A name as a parameter can have it. */
        private static String plain(String name) {
            var letters = name.replaceAll("[^\\p{L}\\p{N}_]", "").toLowerCase(Locale.ROOT);
            return letters.isEmpty() || Character.isDigit(letters.charAt(0)) ? "" : letters;
        }
    }
}
