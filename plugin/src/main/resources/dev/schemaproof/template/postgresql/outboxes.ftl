<#import "wrong-copies.ftl" as summaries>
<#import "wrong-values.ftl" as values>
<#import "job-procedures.ftl" as job>
<#import "direct-writes.ftl" as direct>
<#-- Copies that the consumer of an outbox brings up to date: triggers that note what is out of date, and what takes the notes. -->
<#macro keysOf outbox row><#list outbox.keys as key>${row}.${key}<#sep>, </#list></#macro>
<#-- The rows of a statement that may matter, with what decides: what is noted, and what else. -->
<#macro rows source from>SELECT <#list source.values as value>${value} AS ${source.columns[value?index]}<#sep>, </#list><#list source.inputs as input>, ${input} AS schemaproof_${input?index}</#list> FROM ${from} AS ${source.alias}<#if source.where?has_content> WHERE ${source.where}</#if></#macro>
<#macro present source row><#list source.columns as column>${row}.${column} IS NOT NULL<#sep> AND </#list></#macro>
<#macro seen outbox source from>
            INSERT INTO ${outbox.name} (${source.columns?join(", ")})
            SELECT DISTINCT <#list source.columns as column>seen.${column}<#sep>, </#list>
            FROM (<@rows source=source from=from />) AS seen
            WHERE <@present source=source row="seen" />;
</#macro>
<#-- A statement that only touches a row takes no part in this: what it was and what it is cancel out. -->
<#macro changes outbox source>
            INSERT INTO ${outbox.name} (${source.columns?join(", ")})
            SELECT DISTINCT <#list source.columns as column>changed.${column}<#sep>, </#list>
            FROM (
<#if source.leaves>
                (<@rows source=source from=source.oldRows />
                EXCEPT ALL
                <@rows source=source from=source.newRows />)
                UNION ALL
</#if>
                (<@rows source=source from=source.newRows />
                EXCEPT ALL
                <@rows source=source from=source.oldRows />)
            ) AS changed
            WHERE <@present source=source row="changed" />;
</#macro>
<#-- The triggers of one table, each as a statement that has a place for the table. -->
<#macro trigger source name event table tables="">CREATE OR REPLACE TRIGGER ${name} ${event} ON ${table}
        <#if tables?has_content>REFERENCING ${tables} </#if>FOR EACH STATEMENT EXECUTE FUNCTION ${source.function}()</#macro>
<#macro triggersOn source table before after>
<#if source.inserts>
${before}<@trigger source=source name=source.triggers.insert event="AFTER INSERT" table=table tables=("NEW TABLE AS " + source.newRows) />${after};
</#if>
<#if source.arrives>
${before}<@trigger source=source name=source.triggers.update event="AFTER UPDATE" table=table tables=("OLD TABLE AS " + source.oldRows + " NEW TABLE AS " + source.newRows) />${after};
</#if>
<#if source.deletes>
${before}<@trigger source=source name=source.triggers.delete event="AFTER DELETE" table=table tables=("OLD TABLE AS " + source.oldRows) />${after};
</#if>
<#if source.truncates>
${before}<@trigger source=source name=source.triggers.truncate event="AFTER TRUNCATE" table=table />${after};
</#if>
</#macro>
<#macro noting script outbox source>
    CREATE OR REPLACE FUNCTION ${source.function}() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET row_security = off
    AS $${script.bodyTag}$
    #variable_conflict use_column
    BEGIN
<#if source.inserts>
        IF TG_OP = 'INSERT' THEN
<@seen outbox=outbox source=source from=source.newRows />
        END IF;
</#if>
<#if source.arrives>
        IF TG_OP = 'UPDATE' THEN
<@changes outbox=outbox source=source />
        END IF;
</#if>
<#if source.deletes>
        IF TG_OP = 'DELETE' THEN
<@seen outbox=outbox source=source from=source.oldRows />
        END IF;
</#if>
<#if source.truncates>
        IF TG_OP = 'TRUNCATE' THEN
            -- Nobody knows any more which rows these referred to.
            INSERT INTO ${outbox.name} DEFAULT VALUES;
        END IF;
</#if>
        RETURN NULL;
    END
    $${script.bodyTag}$;
    REVOKE ALL ON FUNCTION ${source.function}() FROM PUBLIC;

<@triggersOn source=source table=source.table before="    " after="" />
<#if source.partitioned>
    -- A statement that names a partition runs none but the partition's own triggers. One that is made later, or attached,
    -- gets them when this script runs again.
    FOR ${script.part} IN SELECT part.relid::regclass::text AS name FROM pg_partition_tree(${source.literal}::regclass) AS part WHERE part.level > 0 LOOP
