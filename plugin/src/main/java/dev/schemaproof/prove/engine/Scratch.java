package dev.schemaproof.prove.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The database or schema made for one run.
 *
 * @param name of the database or schema
 * @param isolation which of the two it is
 * @param dataSource connects to it
 */
record Scratch(String name, Isolation isolation, PGSimpleDataSource dataSource) {

    /** What every name of ours begins with. */
    static final String PREFIX = "schemaproof_";

    private static final int RANDOM_LENGTH = 12;

    /** A name that no other run uses. It needs no quotes in SQL. */
    private static String newName() {
        StringBuilder name = new StringBuilder(PREFIX);
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (int i = 0; i < RANDOM_LENGTH; i++) {
            name.append(Character.forDigit(random.nextInt(36), 36));
        }
        return name.toString();
    }

    static Scratch database(Login login) {
        String name = newName();
        return new Scratch(name, Isolation.DATABASE, login.database(name));
    }

    /** A schema, the only one on the search path: nothing of the user's is found, or changed, by its bare name. */
    static Scratch schema(Login login) {
        String name = newName();
        return new Scratch(name, Isolation.SCHEMA, login.schema(name));
    }

    /**
     * Makes it. A database is made equal everywhere: with nothing that someone added to {@code template1}, in UTF-8, and
     * with texts ordered by their bytes whatever the server's locale is.
     */
    void create(Connection home) throws SQLException {
        execute(
                home,
                isolation == Isolation.DATABASE
                        ? "CREATE DATABASE " + name
                                + " TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER libc LOCALE 'C'"
                        : "CREATE SCHEMA " + name);
    }

    /** The schema where names without a qualifier are created. */
    String schema() {
        return isolation == Isolation.DATABASE ? "public" : name;
    }

    /** {@code database `schemaproof_...`}. */
    String described() {
        return isolation.name().toLowerCase(Locale.ROOT) + " `" + name + "`";
    }

    /** Drops it, with the connections that are still open. */
    void drop(Connection home) throws SQLException {
        if (isolation == Isolation.DATABASE) {
            execute(home, "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
        } else {
            // Their locks would keep the schema; they are ours, known by the name that their login gives
            execute(
                    home,
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity" + " WHERE application_name = '" + name
                            + "' AND pid <> pg_backend_pid()",
                    "SET client_min_messages = warning",
                    "DROP SCHEMA IF EXISTS " + name + " CASCADE");
        }
    }

    static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
