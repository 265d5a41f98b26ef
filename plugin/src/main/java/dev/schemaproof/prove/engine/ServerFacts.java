package dev.schemaproof.prove.engine;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What a server says of itself and of the role that is logged in.
 *
 * @param product the first word of {@code version()}; not {@code PostgreSQL} for what only speaks its protocol
 * @param version {@code server_version_num}
 * @param shownVersion as people write it: {@code 18.6}
 * @param database the database connected to
 * @param role the role logged in
 * @param superuser whether the role is a superuser
 * @param createsDatabases whether the role may create a database
 * @param createsSchemas whether the role may create a schema in the database
 */
record ServerFacts(
        String product,
        int version,
        String shownVersion,
        String database,
        String role,
        boolean superuser,
        boolean createsDatabases,
        boolean createsSchemas) {

    static ServerFacts read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT split_part(version(), ' ', 1),"
                        + " current_setting('server_version_num')::int,"
                        + " split_part(current_setting('server_version'), ' ', 1),"
                        + " current_database(), current_user, rolsuper, rolsuper OR rolcreatedb,"
                        + " has_database_privilege(current_database(), 'CREATE')"
                        + " FROM pg_roles WHERE rolname = current_user")) {
            if (!row.next()) {
                throw new SQLException("the server does not show the role that is logged in");
            }
            return new ServerFacts(
                    row.getString(1),
                    row.getInt(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getBoolean(6),
                    row.getBoolean(7),
                    row.getBoolean(8));
        }
    }

    /** {@code PostgreSQL 18.6}. */
    String shown() {
        return product + " " + shownVersion;
    }

    boolean isTooOld() {
        return version < EngineRequest.OLDEST_MAJOR * 10_000;
    }
}
