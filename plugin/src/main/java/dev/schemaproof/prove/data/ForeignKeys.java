package dev.schemaproof.prove.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The foreign keys of a table that is being filled, checked for all of its rows at once when these are there: row by row, as the
 * database does it, that takes several times as long. Only a superuser may do so. Where one cannot wait, or some are checked
 * later still, all of them are left to the database.
 *
 * @param table as SQL names it
 * @param keys those that are not checked now
 */
record ForeignKeys(Connection connection, String table, List<Key> keys) {

    /** What refuses a row without the row that it refers to. */
    private static final String VIOLATED = "23503";

    private static final String KEYS = """
            SELECT c.conname, quote_ident(t.tgname), c.confrelid::regclass::text,
                   ARRAY(SELECT quote_ident(a.attname) FROM unnest(c.conkey) WITH ORDINALITY k(n, ord)
                         JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.n ORDER BY ord),
                   ARRAY(SELECT quote_ident(a.attname) FROM unnest(c.confkey) WITH ORDINALITY k(n, ord)
                         JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.n ORDER BY ord)
            FROM pg_trigger t
            JOIN pg_class r ON r.oid = t.tgrelid AND r.relkind = 'r' AND NOT r.relispartition
            JOIN pg_constraint c ON c.oid = t.tgconstraint AND c.conrelid = t.tgrelid AND c.contype = 'f'
            WHERE t.tgrelid = ?::regclass AND t.tgfoid = 'pg_catalog."RI_FKey_check_ins"'::regproc AND t.tgenabled = 'O'
              AND c.confmatchtype = 's' AND c.convalidated AND current_setting('is_superuser') = 'on'
              AND NOT EXISTS (SELECT FROM pg_trigger d WHERE d.tgrelid = t.tgrelid AND d.tgdeferrable)
            ORDER BY c.conname
            """;

    ForeignKeys {
        keys = List.copyOf(keys);
    }

    /**
     * A foreign key.
     *
     * @param trigger by which the database checks it
     * @param target the table that is referred to
     */
    record Key(String name, String trigger, String target, List<String> columns, List<String> referred) {

        Key {
            columns = List.copyOf(columns);
            referred = List.copyOf(referred);
        }

        /** Finds a row that refers to none; a reference of which a part is missing refers to nothing. */
        String orphan(String table) {
            StringBuilder present = new StringBuilder();
            StringBuilder equal = new StringBuilder();
            for (int i = 0; i < columns.size(); i++) {
                present.append("c.").append(columns.get(i)).append(" IS NOT NULL AND ");
                equal.append(i == 0 ? "" : " AND ")
                        .append("p.")
                        .append(referred.get(i))
                        .append(" = c.")
                        .append(columns.get(i));
            }
            return "SELECT FROM " + table + " c WHERE " + present + "NOT EXISTS (SELECT FROM " + target + " p WHERE "
                    + equal + ") LIMIT 1";
        }
    }

    /** From now on, until {@link #check}, nothing is checked that can be checked for all rows at once. */
    static ForeignKeys suspended(Connection connection, String table) throws SQLException {
        List<Key> keys = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(KEYS)) {
            query.setString(1, table);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    keys.add(new Key(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            List.of((String[]) row.getArray(4).getArray()),
                            List.of((String[]) row.getArray(5).getArray())));
                }
            }
        }
        ForeignKeys suspended = new ForeignKeys(connection, table, keys);
        suspended.alter("DISABLE");
        return suspended;
    }

    /**
     * Checks all rows of the table, and leaves those to come to the database again.
     *
     * @throws SQLException of the state that the database gives when a row refers to none
     */
    void check() throws SQLException {
        alter("ENABLE");
        try (Statement statement = connection.createStatement()) {
            for (Key key : keys) {
                try (ResultSet row = statement.executeQuery(key.orphan(table))) {
                    if (row.next()) {
                        throw new SQLException(
                                "insert or update on table " + table + " violates foreign key constraint \""
                                        + key.name() + "\"",
                                VIOLATED);
                    }
                }
            }
        }
    }

    private void alter(String how) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (Key key : keys) {
                statement.execute("ALTER TABLE " + table + " " + how + " TRIGGER " + key.trigger());
            }
        }
    }
}
