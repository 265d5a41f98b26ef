package dev.schemaproof.catalog;

import dev.schemaproof.catalog.CatalogTable.Check;
import dev.schemaproof.catalog.CatalogTable.Column;
import dev.schemaproof.catalog.CatalogTable.Event;
import dev.schemaproof.catalog.CatalogTable.ForeignKey;
import dev.schemaproof.catalog.CatalogTable.Identity;
import dev.schemaproof.catalog.CatalogTable.Index;
import dev.schemaproof.catalog.CatalogTable.Key;
import dev.schemaproof.catalog.CatalogTable.Part;
import dev.schemaproof.catalog.CatalogTable.Trigger;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the catalog of PostgreSQL 15 to 18: one query for each kind of thing, however many tables there are.
 *
 * <p>Ordinary and partitioned tables are read, with their columns, constraints, indexes and triggers, and enums and
 * domains. Left out are the history table of Flyway, partitions, views, functions, and what an extension has made.
 */
public final class CatalogReader {

    /** The table in which Flyway notes what it has run. */
    static final String FLYWAY_HISTORY = "flyway_schema_history";

    private static final String OURS = """
            t.relkind IN ('r', 'p') AND NOT t.relispartition AND n.nspname = ? AND t.relname <> '%s'
              AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = t.oid
                              AND d.deptype = 'e')
            """.formatted(FLYWAY_HISTORY);

    private static final String TABLES = """
            SELECT t.relname FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
            WHERE %s ORDER BY t.relname COLLATE "C"
            """.formatted(OURS);

    private static final String COLUMNS = """
            SELECT t.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity::text,
                   a.attgenerated::text, pg_get_expr(d.adbin, d.adrelid),
                   CASE WHEN a.attcollation <> y.typcollation THEN c.collname END
            FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
            JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
            JOIN pg_type y ON y.oid = a.atttypid
            LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            LEFT JOIN pg_collation c ON c.oid = a.attcollation
            WHERE %s ORDER BY t.relname COLLATE "C", a.attnum
            """.formatted(OURS);

    private static final String CONSTRAINTS = """
            SELECT t.relname, k.conname, k.contype::text,
                   ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY u(attnum, ord)
                         JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum ORDER BY u.ord),
                   f.relname,
                   ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY u(attnum, ord)
                         JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.attnum ORDER BY u.ord),
                   k.confdeltype::text, k.confupdtype::text, k.condeferrable, pg_get_expr(k.conbin, k.conrelid)
            FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
            JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype IN ('p', 'u', 'f', 'c')
            LEFT JOIN pg_class f ON f.oid = k.confrelid
            WHERE %s ORDER BY t.relname COLLATE "C", k.conname COLLATE "C"
            """.formatted(OURS);

    private static final String INDEXES = """
            SELECT t.relname, i.relname, m.amname, x.indisunique, p.ord <= x.indnkeyatts, a.attname,
                   pg_get_indexdef(x.indexrelid, p.ord, true), (x.indoption[p.ord - 1] & 1) <> 0,
                   (x.indoption[p.ord - 1] & 2) <> 0, CASE WHEN NOT o.opcdefault THEN o.opcname END,
                   pg_get_expr(x.indpred, x.indrelid)
            FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
            JOIN pg_index x ON x.indrelid = t.oid
            JOIN pg_class i ON i.oid = x.indexrelid
            JOIN pg_am m ON m.oid = i.relam
            CROSS JOIN LATERAL generate_series(1, x.indnatts::int) p(ord)
            LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[p.ord - 1] AND a.attnum <> 0
            LEFT JOIN pg_opclass o ON p.ord <= x.indnkeyatts AND o.oid = x.indclass[p.ord - 1]
            WHERE %s
              AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = x.indexrelid AND k.contype IN ('p', 'u', 'x'))
            ORDER BY t.relname COLLATE "C", i.relname COLLATE "C", p.ord
            """.formatted(OURS);

