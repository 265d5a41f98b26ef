<#import "wrong-copies.ftl" as summaries>
<#import "wrong-values.ftl" as values>
<#-- What former contracts have left in the database goes: what acts on tables before anything is made, the rest when all is there. -->
<#macro list made>
<#if made?has_content>
ARRAY[
<#list made as object>
        ['${object.kind}', ${object.place}, ${object.name}, ${object.contracts}]<#sep>,</#sep>
</#list>
    ]</#if><#if !made?has_content>'{}'</#if></#macro>
<#macro path>
    PERFORM set_config('search_path', string_agg(quote_ident(name), ', ' ORDER BY place) || ', pg_temp', true)
    FROM unnest(current_schemas(false)) WITH ORDINALITY AS path (name, place)
    WHERE place = 1 OR NOT has_schema_privilege('public', name, 'CREATE');
    -- By the place too, as the same model may be kept in several.
    schemaproof_mark := schemaproof_mark || quote_ident(current_schema()) || ': ';
</#macro>
<#-- What is in the list, by number, as far as it is there; of a table with partitions also their own triggers. -->
<#macro there>
        SELECT object.class, object.id, listed.contracts
        FROM (
            SELECT schemaproof_made[i][1] AS kind, to_regclass(nullif(schemaproof_made[i][2], '')) AS holder, schemaproof_made[i][4] AS contracts,
                CASE cardinality(parse_ident(schemaproof_made[i][3])) WHEN 2 THEN (parse_ident(schemaproof_made[i][3]))[1] ELSE current_schema() END::name AS place,
                (parse_ident(schemaproof_made[i][3]))[cardinality(parse_ident(schemaproof_made[i][3]))]::name AS name
            FROM generate_subscripts(schemaproof_made, 1) AS i
        ) AS listed
        CROSS JOIN LATERAL (
            SELECT 'pg_trigger'::regclass AS class, known.oid AS id FROM pg_trigger AS known
            WHERE listed.kind = 'trigger' AND known.tgname = listed.name AND NOT known.tgisinternal AND known.tgparentid = 0
                AND (known.tgrelid = listed.holder OR known.tgrelid IN (SELECT part.relid FROM pg_partition_tree(listed.holder) AS part))
            UNION ALL
            SELECT 'pg_constraint', known.oid FROM pg_constraint AS known
            WHERE listed.kind = 'constraint' AND known.conname = listed.name AND known.conrelid = listed.holder
            UNION ALL
            SELECT 'pg_class', known.oid FROM pg_class AS known JOIN pg_namespace AS schema ON schema.oid = known.relnamespace
            WHERE listed.kind = CASE known.relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' END
                AND known.relname = listed.name AND schema.nspname = listed.place
            UNION ALL
            SELECT 'pg_proc', known.oid FROM pg_proc AS known JOIN pg_namespace AS schema ON schema.oid = known.pronamespace
            WHERE (listed.kind, known.prokind, known.proargtypes::text) IN (('function', 'f', ''), ('procedure', 'p', '20 23'))
                AND known.proname = listed.name AND schema.nspname = listed.place
        ) AS object
