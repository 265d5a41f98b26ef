-- Everything that a database's catalog says of its tables and of what they need, one line a fact. It asks the catalog
-- itself and shares nothing with the reader of catalogs under test. It expects search_path to be public: what stands there
-- goes without a schema.
WITH space AS (
    SELECT oid, nspname, CASE nspname WHEN 'public' THEN '' ELSE quote_ident(nspname) || '.' END AS prefix
    FROM pg_namespace
    WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
), foreigner AS (
    SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
), relation AS (
    SELECT c.*, s.prefix || quote_ident(c.relname) AS name
    FROM pg_class c
    JOIN space s ON s.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'i', 'I', 'S')
      AND NOT EXISTS (SELECT FROM foreigner f WHERE f.classid = 'pg_class'::regclass AND f.objid = c.oid)
), type AS (
    SELECT t.*, s.prefix || quote_ident(t.typname) AS name
    FROM pg_type t
    JOIN space s ON s.oid = t.typnamespace
    WHERE t.typtype IN ('e', 'd')
      AND NOT EXISTS (SELECT FROM foreigner f WHERE f.classid = 'pg_type'::regclass AND f.objid = t.oid)
), fact AS (
    SELECT 'schema' AS kind, quote_ident(nspname) AS subject, NULL AS said FROM space WHERE nspname <> 'public'
    UNION ALL
    SELECT 'extension', quote_ident(extname), NULL FROM pg_extension WHERE extname <> 'plpgsql'
    UNION ALL
    SELECT 'enum', t.name, string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
    FROM type t
    JOIN pg_enum e ON e.enumtypid = t.oid
    GROUP BY t.name
    UNION ALL
    SELECT 'domain', t.name, concat_ws(' | ',
        format_type(t.typbasetype, t.typtypmod),
        'collate ' || nullif(t.typcollation, (SELECT b.typcollation FROM pg_type b WHERE b.oid = t.typbasetype))::regcollation,
        CASE WHEN t.typnotnull THEN 'not null' END,
        'default ' || pg_get_expr(t.typdefaultbin, 0))
    FROM type t
    WHERE t.typtype = 'd'
    UNION ALL
    SELECT 'domain constraint', t.name || '.' || quote_ident(k.conname), pg_get_constraintdef(k.oid)
    FROM type t
    JOIN pg_constraint k ON k.contypid = t.oid AND k.contype = 'c'
    UNION ALL
    SELECT 'sequence', r.name, concat_ws(' | ',
        format_type(q.seqtypid, NULL),
        'start ' || q.seqstart,
        'increment ' || q.seqincrement,
        'from ' || q.seqmin || ' to ' || q.seqmax,
        'cache ' || q.seqcache,
        CASE WHEN q.seqcycle THEN 'cycle' END,
        CASE WHEN r.relpersistence = 'u' THEN 'unlogged' END,
        CASE d.deptype WHEN 'i' THEN 'identity of ' ELSE 'owned by ' END || o.name || '.' || quote_ident(a.attname))
    FROM relation r
    JOIN pg_sequence q ON q.seqrelid = r.oid
    LEFT JOIN pg_depend d
        ON d.classid = 'pg_class'::regclass AND d.objid = r.oid AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
        AND d.refclassid = 'pg_class'::regclass
    LEFT JOIN relation o ON o.oid = d.refobjid
    LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    UNION ALL
    SELECT 'table', r.name, concat_ws(' | ',
        CASE WHEN r.relpersistence = 'u' THEN 'unlogged' END,
        'partition of ' || i.inhparent::regclass || ' ' || pg_get_expr(r.relpartbound, r.oid),
        'partition by ' || pg_get_partkeydef(r.oid),
        'with ' || array_to_string(r.reloptions, ', '),
        CASE WHEN r.relrowsecurity THEN 'row security' END,
        CASE WHEN r.relforcerowsecurity THEN 'forced' END)
    FROM relation r
    LEFT JOIN pg_inherits i ON i.inhrelid = r.oid
    WHERE r.relkind IN ('r', 'p')
    UNION ALL
    SELECT 'column', r.name || '.' || quote_ident(a.attname), concat_ws(' | ',
        row_number() OVER (PARTITION BY r.oid ORDER BY a.attnum),
        format_type(a.atttypid, a.atttypmod),
        'collate ' || nullif(a.attcollation, (SELECT t.typcollation FROM pg_type t WHERE t.oid = a.atttypid))::regcollation,
        CASE WHEN a.attnotnull THEN 'not null' END,
        CASE a.attidentity WHEN 'a' THEN 'identity always' WHEN 'd' THEN 'identity by default' END,
        CASE a.attgenerated WHEN '' THEN 'default ' WHEN 's' THEN 'generated ' ELSE 'virtual ' END
            || pg_get_expr(d.adbin, d.adrelid))
    FROM relation r
    JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum
    WHERE r.relkind IN ('r', 'p') AND NOT r.relispartition
    UNION ALL
    SELECT 'constraint', r.name || '.' || quote_ident(k.conname), concat_ws(' | ',
        regexp_replace(pg_get_constraintdef(k.oid), ' NOT VALID$', ''),
        'with ' || array_to_string(i.reloptions, ', '))
    FROM relation r
    JOIN pg_constraint k ON k.conrelid = r.oid AND k.contype IN ('p', 'u', 'f', 'c', 'x')
    LEFT JOIN pg_class i ON i.oid = k.conindid AND k.contype IN ('p', 'u', 'x')
    WHERE k.conparentid = 0 AND k.conislocal
    UNION ALL
    SELECT 'index', r.name || '.' || quote_ident(c.relname), concat_ws(' | ',
        CASE WHEN x.indisunique THEN 'unique' END,
        CASE WHEN NOT x.indisvalid THEN 'invalid' END,
        regexp_replace(pg_get_indexdef(x.indexrelid), '^CREATE (UNIQUE )?INDEX ("([^"]|"")*"|\S+) ON (ONLY )?("([^"]|"")*"|[^\s"])+ ', ''))
    FROM relation r
    JOIN pg_index x ON x.indrelid = r.oid
    JOIN pg_class c ON c.oid = x.indexrelid
    WHERE NOT c.relispartition AND NOT r.relispartition
      AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = x.indexrelid AND k.contype IN ('p', 'u', 'x'))
    UNION ALL
    SELECT 'comment', i.type || ' ' || i.identity, replace(replace(d.description, '\', '\\'), E'\n', '\n')
    FROM pg_description d
    CROSS JOIN LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) i
    WHERE (d.classoid IN ('pg_class'::regclass, 'pg_type'::regclass) OR d.classoid = 'pg_constraint'::regclass
           OR d.classoid = 'pg_namespace'::regclass AND d.objoid <> 'public'::regnamespace)
      AND (i.schema IS NULL AND i.type = 'schema' OR i.schema IN (SELECT nspname FROM space)
           OR d.classoid = 'pg_constraint'::regclass AND (SELECT k.connamespace FROM pg_constraint k WHERE k.oid = d.objoid) IN (SELECT oid FROM space))
      AND NOT EXISTS (SELECT FROM foreigner f WHERE f.classid = d.classoid AND f.objid = d.objoid)
      AND i.identity !~ '^(pg_|information_schema)'
)
SELECT concat_ws(' | ', kind || ' ' || subject, nullif(said, '')) FROM fact
