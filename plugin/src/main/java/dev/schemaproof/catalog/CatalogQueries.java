package dev.schemaproof.catalog;

/**
 * The queries of {@link CatalogReader}: one for each kind of thing, and all with the same two parameters, the SQL schema
 * that comes first on the search path and the array of all that are read.
 *
 * <p>What a version lacks is asked of the row as a document, so that one text serves PostgreSQL 15 to 18.
 */
final class CatalogQueries {

    /** The table in which Flyway notes what it has run. */
    private static final String FLYWAY_HISTORY = "flyway_schema_history";

    /** The tables in which {@code triggers.sql} notes what is brought up to date at commit, which keep no log. */
    private static final String NOTES = "schemaproof_(flush|pending_.*)";

    /** Those in which it notes what a consumer brings up to date, which keep one. */
    private static final String OUTBOXES = "schemaproof_outbox_.*";

    /** Those in which it lays aside what is folded into copies later. */
    private static final String ASIDE = "schemaproof_(slots|ledger)_.*";

    /** Those that tie copies to what they are copied from. */
    private static final String TIES = "schemaproof_tie_.*";

    /** What is said of a constraint, unless it is the mark by which {@code triggers.sql} knows its own. */
    private static final String DESCRIBED = """
            (SELECT said FROM obj_description(k.oid, 'pg_constraint') AS said WHERE said !~ '^schemaproof "([^"]|"")*"\\."([^"]|"")*"\\.')\
            """;

    /** The SQL schemas to read; the name of the first counts as none. */
    private static final String HERE = """
            WITH here AS (
              SELECT n.oid, n.nspname, p.main, NULLIF(n.nspname::text, p.main) AS schema
              FROM (SELECT ?::text AS main, ?::text[] AS schemas) p
              JOIN pg_namespace n ON n.nspname = ANY (p.schemas))
            """;

    private static final String TABLE = """
            pg_class t JOIN here n ON n.oid = t.relnamespace AND t.relkind IN ('r', 'p', 'm') AND NOT t.relispartition
              AND NOT (n.schema IS NULL AND t.relname = '%s')
              AND NOT (t.relpersistence = 'u' AND t.relname ~ '^%s$' OR t.relname ~ '^%s$')
              AND NOT t.relname ~ '^(%s)$'
              AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = t.oid
                              AND e.deptype = 'e')
            """.formatted(FLYWAY_HISTORY, NOTES, OUTBOXES, ASIDE + "|" + TIES);

    /** Those of a table are its own and, with a prefix, those of the table that keeps its long values. */
    private static final String STORAGE = """
            ARRAY(SELECT unnest(t.reloptions) UNION ALL
                  SELECT 'toast.' || o FROM pg_class l, unnest(l.reloptions) o WHERE l.oid = t.reltoastrelid)
            """;

    static final String TABLES = HERE + """
            SELECT n.schema, t.relname AS table, t.relpersistence = 'u' AS unlogged, %s AS storage,
                   obj_description(t.oid, 'pg_class') AS comment, t.relrowsecurity AS secured,
                   t.relforcerowsecurity AS forced, pg_get_partkeydef(t.oid) AS partition_key,
                   CASE t.relkind WHEN 'm' THEN pg_get_viewdef(t.oid) END AS query
            FROM %s
            """.formatted(STORAGE, TABLE);

    static final String COLUMNS = HERE + """
            SELECT n.schema, t.relname AS table, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
                   a.attnotnull AS required, a.attidentity::text AS identity, a.attgenerated::text AS generated,
                   pg_get_expr(d.adbin, d.adrelid) AS expression,
                   CASE WHEN a.attcollation <> y.typcollation THEN c.collname END AS collation,
                   col_description(t.oid, a.attnum) AS comment, s.seqstart, s.seqincrement, s.seqmin, s.seqmax,
                   s.seqcache, s.seqcycle
            FROM %s
            JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
            JOIN pg_type y ON y.oid = a.atttypid
            LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            LEFT JOIN pg_collation c ON c.oid = a.attcollation
            LEFT JOIN (pg_depend i JOIN pg_sequence s ON s.seqrelid = i.objid)
              ON i.classid = 'pg_class'::regclass AND i.deptype = 'i' AND i.refclassid = 'pg_class'::regclass
              AND i.refobjid = t.oid AND i.refobjsubid = a.attnum AND a.attidentity <> ''
            ORDER BY a.attnum
            """.formatted(TABLE);