<@triggersOn source=source table=("$" + script.bodyTag + "$ || " + script.part + ".name || $" + script.bodyTag + "$") before=("        EXECUTE $" + script.bodyTag + "$") after=("$" + script.bodyTag + "$") />
    END LOOP;
</#if>
<#if source.rekey?has_content>

    -- A row that takes another key brings along what it held under the former one.
    CREATE OR REPLACE FUNCTION ${source.rekey}() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET row_security = off
    AS $${script.bodyTag}$
    BEGIN
        INSERT INTO ${outbox.name} (${source.columns?join(", ")}) VALUES (<#list outbox.keys as key>NEW.${key}<#sep>, </#list>);
        RETURN NEW;
    END
    $${script.bodyTag}$;
    REVOKE ALL ON FUNCTION ${source.rekey}() FROM PUBLIC;

    CREATE OR REPLACE TRIGGER ${source.triggers.rekey} BEFORE UPDATE ON ${source.table}
        FOR EACH ROW WHEN ((<@keysOf outbox=outbox row="OLD" />) IS DISTINCT FROM (<@keysOf outbox=outbox row="NEW" />))
        EXECUTE FUNCTION ${source.rekey}();
</#if>

</#macro>
<#macro begin outbox indent>
${indent}COMMIT;
${indent}SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
${indent}PERFORM set_config('search_path', path, true), set_config('row_security', 'off', true),
${indent}    set_config('schemaproof.repair', 'on', true);
${indent}LOCK TABLE ${outbox.table}, ${outbox.name} IN ROW EXCLUSIVE MODE;
</#macro>
<#-- Takes the notes of one row, and reads its value anew, behind the lock of the row. -->
<#macro settle outbox indent>
${indent}DELETE FROM ${outbox.name} WHERE schemaproof_id = ANY (${outbox.wrong}.schemaproof_ids);
<@job.mend job=outbox indent=indent />
${indent}GET DIAGNOSTICS rows_changed = ROW_COUNT;
${indent}changed := changed + rows_changed;
</#macro>
<#-- Lets notes of a row that is referred to become notes of the rows that hold copies, as old as they are. -->
<#macro passedOn script outbox step>
        WITH ${script.locked} AS MATERIALIZED (
            SELECT noted.schemaproof_id FROM ${outbox.name} AS noted
            WHERE <#list step.columns as column>noted.${column} IS NOT NULL<#sep> AND </#list> FOR UPDATE SKIP LOCKED
        ), ${script.taken} AS (
            DELETE FROM ${outbox.name} AS noted USING ${script.locked}
            WHERE noted.schemaproof_id = ${script.locked}.schemaproof_id RETURNING noted.*
        )
        INSERT INTO ${outbox.name} (${outbox.keys?join(", ")}, schemaproof_noted_at, schemaproof_xid)
        SELECT DISTINCT ON (<@keysOf outbox=outbox row="copied" />)
            <@keysOf outbox=outbox row="copied" />, ${script.taken}.schemaproof_noted_at, ${script.taken}.schemaproof_xid
        FROM ${outbox.table} AS copied
<#list step.joins as join>
        JOIN ${join.table} AS ${join.alias} ON ${join.on}
</#list>
        JOIN ${script.taken} ON <#list step.referring as column>${column} = ${script.taken}.${step.columns[column?index]}<#sep> AND </#list>
        ORDER BY <@keysOf outbox=outbox row="copied" />, ${script.taken}.schemaproof_noted_at;
</#macro>
<#-- Lets notes of all rows become notes of those that are wrong; by two statements, of which the second sees what the first saw. -->
<#macro all script outbox>
        WITH ${script.locked} AS MATERIALIZED (
            SELECT noted.schemaproof_id FROM ${outbox.name} AS noted
            WHERE ${outbox.ofAll} FOR UPDATE SKIP LOCKED
        ), ${script.taken} AS (
            DELETE FROM ${outbox.name} AS noted USING ${script.locked}
            WHERE noted.schemaproof_id = ${script.locked}.schemaproof_id RETURNING noted.*
        )
        SELECT min(${script.taken}.schemaproof_noted_at) AS noted_at INTO ${outbox.wrong} FROM ${script.taken};
        IF ${outbox.wrong}.noted_at IS NOT NULL THEN
            INSERT INTO ${outbox.name} (${outbox.keys?join(", ")}, schemaproof_noted_at)
            SELECT <@keysOf outbox=outbox row="found" />, ${outbox.wrong}.noted_at
            FROM (
<@summaries.query tally=outbox.drift.tally indent="                " />
            ) AS found;
        END IF;
</#macro>
<#macro consumer script outbox>
<#list outbox.notes as line>
    -- ${line}
</#list>
    EXECUTE $${script.bodyTag}$CREATE OR REPLACE PROCEDURE ${outbox.procedure}(INOUT changed bigint DEFAULT 0, batch int DEFAULT 1000)
    LANGUAGE plpgsql AS $${script.bodyTag}$ || quote_literal($${script.bodyTag}$
    #variable_conflict use_column
    DECLARE
        path constant text := $${script.bodyTag}$ || quote_literal(current_setting('search_path')) || $${script.bodyTag}$;
        schemaproof_newest bigint;
        schemaproof_latest bigint := 0;
        schemaproof_waiting bigint[];
        more boolean := true;
        ${outbox.wrong} record;
        ${outbox.right} record;
        rows_changed bigint;
    BEGIN
        -- Within a transaction this is refused, before anything is changed.
<@begin outbox=outbox indent="        " />
        changed := 0;
<#if outbox.drift.summary>
<@all script=script outbox=outbox />
</#if>
<#list outbox.steps as step>
<@passedOn script=script outbox=outbox step=step />
</#list>
<@begin outbox=outbox indent="        " />
        -- What is noted from here on is for the next call, lest this one never end.
        SELECT max(noted.schemaproof_id) INTO schemaproof_newest FROM ${outbox.name} AS noted;
        WHILE more LOOP
            more := false;
            schemaproof_waiting := '{}';
            FOR ${outbox.wrong} IN
                WITH ${script.locked} AS MATERIALIZED (
                    SELECT noted.* FROM ${outbox.name} AS noted
                    WHERE noted.schemaproof_id > schemaproof_latest AND noted.schemaproof_id <= schemaproof_newest AND noted.${outbox.keys[0]} IS NOT NULL
                    ORDER BY noted.schemaproof_id LIMIT greatest($2, 1) FOR UPDATE SKIP LOCKED
                )
                SELECT <@keysOf outbox=outbox row=script.locked />, array_agg(${script.locked}.schemaproof_id) AS schemaproof_ids,
                    max(${script.locked}.schemaproof_id) AS schemaproof_last
                FROM ${script.locked}
                GROUP BY <@keysOf outbox=outbox row=script.locked /> ORDER BY <@keysOf outbox=outbox row=script.locked />
            LOOP
                more := true;
                schemaproof_latest := greatest(schemaproof_latest, ${outbox.wrong}.schemaproof_last);
                <@job.lock job=outbox /> SKIP LOCKED;
                IF NOT FOUND THEN
                    PERFORM 1 FROM ${outbox.table} AS parent WHERE <#list outbox.keys as key>parent.${key} = ${outbox.wrong}.${key}<#sep> AND </#list>;
                    IF FOUND THEN
                        -- Others have locked it.
                        schemaproof_waiting := schemaproof_waiting || ${outbox.wrong}.schemaproof_ids;
                        CONTINUE;
                    END IF;
                END IF;
<@settle outbox=outbox indent="                " />
            END LOOP;
<@begin outbox=outbox indent="            " />
            -- While these are waited for, nobody waits for us.
            FOR ${outbox.wrong} IN
                SELECT <@keysOf outbox=outbox row="noted" />, array_agg(noted.schemaproof_id) AS schemaproof_ids
                FROM ${outbox.name} AS noted WHERE noted.schemaproof_id = ANY (schemaproof_waiting)
                GROUP BY <@keysOf outbox=outbox row="noted" /> ORDER BY <@keysOf outbox=outbox row="noted" />
            LOOP
                <@job.lock job=outbox />;
<@settle outbox=outbox indent="                " />
<@begin outbox=outbox indent="                " />
            END LOOP;
        END LOOP;
        RAISE NOTICE '% rows of % were out of date', changed, ${outbox.tableLiteral};
    END
    $${script.bodyTag}$);
</#macro>
<#macro outboxes script>
<#if script.outboxes?has_content>

-- Copies that the consumer of an outbox brings up to date are wrong for a while. Triggers note in the outbox of a contract which
-- rows are out of date, as part of the writer's transaction; they touch and lock none of these rows. A procedure takes the
-- notes, reads each row's value anew behind its lock, and commits after each batch. It says how many rows it has changed; it
-- can be called as often as one likes, by several at once, and while others write, and may die at any moment: what it had not
-- committed is done by the next call. It runs with the rights of whoever calls it.
--
-- How long notes have been waiting, beside what the contract allows: SELECT * FROM ${script.clock};
--
-- Loading under session_replication_role = replica, DISABLE TRIGGER and restores of data alone note nothing: run the scripts
-- in reconcile/ afterwards.
--
-- All of it takes effect together or not at all, and it can be run again; what is in the outboxes stays there.

DO $${script.tag}$
DECLARE
    former_path text := current_setting('search_path');
    former_repair text := current_setting('schemaproof.repair', true);
<#if script.partitioned>
    ${script.part} record;
</#if>
BEGIN
    -- Whoever writes to these tables now is waited for; nobody else writes to them before the end of the transaction.
    LOCK TABLE ${script.tables?join(", ")} IN SHARE ROW EXCLUSIVE MODE;

    -- The functions look up names here, whoever calls them: in the schema of the tables, then in what else is on the path
    -- now, unless everybody may create things there. Temporary tables come last, so that none can pose as ours.
    PERFORM set_config('search_path', string_agg(quote_ident(name), ', ' ORDER BY place) || ', pg_temp', true)
    FROM unnest(current_schemas(false)) WITH ORDINALITY AS path (name, place)
    WHERE place = 1 OR NOT has_schema_privilege('public', name, 'CREATE');

<@direct.refusal guard=script.guard bodyTag=script.bodyTag />

<#list script.outboxes as outbox>
    -- The outbox of ${outbox.remark}, anew if the columns that it takes after have other types by now: then what
    -- it holds is of no use, and everything is put right below.
    PERFORM 1
    FROM (VALUES
<#list outbox.columns as column>
        (${column.literal}, ${column.tableLiteral}, ${column.columnLiteral})<#sep>,</#sep>
</#list>
    ) AS wanted (name, origin_table, origin_column)
    JOIN pg_attribute AS origin
        ON origin.attrelid = to_regclass(wanted.origin_table) AND origin.attname = wanted.origin_column
    LEFT JOIN pg_attribute AS noted
        ON noted.attrelid = to_regclass(${outbox.literal}) AND noted.attname = wanted.name AND NOT noted.attisdropped
    WHERE (noted.atttypid, noted.atttypmod, noted.attcollation)
        IS DISTINCT FROM (origin.atttypid, origin.atttypmod, origin.attcollation);
    IF FOUND THEN
        DROP TABLE IF EXISTS ${outbox.name} CASCADE;
        CREATE TABLE ${outbox.name}
            WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000)
        AS SELECT <#list outbox.columns as column>(SELECT source.${column.column} FROM ${column.table} AS source) AS ${column.name}<#sep>, </#list> WITH NO DATA;
        ALTER TABLE ${outbox.name}
            ADD schemaproof_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            ADD schemaproof_noted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            ADD schemaproof_xid xid8 NOT NULL DEFAULT pg_current_xact_id();
        REVOKE ALL ON TABLE ${outbox.name} FROM PUBLIC;
    END IF;