    private static final String TRIGGERS = """
            SELECT t.relname, g.tgname, g.tgtype, p.proname, g.tgenabled::text
            FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
            JOIN pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal
            JOIN pg_proc p ON p.oid = g.tgfoid
            WHERE %s ORDER BY t.relname COLLATE "C", g.tgname COLLATE "C"
            """.formatted(OURS);

    private static final String ENUMERATIONS = """
            SELECT y.typname, e.enumlabel FROM pg_type y
            JOIN pg_namespace n ON n.oid = y.typnamespace JOIN pg_enum e ON e.enumtypid = y.oid
            WHERE n.nspname = ? ORDER BY y.typname COLLATE "C", e.enumsortorder
            """;

    private static final String DOMAINS = """
            SELECT y.typname, format_type(y.typbasetype, y.typtypmod),
                   ARRAY(SELECT pg_get_constraintdef(k.oid) FROM pg_constraint k
                         WHERE k.contypid = y.oid AND k.contype = 'c' ORDER BY k.conname COLLATE "C")
            FROM pg_type y JOIN pg_namespace n ON n.oid = y.typnamespace
            WHERE n.nspname = ? AND y.typtype = 'd' ORDER BY y.typname COLLATE "C"
            """;

    /** From {@code catalog/pg_trigger.h}. */
    private static final int FOR_EACH_ROW = 1;

    private static final int BEFORE = 1 << 1;
    private static final int ON_INSERT = 1 << 2;
    private static final int ON_DELETE = 1 << 3;
    private static final int ON_UPDATE = 1 << 4;
    private static final int ON_TRUNCATE = 1 << 5;
    private static final int INSTEAD = 1 << 6;

    private final Connection connection;
    private final String schema;

    /**
     * @param connection used and left open; what is on its search path is printed without its schema
     * @param schema the schema to read
     */
    public CatalogReader(Connection connection, String schema) {
        this.connection = connection;
        this.schema = schema;
    }

    /** Reads everything. */
    public Catalog read() throws SQLException {
        Map<String, Gathered> tables = new LinkedHashMap<>();
        query(TABLES, row -> tables.put(row.getString(1), new Gathered()));
        query(COLUMNS, row -> at(tables, row).columns.add(column(row)));
        query(CONSTRAINTS, row -> constraint(at(tables, row), row));
        query(INDEXES, row -> index(at(tables, row), row));
        query(TRIGGERS, row -> at(tables, row).triggers.add(trigger(row)));
        Map<String, List<String>> enumerations = new LinkedHashMap<>();
        query(
                ENUMERATIONS,
                row -> enumerations
                        .computeIfAbsent(row.getString(1), name -> new ArrayList<>())
                        .add(row.getString(2)));
        Map<String, CatalogDomain> domains = new LinkedHashMap<>();
        query(DOMAINS, row -> domains.put(row.getString(1), domain(row)));

        Map<String, CatalogTable> finished = new LinkedHashMap<>();
        tables.forEach((name, gathered) -> finished.put(name, gathered.table(name)));
        return new Catalog(finished, enumerations, domains);
    }

    private static Gathered at(Map<String, Gathered> tables, ResultSet row) throws SQLException {
        // A table made since the first query is as good as any
        return tables.computeIfAbsent(row.getString(1), name -> new Gathered());
    }

    private static Column column(ResultSet row) throws SQLException {
        Optional<Expression> expression = expression(row.getString(7));
        boolean generated = !row.getString(6).isEmpty();
        return new Column(
                row.getString(2),
                Expression.printed(row.getString(3)),
                !row.getBoolean(4),
                generated ? Optional.empty() : expression,
                generated ? expression : Optional.empty(),
                switch (row.getString(5)) {
                    case "a" -> Identity.ALWAYS;
                    case "d" -> Identity.BY_DEFAULT;
                    default -> Identity.NONE;
                },
                Optional.ofNullable(row.getString(8)));
    }