    /** Those that a table referred to has for each of its partitions stand for one. */
    static final String CONSTRAINTS = HERE + """
            SELECT n.schema, t.relname AS table, k.conname AS name, k.contype::text AS kind,
                   ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY u(attnum, ord)
                         JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum ORDER BY u.ord) AS columns,
                   NULLIF(fn.nspname::text, n.main) AS referred_schema, f.relname AS referred_table,
                   ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY u(attnum, ord)
                         JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.attnum ORDER BY u.ord) AS referred,
                   ARRAY(SELECT a.attname::text FROM unnest(k.confdelsetcols) WITH ORDINALITY u(attnum, ord)
                         JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum ORDER BY u.ord) AS emptied,
                   k.confdeltype::text AS on_delete, k.confupdtype::text AS on_update, k.confmatchtype::text AS match,
                   k.condeferrable AS deferrable, k.condeferred AS deferred, k.connoinherit AS no_inherit,
                   k.convalidated AND COALESCE((to_jsonb(k) ->> 'conenforced')::boolean, true) AS validated,
                   COALESCE((to_jsonb(k) ->> 'conperiod')::boolean, false) AS period,
                   pg_get_expr(k.conbin, k.conrelid) AS condition,
                   %s AS comment, x.indnullsnotdistinct AS nulls_not_distinct,
                   ARRAY(SELECT a.attname::text FROM generate_series(x.indnkeyatts::int, x.indnatts - 1) o(ord)
                         JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[o.ord] ORDER BY o.ord) AS include,
                   COALESCE(i.reloptions, '{}') AS storage
            FROM %s
            JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype IN ('p', 'u', 'f', 'c') AND k.conparentid = 0
            LEFT JOIN pg_class f ON f.oid = k.confrelid
            LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace
            LEFT JOIN pg_index x ON x.indexrelid = k.conindid AND k.contype IN ('p', 'u')
            LEFT JOIN pg_class i ON i.oid = x.indexrelid
            ORDER BY k.conname COLLATE "C"
            """.formatted(DESCRIBED, TABLE);

    /** One row for each part of an index; those of exclusion constraints among them. */
    static final String INDEXES = HERE + """
            SELECT n.schema, t.relname AS table, i.relname AS name, m.amname AS method, x.indisunique AS unique,
                   x.indnullsnotdistinct AS nulls_not_distinct, x.indisvalid AS valid,
                   pg_get_expr(x.indpred, x.indrelid) AS condition, COALESCE(i.reloptions, '{}') AS storage,
                   obj_description(i.oid, 'pg_class') AS comment, p.ord <= x.indnkeyatts AS key, a.attname AS column,
                   pg_get_indexdef(x.indexrelid, p.ord, true) AS expression,
                   (x.indoption[p.ord - 1] & 1) <> 0 AS descending, (x.indoption[p.ord - 1] & 2) <> 0 AS nulls_first,
                   c.collname AS collation,
                   CASE WHEN NOT o.opcdefault OR b.attoptions IS NOT NULL THEN o.opcname END AS class,
                   COALESCE(b.attoptions, '{}') AS class_options, g.oprname AS operator,
                   k.condeferrable AS deferrable, k.condeferred AS deferred,
                   obj_description(k.oid, 'pg_constraint') AS constraint_comment
            FROM %s
            JOIN pg_index x ON x.indrelid = t.oid
            JOIN pg_class i ON i.oid = x.indexrelid
            JOIN pg_am m ON m.oid = i.relam
            LEFT JOIN pg_constraint k ON k.conindid = x.indexrelid AND k.contype IN ('p', 'u', 'x')
            CROSS JOIN LATERAL generate_series(1, x.indnatts::int) p(ord)
            JOIN pg_attribute b ON b.attrelid = i.oid AND b.attnum = p.ord
            LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[p.ord - 1] AND a.attnum <> 0
            LEFT JOIN pg_opclass o ON p.ord <= x.indnkeyatts AND o.oid = x.indclass[p.ord - 1]
            LEFT JOIN pg_collation c ON p.ord <= x.indnkeyatts AND c.oid = x.indcollation[p.ord - 1]
              AND c.oid <> COALESCE(a.attcollation, 'pg_catalog."default"'::regcollation)
            LEFT JOIN pg_operator g ON g.oid = k.conexclop[p.ord]
            WHERE k.contype IS NULL OR k.contype = 'x'
            ORDER BY i.relname COLLATE "C", p.ord
            """.formatted(TABLE);