</#macro>
<#-- What carries our mark. Nothing else is ever dropped. -->
<#macro marked classes>
        SELECT noted.classoid AS class, noted.objoid AS id, noted.description, found.type, found.identity
        FROM pg_description AS noted
        CROSS JOIN LATERAL pg_identify_object(noted.classoid, noted.objoid, 0) AS found
        WHERE noted.objsubid = 0 AND starts_with(noted.description, schemaproof_mark)
            AND noted.classoid IN (<#list classes as class>'${class}'::regclass<#sep>, </#list>)
</#macro>
<#macro retire former>

-- What triggers, functions, tables and foreign keys earlier contracts had, and none has now, goes. They are known by their comments,
-- which begin with a mark of ours; whatever has none stays, and so does what others depend on: then this fails.
-- What still waits to be added to a copy is added first. Where nothing is to go, nothing is locked.

DO $${former.tag}$
DECLARE
    former_path text := current_setting('search_path');
    schemaproof_mark text := ${former.mark};
    schemaproof_made constant text[] := <@list made=former.acting />;
    schemaproof_gone record;
BEGIN
<@path />
    IF EXISTS (
        SELECT FROM pg_constraint AS known JOIN pg_namespace AS place ON place.oid = known.connamespace
        WHERE known.conname = '${former.flush}' AND place.nspname = current_schema()
    ) THEN
        -- This transaction's own
        SET CONSTRAINTS ${former.flush} IMMEDIATE;
    END IF;
    FOR schemaproof_gone IN
        WITH there AS (
<@there />
        ), marked AS (
<@marked classes=["pg_trigger", "pg_constraint", "pg_proc"] />
        )
        SELECT marked.*, definer.oid IS NOT NULL AS settles, held.conrelid::regclass AS holder, held.conname
        FROM marked
        LEFT JOIN pg_proc AS definer ON marked.class = 'pg_proc'::regclass AND definer.oid = marked.id
            AND definer.prosecdef AND definer.pronargs = 0 AND definer.prorettype = 'void'::regtype
        LEFT JOIN pg_constraint AS held ON marked.class = 'pg_constraint'::regclass AND held.oid = marked.id
        WHERE NOT EXISTS (SELECT FROM there WHERE there.class = marked.class AND there.id = marked.id)
            AND (marked.class <> 'pg_proc'::regclass OR definer.oid IS NOT NULL)
        -- What refers to a key goes before it
        ORDER BY definer.oid IS NULL, held.contype IS NOT NULL, held.contype, marked.identity
    LOOP
        IF schemaproof_gone.settles THEN
            -- With the rights of its owner, whoever runs this
            BEGIN
                EXECUTE 'SELECT ' || schemaproof_gone.identity;
            EXCEPTION WHEN undefined_column OR undefined_table THEN
                RAISE WARNING 'what waited for % is lost, as its copy is not there any more', substr(schemaproof_gone.description, length(schemaproof_mark) + 1)
                    USING DETAIL = SQLERRM;
            END;
        ELSIF schemaproof_gone.class = 'pg_trigger'::regclass THEN
            EXECUTE 'DROP TRIGGER ' || schemaproof_gone.identity;
        ELSE
            EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', schemaproof_gone.holder, schemaproof_gone.conname);
        END IF;
    END LOOP;
    PERFORM set_config('search_path', former_path, true);
END
$${former.tag}$;
</#macro>
<#-- Of a contract whose changes wait somewhere: brings its copy up to date, for the day when the contract goes. -->
<#macro settling former>
<#if former.settlements?has_content>

-- When a contract goes, what waits for its copy is brought there by these, before all else of it is dropped.

DO $${former.tag}$
DECLARE
    former_path text := current_setting('search_path');
    schemaproof_mark text := '';
BEGIN
<@path />
<#list former.settlements as settlement>

    -- ${settlement.contracts}
    CREATE OR REPLACE FUNCTION ${settlement.function}() RETURNS void
        LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET row_security = off
    AS $${former.bodyTag}$
    #variable_conflict use_column
    DECLARE
        former_repair text := current_setting('schemaproof.repair', true);
    BEGIN
        PERFORM set_config('schemaproof.repair', 'on', true);
        LOCK TABLE ${settlement.sources?join(", ")} IN SHARE ROW EXCLUSIVE MODE;
        -- Whoever is just bringing copies up to date has locked rows of it.
        LOCK TABLE ${settlement.table} IN EXCLUSIVE MODE;
<#if settlement.aside?has_content>
<#local tally = settlement.drift.tally>
        LOCK TABLE ${settlement.aside} IN EXCLUSIVE MODE;
        UPDATE ${tally.parent} AS parent SET ${tally.copy} = parent.${tally.copy} + waiting.${tally.copy}
        FROM (
            SELECT <#list tally.parentKeys as key>note.${key}, </#list>sum(note.${tally.copy}) AS ${tally.copy}
            FROM ${settlement.aside} AS note GROUP BY <#list tally.parentKeys as key>note.${key}<#sep>, </#list>
        ) AS waiting
        WHERE <#list tally.parentKeys as key>parent.${key} = waiting.${key}<#sep> AND </#list> AND waiting.${tally.copy} <> 0;
        UPDATE ${settlement.aside} AS note SET ${tally.copy} = 0 WHERE note.${tally.copy} <> 0;
<#elseif settlement.drift.summary>
<@summaries.backfill tally=settlement.drift.tally indent="        " />
<#else>
<@values.backfill keys=settlement.drift.keys table=settlement.drift.table copy=settlement.drift.copy value=settlement.drift.value joins=settlement.drift.joins indent="        " />
</#if>
        PERFORM set_config('schemaproof.repair', former_repair, true);
    END
    $${former.bodyTag}$;
    REVOKE ALL ON FUNCTION ${settlement.function}() FROM PUBLIC;
</#list>
    PERFORM set_config('search_path', former_path, true);
END
$${former.tag}$;
</#if>
</#macro>
<#macro mark former>

-- All of the above is marked as ours by comments, and what is marked but not among it goes.

DO $${former.tag}$
DECLARE
    former_path text := current_setting('search_path');
    schemaproof_mark text := ${former.mark};
    schemaproof_made constant text[] := <@list made=former.made />;
    schemaproof_found record;
BEGIN
<@path />
    FOR schemaproof_found IN
        WITH there AS (
<@there />
        )
        SELECT replace(found.type, 'table constraint', 'constraint') AS type, found.identity, schemaproof_mark || there.contracts AS description
        FROM there
        CROSS JOIN LATERAL pg_identify_object(there.class, there.id, 0) AS found
        WHERE obj_description(there.id, there.class::name) IS DISTINCT FROM schemaproof_mark || there.contracts
        ORDER BY found.type, found.identity
    LOOP
        EXECUTE format('COMMENT ON %s %s IS %L', schemaproof_found.type, schemaproof_found.identity, schemaproof_found.description);
    END LOOP;

    -- Views before the tables that they read, these before what runs on their rows
    FOR schemaproof_found IN
        WITH there AS (
<@there />
        ), marked AS (
<@marked classes=["pg_class", "pg_proc"] />
        )
        SELECT marked.type, string_agg(marked.identity, ', ' ORDER BY marked.identity) AS identities
        FROM marked
        WHERE NOT EXISTS (SELECT FROM there WHERE there.class = marked.class AND there.id = marked.id)
            -- Other models run it too
            AND NOT EXISTS (
                SELECT FROM pg_proc AS known JOIN pg_trigger AS used ON used.tgfoid = known.oid
                WHERE marked.class = 'pg_proc'::regclass AND known.oid = marked.id AND known.proname = '${former.guard}')
        GROUP BY marked.type
        ORDER BY marked.type = 'view' DESC, marked.type = 'table' DESC
    LOOP
        EXECUTE format('DROP %s %s', schemaproof_found.type, schemaproof_found.identities);
    END LOOP;
    PERFORM set_config('search_path', former_path, true);
END
$${former.tag}$;
</#macro>
