package dev.schemaproof.analysis.sql;

import dev.schemaproof.model.SourceText;
import dev.schemaproof.sql.Parsed;
import dev.schemaproof.sql.SqlExpression;
import dev.schemaproof.sql.SqlParser;
import dev.schemaproof.sql.SqlStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads many SQL texts side by side, as nothing else about a model takes as long. What comes out stands in the order in
 * which the texts were given.
 */
final class SqlReader {

    private final List<Statement> statements = new ArrayList<>();
    private final List<Expression> expressions = new ArrayList<>();
    /** By text: a tree knows its places within the text only, and most defaults and checks are written many times. */
    private final Map<String, Parsed<SqlExpression>> parsed = new ConcurrentHashMap<>();

    private record Statement(SourceText source, String subject, Tables tables) {}

    private record Expression(SourceText source, String subject, Relation row, Tables tables) {}

    /**
     * Takes a statement.
     *
     * @param tables the tables that it can name
     */
    void statement(SourceText source, String subject, Tables tables) {
        statements.add(new Statement(source, subject, tables));
    }

    /**
     * Takes an expression.
     *
     * @param row the row that it sees
     * @param tables the tables that its subqueries can name
     */
    void expression(SourceText source, String subject, Relation row, Tables tables) {
        expressions.add(new Expression(source, subject, row, tables));
    }

    /** Reads and forgets the statements. */
    List<SqlReading<SqlStatement>> statements() {
        var read = statements.parallelStream().map(SqlReader::read).toList();
        statements.clear();
        return read;
    }

    /** Reads and forgets the expressions. */
    List<SqlReading<SqlExpression>> expressions() {
        var read = expressions.parallelStream().map(this::read).toList();
        expressions.clear();
        parsed.clear();
        return read;
    }

    private static SqlReading<SqlStatement> read(Statement statement) {
        var parsed = SqlParser.statement(statement.source());
        var names = parsed.tree()
                .map(tree -> new StatementResolver(statement.source(), statement.tables()).resolve(tree))
                .orElse(SqlNames.NONE);
        return new SqlReading<>(statement.source(), statement.subject(), parsed, names);
    }

    private SqlReading<SqlExpression> read(Expression expression) {
        var source = expression.source();
        var ofEqualText = parsed.computeIfAbsent(source.value(), text -> SqlParser.expression(source));
        // Problems, unlike trees, know the file
        var own = ofEqualText.tree().isPresent() ? ofEqualText : SqlParser.expression(source);
        var names = own.tree()
                .map(tree -> new StatementResolver(source, expression.tables()).resolve(tree, expression.row()))
                .orElse(SqlNames.NONE);
        return new SqlReading<>(source, expression.subject(), own, names);
    }
}