    static final String PARTITIONS = HERE + """
            SELECT n.schema, t.relname AS name, NULLIF(pn.nspname::text, n.main) AS parent_schema, p.relname AS parent,
                   pg_get_expr(t.relpartbound, t.oid) AS bound, pg_get_partkeydef(t.oid) AS key,
                   t.relpersistence = 'u' AS unlogged, %s AS storage,
                   obj_description(t.oid, 'pg_class') AS comment
            FROM pg_class t JOIN here n ON n.oid = t.relnamespace
            JOIN pg_inherits h ON h.inhrelid = t.oid
            JOIN pg_class p ON p.oid = h.inhparent
            JOIN pg_namespace pn ON pn.oid = p.relnamespace
            WHERE t.relispartition AND t.relkind IN ('r', 'p', 'f')
            """.formatted(STORAGE);

    static final String POLICIES = HERE + """
            SELECT n.schema, t.relname AS table, p.polname AS name, p.polcmd::text AS command,
                   NOT p.polpermissive AS restrictive,
                   ARRAY(SELECT CASE r WHEN 0 THEN 'public' ELSE pg_get_userbyid(r)::text END
                         FROM unnest(p.polroles) r) AS roles,
                   pg_get_expr(p.polqual, p.polrelid) AS using, pg_get_expr(p.polwithcheck, p.polrelid) AS check,
                   obj_description(p.oid, 'pg_policy') AS comment
            FROM %s
            JOIN pg_policy p ON p.polrelid = t.oid
            ORDER BY p.polname COLLATE "C"
            """.formatted(TABLE);

    static final String GRANTS = HERE + """
            , granted AS (
              SELECT t.oid, NULL::name AS column, g.* FROM %1$s CROSS JOIN LATERAL aclexplode(t.relacl) g
              WHERE g.grantee <> t.relowner
              UNION ALL
              SELECT t.oid, a.attname, g.* FROM %1$s
              JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND a.attacl IS NOT NULL AND NOT a.attisdropped
              CROSS JOIN LATERAL aclexplode(a.attacl) g WHERE g.grantee <> t.relowner)
            SELECT n.schema, t.relname AS table, g.column, lower(g.privilege_type) AS privilege, g.is_grantable AS grantable,
                   CASE g.grantee WHEN 0 THEN 'public' ELSE pg_get_userbyid(g.grantee) END AS role
            FROM granted g JOIN pg_class t ON t.oid = g.oid JOIN here n ON n.oid = t.relnamespace
            """.formatted(TABLE);

    static final String TRIGGERS = HERE + """
            SELECT n.schema, t.relname AS table, g.tgname AS name, g.tgtype AS type, p.proname AS function,
                   g.tgenabled::text AS enabled
            FROM %s
            JOIN pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal
            JOIN pg_proc p ON p.oid = g.tgfoid
            ORDER BY g.tgname COLLATE "C"
            """.formatted(TABLE);

    private static final String OURS = """
            NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_type'::regclass AND e.objid = y.oid
                        AND e.deptype = 'e')
            """;

    static final String ENUMERATIONS = HERE + """
            SELECT n.schema, y.typname AS name,
                   ARRAY(SELECT e.enumlabel::text FROM pg_enum e WHERE e.enumtypid = y.oid ORDER BY e.enumsortorder) AS labels,
                   obj_description(y.oid, 'pg_type') AS comment
            FROM pg_type y JOIN here n ON n.oid = y.typnamespace
            WHERE y.typtype = 'e' AND %s
            """.formatted(OURS);

