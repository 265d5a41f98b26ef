package dev.schemaproof.catalog;

import dev.schemaproof.catalog.CatalogTable.Check;
import dev.schemaproof.catalog.CatalogTable.Column;
import dev.schemaproof.catalog.CatalogTable.Index;
import dev.schemaproof.catalog.CatalogTable.Part;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Has a database print a catalog's types and expressions in its own words, so that they can be compared with what it
 * holds: each table is made once more as a temporary one, read back, and rolled back.
 *
 * <p>What the database refuses there stays as it was written, and is then compared by its presence only.
 */
public final class ExpressionPrinter {

    /** Every table made in a transaction takes locks, of which a server has a few thousand. */
    private static final int TABLES_A_TRANSACTION = 100;

    private final Connection connection;

    /** @param connection used and left open; nothing is left behind in it */
    public ExpressionPrinter(Connection connection) {
        this.connection = connection;
    }

    /** The catalog with what the database could print, printed. */
    public Catalog print(Catalog written) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            Map<String, CatalogTable> tables = new LinkedHashMap<>();
            List<CatalogTable> all = List.copyOf(written.tables().values());
            for (int from = 0; from < all.size(); from += TABLES_A_TRANSACTION) {
                List<CatalogTable> some = all.subList(from, Math.min(all.size(), from + TABLES_A_TRANSACTION));
                Catalog scratch = scratch(some.stream()
                        .map(table -> new Scratch(tableStatement(table), tableDetails(table)))
                        .toList());
                for (CatalogTable table : some) {
                    CatalogTable copy = scratch.tables().get(table.name());
                    tables.put(table.name(), copy == null ? table : printed(table, copy));
                }
            }
            Catalog scratch = scratch(written.domains().values().stream()
                    .map(domain -> new Scratch(domainStatement(domain), domainDetails(domain)))
                    .toList());
            Map<String, CatalogDomain> domains = new LinkedHashMap<>();
            written.domains().forEach((name, domain) -> {
                CatalogDomain copy = scratch.domains().get(name);
                domains.put(
                        name,
                        copy == null || copy.checks().size() != domain.checks().size() ? domain : copy);
            });
            return new Catalog(tables, written.enumerations(), domains);
        } finally {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        }
    }

    /**
     * Something to make temporarily.
     *
     * @param statement makes it
     * @param details each adds to it, and may be refused without harm to the others
     */
    private record Scratch(String statement, List<String> details) {}

    private Catalog scratch(List<Scratch> things) throws SQLException {
        if (things.isEmpty()) {
            return new Catalog(Map.of(), Map.of(), Map.of());
        }
        for (Scratch thing : things) {
            String together =
                    thing.details().stream().collect(Collectors.joining(";\n", thing.statement() + ";\n", ""));
            if (!accepted(together) && accepted(thing.statement())) {
                for (String detail : thing.details()) {
                    accepted(detail);
                }
            }
        }
        Catalog read = new CatalogReader(connection, temporarySchema()).read();
        connection.rollback();
        return read;
    }

    private boolean accepted(String sql) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
            connection.releaseSavepoint(before);
            return true;
        } catch (SQLException refused) {
            if (connection.isClosed()) {
                throw refused;
            }
            connection.rollback(before);
            return false;
        }
    }

    private String temporarySchema() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT nspname FROM pg_namespace WHERE oid = pg_my_temp_schema()")) {
            return row.next() ? row.getString(1) : "pg_temp";
        }
    }

    /** An expression may end in a comment, which must not take what follows with it. */
    private static String onItsOwn(Expression expression) {
        return expression.text() + "\n";
    }

    private static String tableStatement(CatalogTable table) {
        return table.columns().stream()
                .filter(column -> column.generated().isEmpty())
                .map(column ->
                        Identifiers.quoted(column.name()) + " " + column.type().text())
                .collect(Collectors.joining(
                        ", ", "CREATE TEMPORARY TABLE " + Identifiers.quoted(table.name()) + " (", ")"));
    }

    private static List<String> tableDetails(CatalogTable table) {
        String alter = "ALTER TABLE pg_temp." + Identifiers.quoted(table.name());
        List<String> statements = new ArrayList<>();
        for (Column column : table.columns()) {
            String name = Identifiers.quoted(column.name());
            column.defaultValue()
                    .ifPresent(value -> statements.add(alter + " ALTER " + name + " SET DEFAULT " + onItsOwn(value)));
            column.generated()
                    .ifPresent(value -> statements.add(alter + " ADD " + name + " "
                            + column.type().text() + " GENERATED ALWAYS AS (" + onItsOwn(value) + ") STORED"));
        }
        for (int i = 0; i < table.checks().size(); i++) {
            statements.add(alter + " ADD CONSTRAINT " + checkName(i) + " CHECK ("
                    + onItsOwn(table.checks().get(i).condition()) + ")");
        }
        for (Index index : table.indexes()) {
            statements.add(indexStatement(table, index));
        }
        return statements;
    }

    private static String checkName(int number) {
        return "\"check " + number + "\"";
    }

    private static String indexStatement(CatalogTable table, Index index) {
        String parts = index.parts().stream()
                .map(part -> part.column()
                                .map(Identifiers::quoted)
                                .orElseGet(() -> "("
                                        + part.expression()
                                                .map(ExpressionPrinter::onItsOwn)
                                                .orElseThrow()
                                        + ")")
                        + part.operatorClass().map(name -> " " + name).orElse(""))
                .collect(Collectors.joining(", "));
        return "CREATE INDEX " + Identifiers.quoted(index.name()) + " ON pg_temp." + Identifiers.quoted(table.name())
                + " USING " + index.method() + " (" + parts + ")"
                + index.where().map(where -> " WHERE " + onItsOwn(where)).orElse("");
    }

    private static String domainStatement(CatalogDomain domain) {
        return "CREATE DOMAIN pg_temp." + Identifiers.quoted(domain.name()) + " AS "
                + domain.type().text();
    }

    private static List<String> domainDetails(CatalogDomain domain) {
        return domain.checks().stream()
                .map(check -> "ALTER DOMAIN pg_temp." + Identifiers.quoted(domain.name()) + " ADD CHECK ("
                        + onItsOwn(check) + ")")
                .toList();
    }

    /** The table, with the words of its temporary copy where that has them. */
    private static CatalogTable printed(CatalogTable table, CatalogTable copy) {
        Map<String, Column> columns = copy.columns().stream().collect(Collectors.toMap(Column::name, column -> column));
        Map<String, Expression> checks = copy.checks().stream()
                .collect(Collectors.toMap(
                        check -> Identifiers.quoted(check.name().orElseThrow()), Check::condition));
        Map<String, Index> indexes = copy.indexes().stream().collect(Collectors.toMap(Index::name, index -> index));
        List<Check> printedChecks = new ArrayList<>();
        for (int i = 0; i < table.checks().size(); i++) {
            Check check = table.checks().get(i);
            printedChecks.add(new Check(check.name(), checks.getOrDefault(checkName(i), check.condition())));
        }
        return new CatalogTable(
                table.name(),
                table.columns().stream()
                        .map(column -> printed(column, columns.get(column.name())))
                        .toList(),
                table.primaryKey(),
                table.uniques(),
                table.foreignKeys(),
                printedChecks,
                table.indexes().stream()
                        .map(index -> printed(index, indexes.get(index.name())))
                        .toList(),
                table.triggers());
    }

    private static Column printed(Column column, @Nullable Column copy) {
        if (copy == null) {
            return column;
        }
        return new Column(
                column.name(),
                copy.type(),
                column.nullable(),
                either(column.defaultValue(), copy.defaultValue()),
                either(column.generated(), copy.generated()),
                column.identity(),
                column.collation());
    }

    private static Index printed(Index index, @Nullable Index copy) {
        if (copy == null) {
            return index;
        }
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < index.parts().size(); i++) {
            Part part = index.parts().get(i);
            Part same = copy.parts().get(i);
            parts.add(new Part(
                    part.column(), same.expression(), part.descending(), part.nullsFirst(), same.operatorClass()));
        }
        return new Index(index.name(), index.method(), index.unique(), parts, index.include(), copy.where());
    }

    private static Optional<Expression> either(Optional<Expression> written, Optional<Expression> printed) {
        return written.isEmpty() ? written : printed.or(() -> written);
    }
}
