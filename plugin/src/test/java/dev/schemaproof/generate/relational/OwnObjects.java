package dev.schemaproof.generate.relational;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Everything that a database holds beside its rows, in words that are the same for the same thing. */
final class OwnObjects {

    private static final String OURS = " NOT IN ('pg_catalog', 'information_schema', 'pg_toast')";

    private static final List<String> QUERIES = List.of(
            """
            SELECT concat_ws(' ', 'relation', c.oid::regclass, c.relkind, c.relpersistence, c.relrowsecurity, c.reloptions,
                obj_description(c.oid, 'pg_class'), c.relacl, CASE c.relkind WHEN 'v' THEN pg_get_viewdef(c.oid) WHEN 'i' THEN pg_get_indexdef(c.oid) END)
            FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE n.nspname""" + OURS,
            """
            SELECT concat_ws(' ', 'column', a.attrelid::regclass, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull)
            FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
            WHERE a.attnum > 0 AND NOT a.attisdropped AND n.nspname""" + OURS,
            """
            SELECT concat_ws(' ', 'trigger', pg_get_triggerdef(t.oid), t.tgenabled, obj_description(t.oid, 'pg_trigger'))
            FROM pg_trigger AS t WHERE NOT t.tgisinternal""",
            """
            SELECT concat_ws(' ', 'routine', p.oid::regprocedure, pg_get_functiondef(p.oid), p.proacl, obj_description(p.oid, 'pg_proc'))
            FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace WHERE n.nspname""" + OURS,
            """
            SELECT concat_ws(' ', 'constraint', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid), c.convalidated,
                obj_description(c.oid, 'pg_constraint'))
            FROM pg_constraint AS c JOIN pg_namespace AS n ON n.oid = c.connamespace WHERE n.nspname""" + OURS,
            "SELECT concat_ws(' ', 'policy', tablename, policyname, qual) FROM pg_policies");

    private OwnObjects() {}

    static List<String> of(Connection connection) throws SQLException {
        var found = new ArrayList<String>();
        for (var query : QUERIES) {
            found.addAll(SyncBed.query(connection, query));
        }
        return found.stream().sorted().toList();
    }
}