<#list outbox.sources as source>
<@noting script=script outbox=outbox source=source />
</#list>
    -- Nothing would correct a direct write.
<#list outbox.guards as guard>
    CREATE OR REPLACE TRIGGER ${guard.trigger} AFTER ${guard.event} ON ${outbox.table}
        FOR EACH ROW WHEN (${guard.condition} AND current_setting('schemaproof.repair', true) IS DISTINCT FROM 'on')
        EXECUTE FUNCTION ${script.guard}(${guard.arguments?join(", ")});
</#list>

<@consumer script=script outbox=outbox />

</#list>
    -- Nobody else writes to these tables: what is there already can be put right.
    PERFORM set_config('schemaproof.repair', 'on', true);
<#list script.outboxes as outbox>
<#if outbox.drift.summary>
<@summaries.backfill tally=outbox.drift.tally indent="    " />
<#else>
<@values.backfill keys=outbox.keys table=outbox.table copy=outbox.drift.copy value=outbox.drift.value joins=outbox.drift.joins indent="    " />
</#if>
</#list>
    PERFORM set_config('schemaproof.repair', former_repair, true);

    -- By the time at which a row was noted, not committed: a copy is at most so stale.
    CREATE OR REPLACE VIEW ${script.clock} AS
<#list script.outboxes as outbox>
    SELECT ${outbox.contract}::text AS contract, count(*) AS waiting, min(noted.schemaproof_noted_at) AS oldest,
        coalesce(clock_timestamp() - min(noted.schemaproof_noted_at), interval '0') AS staleness,
        make_interval(secs => ${outbox.allowed}) AS allowed,
        coalesce(clock_timestamp() - min(noted.schemaproof_noted_at) > make_interval(secs => ${outbox.allowed}), false) AS late
    FROM ${outbox.name} AS noted
<#sep>
    UNION ALL
</#sep>
</#list>
    ;

    PERFORM set_config('search_path', former_path, true);
END
$${script.tag}$;
</#if>
</#macro>
