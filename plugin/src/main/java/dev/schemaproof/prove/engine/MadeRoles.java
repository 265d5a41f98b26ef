package dev.schemaproof.prove.engine;

import dev.schemaproof.dialect.postgresql.PostgresDialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The roles that were made on a server of the user's for one run, to be dropped when its database is gone. */
final class MadeRoles {

    private static final PostgresDialect SQL = new PostgresDialect();

    /** {@code dependent_objects_still_exist}: somebody has begun to use it. */
    private static final String STILL_USED = "2BP01";

    private final List<String> names = new CopyOnWriteArrayList<>();

    void add(List<String> made) {
        names.addAll(made);
    }

    /** Drops each that nothing depends on. */
    void drop(Connection home) throws SQLException {
        for (String name : names) {
            try {
                Scratch.execute(
                        home, "SET client_min_messages = warning", "DROP ROLE IF EXISTS " + SQL.identifier(name));
            } catch (SQLException refused) {
                if (!STILL_USED.equals(refused.getSQLState())) {
                    throw refused;
                }
            }
        }
    }
}
