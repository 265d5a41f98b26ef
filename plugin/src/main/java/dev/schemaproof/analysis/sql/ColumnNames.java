package dev.schemaproof.analysis.sql;

import dev.schemaproof.sql.SqlExpression;
import java.util.Optional;

/** How PostgreSQL calls a column of a result that has no alias (its function {@code FigureColname}). */
final class ColumnNames {

    private ColumnNames() {}

    /** The name, where it is certain. */
    static Optional<String> of(SqlExpression value) {
        if (value instanceof SqlExpression.Column column) {
            return Optional.of(column.name().value());
        } else if (value instanceof SqlExpression.Call call && call.function().matches("[a-z_][a-z0-9_]*")) {
            return Optional.of(call.function());
        } else if (value instanceof SqlExpression.Cast cast) {
            return of(cast.operand());
        } else if (value instanceof SqlExpression.Exists) {
            return Optional.of("exists");
        }
        return Optional.empty();
    }
}
