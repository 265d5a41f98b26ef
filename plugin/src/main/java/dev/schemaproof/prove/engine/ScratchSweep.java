package dev.schemaproof.prove.engine;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes from a server of the user's what a killed build left there. Only what bears our name, belongs to the role that
 * is logged in, is signed by a JVM that was of this machine and is gone, and has nobody connected to it.
 */
final class ScratchSweep {

    private static final String SIGNATURE = "made for a run of Schemaproof by ";

    private static final String LEFT_DATABASES = "SELECT datname, shobj_description(d.oid, 'pg_database')"
            + " FROM pg_database d WHERE starts_with(datname, '" + Scratch.PREFIX + "')"
            + " AND pg_get_userbyid(datdba) = current_user"
            + " AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid)";

    private static final String LEFT_SCHEMAS = "SELECT nspname, obj_description(n.oid, 'pg_namespace')"
            + " FROM pg_namespace n WHERE starts_with(nspname, '" + Scratch.PREFIX + "')"
            + " AND pg_get_userbyid(nspowner) = current_user"
            + " AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.application_name = nspname)";

    private ScratchSweep() {}

    /** Writes down whose it is. */
    static void sign(Connection home, Scratch scratch, ProcessIdentity self) throws SQLException {
        Scratch.execute(
                home,
                "COMMENT ON " + scratch.isolation() + " " + scratch.name() + " IS '" + SIGNATURE + self.text() + "'");
    }

    /** Drops what is left; what cannot be dropped stays for another time. */
    static void sweep(Connection home, ProcessIdentity self) {
        sweep(home, self, LEFT_DATABASES, "DROP DATABASE IF EXISTS %s");
        sweep(home, self, LEFT_SCHEMAS, "DROP SCHEMA IF EXISTS %s CASCADE");
    }

    private static void sweep(Connection home, ProcessIdentity self, String query, String drop) {
        try {
            for (String name : left(home, self, query)) {
                Scratch.execute(home, drop.formatted("\"" + name.replace("\"", "\"\"") + "\""));
            }
        } catch (SQLException unswept) {
            // another build may be sweeping too, or the right is gone: not this run's concern
        }
    }

    private static List<String> left(Connection home, ProcessIdentity self, String query) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = home.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                String comment = rows.getString(2);
                if (comment != null
                        && comment.startsWith(SIGNATURE)
                        && ProcessIdentity.parse(comment.substring(SIGNATURE.length()))
                                .filter(maker -> maker.isGone(self))
                                .isPresent()) {
                    names.add(rows.getString(1));
                }
            }
        }
        return names;
    }
}
