package dev.schemaproof.catalog;

import dev.schemaproof.catalog.ScratchSql.Scratch;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Has a database print a catalog's types and expressions in its own words, so that they can be compared with what it
 * holds: each table is made once more as a temporary one, read back, and rolled back.
 *
 * <p>What the database refuses there stays as it was written, and is then compared by its presence only.
 */
public final class ExpressionPrinter {

    /** Every table made in a transaction takes locks, of which a server has a few thousand. */
    private static final int TABLES_A_TRANSACTION = 100;

    /**
     * Temporary copies have the names of what they are copies of, as expressions may use them; they come last here, lest
     * they hide the others from expressions and from what PostgreSQL prints.
     */
    private static final String COPIES_COME_LAST = """
            SELECT set_config('search_path', string_agg(quote_ident(s), ', ' ORDER BY o) || ', pg_temp', true)
            FROM unnest(current_schemas(false)) WITH ORDINALITY u(s, o) WHERE s NOT LIKE 'pg\\_temp\\_%'
            """;

    private static final String VIEWS = """
            SELECT relname, pg_get_viewdef(oid) FROM pg_class
            WHERE relnamespace = pg_my_temp_schema() AND relkind = 'v'
            """;

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
            ScratchSql sql = new ScratchSql(written.schemas().keySet());
            Map<CatalogName, CatalogTable> tables = new HashMap<>(written.tables());
            for (List<CatalogTable> some :
                    batches(written.tables().values(), CatalogTable::name, ExpressionPrinter::weight)) {
                tables.putAll(tables(sql, some));
            }
            Map<CatalogName, CatalogDomain> domains = new HashMap<>(written.domains());
            for (List<CatalogDomain> some : batches(written.domains().values(), CatalogDomain::name, domain -> 1)) {
                domains.putAll(domains(sql, some));
            }
            return written.with(tables, domains);
        } finally {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        }
    }

    private static int weight(CatalogTable table) {
        return 1
                + table.indexes().size()
                + table.partitioning()
                        .map(division -> division.partitions().size())
                        .orElse(0);
    }

    /** Things whose names differ even without their SQL schemas, few enough for one transaction. */
    private static <T> List<List<T>> batches(
            Collection<T> things, Function<T, CatalogName> name, ToIntFunction<T> weight) {
        List<List<T>> batches = new ArrayList<>();
        Optional<String> schema = Optional.empty();
        int load = TABLES_A_TRANSACTION;
        for (T thing : things) {
            Optional<String> own = name.apply(thing).schema();
            if (load >= TABLES_A_TRANSACTION || !own.equals(schema)) {
                batches.add(new ArrayList<>());
                load = 0;
                schema = own;
            }
            batches.get(batches.size() - 1).add(thing);
            load += weight.applyAsInt(thing);
        }
        return batches;
    }

    private Map<CatalogName, CatalogTable> tables(ScratchSql sql, List<CatalogTable> some) throws SQLException {
        begin();
        for (int i = 0; i < some.size(); i++) {
            make(sql.of(some.get(i), i));
        }
        Map<CatalogName, CatalogTable> copies =
                new CatalogReader(connection, temporarySchema()).readPrinted().tables();
        Map<String, Expression> views = views();
        String user = one("SELECT current_user").orElseThrow();
        connection.rollback();
        Map<CatalogName, CatalogTable> printed = new LinkedHashMap<>();
        for (int i = 0; i < some.size(); i++) {
            CatalogTable table = some.get(i);
            CatalogTable copy = copies.get(CatalogName.of(table.name().name()));
            if (copy != null) {
                printed.put(
                        table.name(),
                        new PrintedTable(table, copy, Optional.ofNullable(views.get(ScratchSql.viewName(i))), user)
                                .merged());
            }
        }
        return printed;
    }

    private Map<CatalogName, CatalogDomain> domains(ScratchSql sql, List<CatalogDomain> some) throws SQLException {
        begin();
        for (CatalogDomain domain : some) {
            make(sql.of(domain));
        }
        Map<CatalogName, CatalogDomain> copies =
                new CatalogReader(connection, temporarySchema()).readPrinted().domains();
        connection.rollback();
        Map<CatalogName, CatalogDomain> printed = new LinkedHashMap<>();
        for (CatalogDomain domain : some) {
            CatalogDomain copy = copies.get(CatalogName.of(domain.name().name()));
            if (copy != null) {
                printed.put(domain.name(), PrintedTable.merged(domain, copy));
            }
        }
        return printed;
    }

    private void begin() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(COPIES_COME_LAST);
        }
    }

    private void make(Scratch thing) throws SQLException {
        if (!accepted(thing.together()) && accepted(thing.statement())) {
            for (String detail : thing.details()) {
                accepted(detail);
            }
        }
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

    private Map<String, Expression> views() throws SQLException {
        Map<String, Expression> views = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(VIEWS)) {
            while (row.next()) {
                views.put(row.getString(1), Expression.printed(row.getString(2)));
            }
        }
        return views;
    }

    private String temporarySchema() throws SQLException {
        return one("SELECT nspname FROM pg_namespace WHERE oid = pg_my_temp_schema()")
                .orElse("pg_temp");
    }

    private Optional<String> one(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
    }
}
