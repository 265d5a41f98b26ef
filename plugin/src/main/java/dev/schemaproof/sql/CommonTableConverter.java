package dev.schemaproof.sql;

import dev.schemaproof.sql.SqlQuery.CommonTable;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;
import net.sf.jsqlparser.statement.ParenthesedStatement;
import net.sf.jsqlparser.statement.select.WithItem;

/** Turns what the library reads behind WITH into ours. */
final class CommonTableConverter {

    private final SqlText text;
    private final Function<ParenthesedStatement, SqlStatement> statements;

    CommonTableConverter(SqlText text, Function<ParenthesedStatement, SqlStatement> statements) {
        this.text = text;
        this.statements = statements;
    }

    CommonTable convert(WithItem<?> item) {
        var inner = item.getParenthesedStatement();
        var begin = inner == null
                ? OptionalInt.empty()
                : Places.of(inner)
                        .map(span -> nameBefore(text.indexAt(span.begin())))
                        .orElseGet(() -> nameAtTop(item.getUnquotedAliasName()));
        if (inner == null || begin.isEmpty()) {
            throw new UnreadableSqlException(
                    text.tokens().get(0).span(), "this WITH can't be read", "write it as `WITH name AS (SELECT ...)`");
        }
        return new CommonTable(
                text.nameAt(begin.getAsInt()),
                text.namesInBrackets(begin.getAsInt() + 1),
                statements.apply(inner),
                item.isRecursive(),
                item.isMaterialized() ? Optional.of(!item.isUsingNot()) : Optional.empty());
    }

    /** Backwards from the bracket that opens the statement: {@code name [(columns)] AS [[NOT] MATERIALIZED]}. */
    private OptionalInt nameBefore(int bracket) {
        var i = bracket - 1;
        while (i > 0 && !text.isAt(i, "as")) {
            i--;
        }
        i--;
        if (text.isAt(i, ")")) {
            while (i > 0 && !text.isAt(i, "(")) {
                i--;
            }
            i--;
        }
        return text.isNameAt(i) ? OptionalInt.of(i) : OptionalInt.empty();
    }

    /** The library doesn't note where writes in a WITH stand; they are allowed at the top of a statement only. */
    private OptionalInt nameAtTop(String masked) {
        var name = masked.strip();
        return IntStream.range(1, text.tokens().size())
                .filter(i -> text.isNameAt(i)
                        && (text.isAt(i - 1, "with") || text.isAt(i - 1, ",") || text.isAt(i - 1, "recursive")))
                .filter(i -> text.isAt(i + 1, "as") || text.isAt(i + 1, "("))
                .filter(i -> text.tokens().get(i).text(text.sql()).equalsIgnoreCase(name))
                .findFirst();
    }
}
