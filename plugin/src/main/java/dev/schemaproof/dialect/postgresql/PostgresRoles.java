package dev.schemaproof.dialect.postgresql;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Roles that a PostgreSQL server has before anybody makes one. */
public final class PostgresRoles {

    /** Everybody, and whoever it is that gives the order; see GRANT and CREATE POLICY in the manual. */
    public static final Set<String> WORDS = Set.of("public", "current_user", "session_user", "current_role");

    /** The predefined roles with the major version that brought them, 15 for all that were there before. */
    private static final Map<String, Integer> PREDEFINED = Map.ofEntries(
            Map.entry("pg_checkpoint", 15),
            Map.entry("pg_create_subscription", 16),
            Map.entry("pg_database_owner", 15),
            Map.entry("pg_execute_server_program", 15),
            Map.entry("pg_maintain", 17),
            Map.entry("pg_monitor", 15),
            Map.entry("pg_read_all_data", 15),
            Map.entry("pg_read_all_settings", 15),
            Map.entry("pg_read_all_stats", 15),
            Map.entry("pg_read_server_files", 15),
            Map.entry("pg_signal_autovacuum_worker", 18),
            Map.entry("pg_signal_backend", 15),
            Map.entry("pg_stat_scan_tables", 15),
            Map.entry("pg_use_reserved_connections", 16),
            Map.entry("pg_write_all_data", 15),
            Map.entry("pg_write_server_files", 15));

    private PostgresRoles() {}

    /** The names of the roles that a server of this major version brings along. */
    public static Set<String> predefined(int version) {
        var names = new TreeSet<String>();
        PREDEFINED.forEach((name, since) -> {
            if (since <= version) {
                names.add(name);
            }
        });
        return names;
    }

    /** Whether no role can be made with this name: PostgreSQL keeps words, and all that begins like its own roles. */
    public static boolean isReserved(String name) {
        return WORDS.contains(name) || name.equals("none") || name.startsWith("pg_") && !PREDEFINED.containsKey(name);
    }
}
