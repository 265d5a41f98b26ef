-- What PostgreSQL's catalog says of types, functions, operators, casts and operator classes: one line each, by file.
-- Volatility is ? for functions in SQL, which are inlined before it is judged. Names are those of pg_type, pg_proc, pg_operator, pg_cast and pg_opclass.
CREATE FUNCTION pg_temp.called(oid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN t.typelem <> 0 AND t.typcategory = 'A' AND t.typname LIKE '\_%'
              THEN pg_temp.called(t.typelem) || '[]' ELSE t.typname::text END
  FROM pg_type t WHERE t.oid = $1
$$;
CREATE FUNCTION pg_temp.extension(class regclass, object oid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT e.extname::text FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
                   WHERE d.classid = $1 AND d.objid = $2 AND d.deptype = 'e'), '-')
$$;
CREATE TEMPORARY TABLE visible AS
  SELECT n.oid FROM pg_namespace n WHERE n.nspname IN ('pg_catalog', 'public');
CREATE TEMPORARY TABLE plain AS
  SELECT t.oid FROM pg_type t
  WHERE t.typnamespace IN (SELECT oid FROM visible)
    AND NOT (t.typtype = 'c' OR EXISTS (SELECT FROM pg_type e WHERE e.oid = t.typelem AND e.typtype = 'c'))
    AND t.typname NOT IN ('internal', 'trigger', 'event_trigger', 'cstring', '_cstring', 'pg_ddl_command')
    AND t.typname NOT LIKE '%\_handler' AND t.typname NOT LIKE 'gtrgm%' AND t.typname NOT LIKE '\_gtrgm';

SELECT * FROM (
  SELECT 'types' AS file, concat_ws(E'\t', pg_temp.extension('pg_type', t.oid), t.typname, t.typtype, t.typcategory,
      t.typispreferred::int, (t.typcollation <> 0)::int,
      coalesce((SELECT pg_temp.called(r.rngsubtype) FROM pg_range r WHERE t.oid IN (r.rngtypid, r.rngmultitypid)), '-'),
      i.provolatile, o.provolatile) AS line
  FROM pg_type t JOIN pg_proc i ON i.oid = t.typinput JOIN pg_proc o ON o.oid = t.typoutput
  WHERE t.oid IN (SELECT oid FROM plain) AND NOT (t.typcategory = 'A' AND t.typname LIKE '\_%')
  UNION ALL
  SELECT 'functions', concat_ws(E'\t', pg_temp.extension('pg_proc', p.oid), p.proname, p.prokind,
      CASE WHEN p.provolatile = 's' AND p.prolang = (SELECT oid FROM pg_language WHERE lanname = 'sql') THEN '?' ELSE p.provolatile END,
      p.proretset::int, pg_temp.called(p.prorettype), p.pronargdefaults, (p.provariadic <> 0)::int,
      coalesce((SELECT string_agg(pg_temp.called(a), ',' ORDER BY i)
                FROM unnest(p.proargtypes) WITH ORDINALITY args (a, i)), '-'))
  FROM pg_proc p
  WHERE p.pronamespace IN (SELECT oid FROM visible) AND p.prokind <> 'p'
    AND p.prorettype IN (SELECT oid FROM plain)
    AND NOT EXISTS (SELECT FROM unnest(p.proargtypes) a WHERE a NOT IN (SELECT oid FROM plain))
  UNION ALL
  SELECT 'operators', concat_ws(E'\t', pg_temp.extension('pg_operator', o.oid), o.oprname,
      coalesce(pg_temp.called(o.oprleft), '-'), pg_temp.called(o.oprright), pg_temp.called(o.oprresult),
      CASE WHEN p.provolatile = 's' AND p.prolang = (SELECT oid FROM pg_language WHERE lanname = 'sql') THEN '?' ELSE p.provolatile END,
      coalesce((o.oprcom = o.oid)::int, 0))
  FROM pg_operator o JOIN pg_proc p ON p.oid = o.oprcode
  WHERE o.oprnamespace IN (SELECT oid FROM visible)
    AND o.oprright IN (SELECT oid FROM plain) AND (o.oprleft = 0 OR o.oprleft IN (SELECT oid FROM plain))
  UNION ALL
  SELECT 'casts', concat_ws(E'\t', pg_temp.extension('pg_cast', c.oid), pg_temp.called(c.castsource),
      pg_temp.called(c.casttarget), c.castcontext, c.castmethod, coalesce(p.provolatile, 'i'))
  FROM pg_cast c LEFT JOIN pg_proc p ON p.oid = c.castfunc
  WHERE c.castsource IN (SELECT oid FROM plain) AND c.casttarget IN (SELECT oid FROM plain)
  UNION ALL
  SELECT 'operator-classes', concat_ws(E'\t', pg_temp.extension('pg_opclass', c.oid), m.amname, c.opcname,
      pg_temp.called(c.opcintype), c.opcdefault::int,
      coalesce((SELECT string_agg(DISTINCT o.oprname || ' ' || pg_temp.called(a.amoplefttype) || ' '
                                  || pg_temp.called(a.amoprighttype), ',' ORDER BY o.oprname || ' '
                                  || pg_temp.called(a.amoplefttype) || ' ' || pg_temp.called(a.amoprighttype))
                FROM pg_amop a JOIN pg_operator o ON o.oid = a.amopopr
                WHERE a.amopfamily = c.opcfamily AND a.amoppurpose = 's'
                  AND a.amoplefttype = c.opcintype), '-'))
  FROM pg_opclass c JOIN pg_am m ON m.oid = c.opcmethod
  WHERE c.opcnamespace IN (SELECT oid FROM visible) AND m.amname IN ('btree', 'hash', 'gin', 'gist', 'spgist', 'brin')
  UNION ALL
  SELECT 'extensions', concat_ws(E'\t', '-', name, version) FROM pg_available_extension_versions
) facts ORDER BY file, line COLLATE "C"
