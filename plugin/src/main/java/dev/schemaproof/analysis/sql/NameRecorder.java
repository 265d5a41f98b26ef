package dev.schemaproof.analysis.sql;

import dev.schemaproof.analysis.sql.NameFlaw.Kind;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.SourceText;
import dev.schemaproof.sql.FromItem;
import dev.schemaproof.sql.SqlExpression;
import dev.schemaproof.sql.SqlName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Looks names up and notes what they stand for, or that they stand for nothing. */
final class NameRecorder {

    /** Nobody mends more flaws of one statement at a time. */
    private static final int MOST = 100;

    private final SourceText source;
    private final Map<FromItem.Table, Entity> tables = new HashMap<>();
    private final Map<SqlExpression.Column, StoredColumn> columns = new HashMap<>();
    private final Set<SqlExpression.Column> rows = new HashSet<>();
    private final List<NameFlaw> flaws = new ArrayList<>();

    NameRecorder(SourceText source) {
        this.source = source;
    }

    /** @param width how many columns the result of a query has, where that is certain */
    SqlNames names(OptionalInt width) {
        return new SqlNames(tables, columns, rows, flaws, width);
    }

    void table(FromItem.Table table, Entity entity) {
        tables.put(table, entity);
    }

    void unknownTable(SqlName name, List<String> known) {
        flaw(Kind.UNKNOWN_TABLE, name, Optional.empty(), known);
    }

    void stored(SqlExpression.Column column, Optional<StoredColumn> origin) {
        origin.ifPresent(stored -> columns.put(column, stored));
    }

    /** The stored column that an expression, already looked up, hands on unchanged. */
    Optional<StoredColumn> origin(SqlExpression value) {
        return value instanceof SqlExpression.Column column
                ? Optional.ofNullable(columns.get(column))
                : Optional.empty();
    }

    /** A column somewhere in an expression. */
    void column(SqlExpression.Column column, Scope scope) {
        var table = column.table();
        var found = table.isPresent()
                ? scope.find(table.get().value(), column.name().value())
                : scope.find(column.name().value());
        if (found instanceof Scope.Found.Column known) {
            stored(column, known.output().origin());
        } else if (found instanceof Scope.Found.Row) {
            rows.add(column);
        } else if (found instanceof Scope.Found.Ambiguous ambiguous) {
            flaw(Kind.AMBIGUOUS_COLUMN, column.name(), Optional.empty(), ambiguous.relations());
        } else if (found instanceof Scope.Found.NoColumn none) {
            flaw(
                    Kind.UNKNOWN_COLUMN,
                    column.name(),
                    none.relation().name(),
                    List.copyOf(none.relation().columns().keySet()));
        } else if (found instanceof Scope.Found.Nothing) {
            nothing(column, scope);
        }
    }

    private void nothing(SqlExpression.Column column, Scope scope) {
        if (scope.isEmpty()) {
            flaw(Kind.NO_COLUMNS, column.name(), Optional.empty(), List.of());
        } else if (column.qualifiers().size() == 1) {
            qualifier(column.qualifiers().get(0), scope);
        } else if (column.qualifiers().isEmpty()) {
            flaw(Kind.UNKNOWN_COLUMN, column.name(), Optional.empty(), scope.columnNames());
        }
    }

    /** What stands before the dot of a star or a column. */
    void qualifier(SqlName name, Scope scope) {
        if (scope.relation(name.value()).isEmpty() && scope.isSureOfRelations()) {
            flaw(Kind.UNKNOWN_QUALIFIER, name, Optional.empty(), scope.relationNames());
        }
    }

    /** A column of one certain table: one that is written, or that both sides of a join should have. */
    void columnOf(Relation relation, SqlName name) {
        if (!relation.open() && !relation.columns().containsKey(name.value())) {
            flaw(
                    Kind.UNKNOWN_COLUMN,
                    name,
                    relation.name(),
                    List.copyOf(relation.columns().keySet()));
        }
    }

    /** A column that one side of a join should have. */
    void columnOf(Scope side, SqlName name) {
        var found = side.findHere(name.value());
        if (found instanceof Scope.Found.Nothing) {
            flaw(Kind.UNKNOWN_COLUMN, name, Optional.empty(), side.columnNamesHere());
        } else if (found instanceof Scope.Found.Ambiguous ambiguous) {
            flaw(Kind.AMBIGUOUS_COLUMN, name, Optional.empty(), ambiguous.relations());
        }
    }

    private void flaw(Kind kind, SqlName name, Optional<String> owner, List<String> known) {
        var span = name.span();
        if (flaws.size() < MOST && span.end() > span.begin()) {
            flaws.add(new NameFlaw(kind, name.value(), source.locate(span.begin(), span.end()), owner, known));
        }
    }
}