    private static void constraint(Gathered table, ResultSet row) throws SQLException {
        Optional<String> name = Optional.of(row.getString(2));
        List<String> columns = texts(row.getArray(4));
        switch (row.getString(3)) {
            case "p" -> table.primaryKey = new Key(name, columns);
            case "u" -> table.uniques.add(new Key(name, columns));
            case "f" ->
                table.foreignKeys.add(new ForeignKey(
                        name,
                        columns,
                        row.getString(5),
                        texts(row.getArray(6)),
                        action(row.getString(7)),
                        action(row.getString(8)),
                        row.getBoolean(9)));
            default -> table.checks.add(new Check(name, Expression.printed(row.getString(10))));
        }
    }

    private static void index(Gathered table, ResultSet row) throws SQLException {
        String name = row.getString(2);
        GatheredIndex index = table.indexes.get(name);
        if (index == null) {
            index = new GatheredIndex(row.getString(3), row.getBoolean(4), expression(row.getString(11)));
            table.indexes.put(name, index);
        }
        Optional<String> column = Optional.ofNullable(row.getString(6));
        if (!row.getBoolean(5)) {
            index.include.add(column.orElseThrow());
            return;
        }
        index.parts.add(new Part(
                column,
                column.isPresent() ? Optional.empty() : expression(row.getString(7)),
                row.getBoolean(8),
                row.getBoolean(9),
                Optional.ofNullable(row.getString(10))));
    }

    private static Trigger trigger(ResultSet row) throws SQLException {
        int type = row.getInt(3);
        Set<Event> events = EnumSet.noneOf(Event.class);
        addIf(type, ON_INSERT, Event.INSERT, events);
        addIf(type, ON_DELETE, Event.DELETE, events);
        addIf(type, ON_UPDATE, Event.UPDATE, events);
        addIf(type, ON_TRUNCATE, Event.TRUNCATE, events);
        String timing = (type & INSTEAD) != 0 ? "instead of" : (type & BEFORE) != 0 ? "before" : "after";
        String enabled = row.getString(5);
        return new Trigger(
                row.getString(2),
                timing,
                events,
                (type & FOR_EACH_ROW) != 0,
                row.getString(4),
                enabled.equals("O") || enabled.equals("A"));
    }

    private static void addIf(int type, int bit, Event event, Set<Event> events) {
        if ((type & bit) != 0) {
            events.add(event);
        }
    }

    private static CatalogDomain domain(ResultSet row) throws SQLException {
        return new CatalogDomain(
                row.getString(1),
                Expression.printed(row.getString(2)),
                texts(row.getArray(3)).stream().map(Expression::printed).toList());
    }

    private static String action(String letter) {
        return switch (letter) {
            case "r" -> "restrict";
            case "c" -> "cascade";
            case "n" -> "set-null";
            case "d" -> "set-default";
            default -> "no-action";
        };
    }

    private static Optional<Expression> expression(@Nullable String text) {
        return Optional.ofNullable(text).map(Expression::printed);
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    private void query(String sql, RowReader reader) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, schema);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        }
    }

    @FunctionalInterface
    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    /** A table as far as it has been read. */
    private static final class Gathered {
        private final List<Column> columns = new ArrayList<>();
        private @Nullable Key primaryKey;
        private final List<Key> uniques = new ArrayList<>();
        private final List<ForeignKey> foreignKeys = new ArrayList<>();
        private final List<Check> checks = new ArrayList<>();
        private final Map<String, GatheredIndex> indexes = new LinkedHashMap<>();
        private final List<Trigger> triggers = new ArrayList<>();

        CatalogTable table(String name) {
            List<Index> finished = new ArrayList<>();
            indexes.forEach((indexName, index) -> finished.add(
                    new Index(indexName, index.method, index.unique, index.parts, index.include, index.where)));
            return new CatalogTable(
                    name, columns, Optional.ofNullable(primaryKey), uniques, foreignKeys, checks, finished, triggers);
        }
    }

    /** An index as far as it has been read. */
    private record GatheredIndex(
            String method, boolean unique, Optional<Expression> where, List<Part> parts, List<String> include) {

        GatheredIndex(String method, boolean unique, Optional<Expression> where) {
            this(method, unique, where, new ArrayList<>(), new ArrayList<>());
        }
    }
}