    static final String DOMAINS = HERE + """
            SELECT n.schema, y.typname AS name, format_type(y.typbasetype, y.typtypmod) AS type,
                   y.typnotnull AS required, pg_get_expr(y.typdefaultbin, 0) AS default,
                   CASE WHEN y.typcollation <> b.typcollation THEN c.collname END AS collation,
                   obj_description(y.oid, 'pg_type') AS comment
            FROM pg_type y JOIN here n ON n.oid = y.typnamespace
            JOIN pg_type b ON b.oid = y.typbasetype
            LEFT JOIN pg_collation c ON c.oid = y.typcollation
            WHERE y.typtype = 'd' AND %s
            """.formatted(OURS);

    static final String DOMAIN_CHECKS = HERE + """
            SELECT n.schema, y.typname AS domain, k.conname AS name, pg_get_expr(k.conbin, 0) AS condition,
                   k.convalidated AS validated, obj_description(k.oid, 'pg_constraint') AS comment
            FROM pg_type y JOIN here n ON n.oid = y.typnamespace
            JOIN pg_constraint k ON k.contypid = y.oid AND k.contype = 'c'
            ORDER BY k.conname COLLATE "C"
            """;

    /** Those of identity columns belong to their columns. */
    static final String SEQUENCES = HERE + """
            SELECT n.schema, t.relname AS name, format_type(s.seqtypid, NULL) AS type, s.seqstart, s.seqincrement,
                   s.seqmin, s.seqmax, s.seqcache, s.seqcycle, NULLIF(wn.nspname::text, n.main) AS owner_schema,
                   w.relname AS owner_table, a.attname AS owner_column, obj_description(t.oid, 'pg_class') AS comment
            FROM pg_sequence s JOIN pg_class t ON t.oid = s.seqrelid JOIN here n ON n.oid = t.relnamespace
            LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = t.oid
              AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
            LEFT JOIN pg_class w ON w.oid = d.refobjid
            LEFT JOIN pg_namespace wn ON wn.oid = w.relnamespace
            LEFT JOIN pg_attribute a ON a.attrelid = w.oid AND a.attnum = d.refobjsubid
            WHERE d.deptype IS DISTINCT FROM 'i'
              AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = t.oid
                              AND e.deptype = 'e')
            """;

    static final String SEQUENCE_GRANTS = HERE + """
            SELECT n.schema, t.relname AS name, lower(g.privilege_type) AS privilege, g.is_grantable AS grantable,
                   CASE g.grantee WHEN 0 THEN 'public' ELSE pg_get_userbyid(g.grantee) END AS role
            FROM pg_class t JOIN here n ON n.oid = t.relnamespace
            CROSS JOIN LATERAL aclexplode(t.relacl) g
            WHERE t.relkind = 'S' AND g.grantee <> t.relowner
            """;

    static final String SCHEMAS = HERE + """
            SELECT n.schema, obj_description(n.oid, 'pg_namespace') AS comment, lower(g.privilege_type) AS privilege,
                   g.is_grantable AS grantable,
                   CASE g.grantee WHEN 0 THEN 'public' ELSE pg_get_userbyid(g.grantee) END AS role
            FROM here n JOIN pg_namespace s ON s.oid = n.oid
            LEFT JOIN LATERAL aclexplode(s.nspacl) g ON g.grantee <> s.nspowner
            WHERE n.schema IS NOT NULL
            """;

    static final String EXTENSIONS = HERE + """
            SELECT e.extname AS name, n.nspname AS schema, e.extversion AS version
            FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
            """;

    static final String ROLES = HERE + """
            SELECT r.rolname AS name, r.rolcanlogin AS login,
                   ARRAY(SELECT g.rolname::text FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
                         WHERE m.member = r.oid) AS member_of
            FROM pg_roles r WHERE r.rolname !~ '^pg_'
            """;

    private CatalogQueries() {}
}
