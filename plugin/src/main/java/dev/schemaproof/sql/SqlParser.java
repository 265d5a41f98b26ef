package dev.schemaproof.sql;

import dev.schemaproof.diagnostic.NearestName;
import dev.schemaproof.model.SourceText;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import net.sf.jsqlparser.parser.AbstractJSqlParser.Dialect;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.CCJSqlParserConstants;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.parser.StringProvider;
import net.sf.jsqlparser.parser.Token;

/**
 * Reads SQL in PostgreSQL's dialect, with named parameters. Every text gives a tree or problems, never an exception, in a
 * time that grows with its length: length and depth are limited before the library sees it.
 */
public final class SqlParser {

    private static final List<String> KEYWORDS = List.of(
            "select",
            "insert",
            "update",
            "delete",
            "from",
            "where",
            "and",
            "or",
            "not",
            "in",
            "is",
            "null",
            "join",
            "left",
            "right",
            "inner",
            "outer",
            "full",
            "cross",
            "on",
            "using",
            "group",
            "by",
            "order",
            "having",
            "limit",
            "offset",
            "as",
            "distinct",
            "union",
            "all",
            "exists",
            "between",
            "like",
            "case",
            "when",
            "then",
            "else",
            "end",
            "with",
            "into",
            "values",
            "set",
            "returning",
            "asc",
            "desc",
            "nulls",
            "first",
            "last",
            "lateral");

    private SqlParser() {}

    /** Reads one statement that reads or changes rows. */
    public static Parsed<SqlStatement> statement(SourceText source) {
        return parse(source, true, text -> new QueryConverter(text)::statement, SqlParser::parseStatement);
    }

    /** Reads one expression: a check, a default, the condition or the key of an index. */
    public static Parsed<SqlExpression> expression(SourceText source) {
        return parse(source, false, text -> new QueryConverter(text)::expression, SqlParser::parseExpression);
    }

    /** A production of the library's grammar. */
    private interface Production<T> {
        T parse(CCJSqlParser parser) throws ParseException;
    }

    private static net.sf.jsqlparser.statement.Statement parseStatement(CCJSqlParser parser) throws ParseException {
        return parser.Statement();
    }

    private static net.sf.jsqlparser.expression.Expression parseExpression(CCJSqlParser parser) throws ParseException {
        var expression = parser.Expression();
        var rest = parser.getToken(1);
        if (rest.kind != CCJSqlParserConstants.EOF) {
            throw unexpected(parser);
        }
        return expression;
    }

    private static ParseException unexpected(CCJSqlParser parser) {
        var exception = new ParseException("more follows");
        exception.currentToken = parser.getToken(0);
        exception.currentToken.next = parser.getToken(1);
        return exception;
    }

    private static <T, R> Parsed<R> parse(
            SourceText source,
            boolean statement,
            Function<SqlText, Function<T, R>> converter,
            Production<T> production) {
        var text = new SqlText(source);
        var problems = text.problems(statement);
        if (!problems.isEmpty()) {
            return Parsed.failed(problems);
        }
        var chained = ChainedComparison.in(text);
        if (chained.isPresent()) {
            return Parsed.failed(chained.stream().toList());
        }
        var parser = new CCJSqlParser(new StringProvider(text.masked()))
                .withDialect(Dialect.POSTGRESQL)
                .withAllowComplexParsing(true);
        try {
            return Parsed.of(converter.apply(text).apply(production.parse(parser)));
        } catch (ParseException e) {
            var problem = syntax(text, e.currentToken);
            return Parsed.failed(List.of(statement || isCertain(text, e.currentToken) ? problem : problem.doubted()));
        } catch (UnreadableSqlException e) {
            return Parsed.failed(List.of(text.problem(e.span(), e.summary(), e.help())));
        } catch (RuntimeException e) {
            // The library's own way to say no, beside its ParseException, is any unchecked exception
            var problem = syntax(text, null);
            return Parsed.failed(List.of(statement ? problem : problem.doubted()));
        } catch (StackOverflowError e) {
            return Parsed.failed(List.of(text.problem(
                    new Span(0, text.sql().length()),
                    "this SQL is nested too deeply to be judged",
                    "flatten its expressions")));
        }
    }

    /**
     * Whether an expression that the library refuses is wrong beyond doubt. The library refuses a little that PostgreSQL
     * takes, such as {@code a = 1 is null}.
     */
    private static boolean isCertain(SqlText text, Token before) {
        var offending = before.next;
        if (offending == null || offending.kind == CCJSqlParserConstants.EOF) {
            return offending != null;
        }
        return text.hasStrayWord();
    }

    private static SqlProblem syntax(SqlText text, @org.jspecify.annotations.Nullable Token before) {
        var offending = before == null ? null : before.next;
        if (offending == null || offending.kind == CCJSqlParserConstants.EOF) {
            var last = text.tokens().get(text.tokens().size() - 1);
            return text.problem(
                    last.span(),
                    offending == null
                            ? "this SQL can't be read"
                            : "the SQL ends too early, behind `" + excerpt(last.text(text.sql())) + "`",
                    "check it against the syntax of PostgreSQL");
        }
        var index = text.indexAt(Places.begin(offending));
        var token = text.tokens().get(Math.min(index, text.tokens().size() - 1));
        var help = typo(text, index)
                .or(() -> typo(text, index - 1))
                .orElse("check the words around it against the syntax of PostgreSQL");
        return text.problem(token.span(), "syntax error at `" + excerpt(token.text(text.sql())) + "`", help);
    }

    /** Says which keyword the word may be meant to be. */
    private static Optional<String> typo(SqlText text, int index) {
        if (!text.isNameAt(index)) {
            return Optional.empty();
        }
        var word = text.nameAt(index).value();
        return KEYWORDS.contains(word)
                ? Optional.empty()
                : NearestName.of(word, KEYWORDS)
                        .map(keyword -> "did you mean `" + keyword + "` instead of `" + word + "`?");
    }

    private static String excerpt(String word) {
        return word.length() <= 40 ? word : word.substring(0, 40) + "...";
    }
}
