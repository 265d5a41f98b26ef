<#import "wrong-copies.ftl" as wrong>
<#import "follow-triggers.ftl" as follow>
<#import "job-procedures.ftl" as job>
<#import "direct-writes.ftl" as direct>
<#import "outboxes.ftl" as outbox>
<#import "folds.ftl" as aside>
<#import "view-rows.ftl" as rows>
<#import "former.ftl" as former_contracts>
<#-- What one statement changes for each parent: a row before it counts -1, a row after it +1; of what is read anew, that it has changed. -->
<#macro shares share child sources>
                SELECT <#if share.notes.value?has_content>${share.notes.value}, </#if><#list share.keys as key>delta.${key}, </#list><#list share.copies as copy>sum(delta.${copy}) AS ${copy}<#sep>, </#list>
                FROM (
<#list share.tallies as tally>
<#if tally.added || (sources?size == 1)>
<#list sources as source>
                    SELECT <#list share.keys as key>${child.alias}.${tally.childKeys[key?index]} AS ${key}, </#list><#list share.copies as copy>${(copy == tally.copy)?then(tally.added?then((source.sign == "1")?then(tally.share, "-" + tally.share), "1"), "0")} AS ${copy}<#sep>, </#list>
                    FROM ${source.rows} AS ${child.alias}<#if tally.where?has_content> WHERE ${tally.where}</#if>
<#if source?has_next || tally?has_next>
                    UNION ALL
</#if>
</#list>
<#else>
                    SELECT <#list share.keys as key>net.${key}, </#list><#list share.copies as copy>${(copy == tally.copy)?then("1", "0")} AS ${copy}<#sep>, </#list>
                    FROM (
<@net share=share child=child tally=tally from=child.oldRows to=child.newRows />
                        UNION ALL
<@net share=share child=child tally=tally from=child.newRows to=child.oldRows />
                    ) AS net
<#if tally?has_next>
                    UNION ALL
</#if>
</#if>
</#list>
                ) AS delta
                WHERE <#list share.keys as key>delta.${key} IS NOT NULL<#sep> AND </#list>
                GROUP BY <#list share.keys as key>delta.${key}<#sep>, </#list>
<#if (sources?size > 1)>
                HAVING <#list share.copies as copy>sum(delta.${copy}) <> 0<#sep> OR </#list>
</#if>
<#if share.immediate || share.notes.slotted>
                ORDER BY <#list share.keys as key>delta.${key}<#sep>, </#list>
</#if>
<#if share.notes.slotted>
<@aside.added notes=share.notes keys=share.keys copies=share.copies indent="                " />
</#if>
                ;
</#macro>
<#-- Where the changes of one statement go: to the parents at once, or to what is brought up to date at commit. -->
<#macro collect share child sources>
<#if share.immediate>
                OPEN changes FOR
<#else>
                INSERT INTO <@aside.columns notes=share.notes keys=share.keys copies=share.copies />
</#if>
<@shares share=share child=child sources=sources />
<#if share.deferred>
                waiting := waiting OR FOUND;
</#if>
</#macro>
<#-- Before rows are read anew: an old snapshot may show some that are gone, of a parent whose key another row has now. -->
<#macro settle tallies variable>
                IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
<#list tallies as tally>
                    PERFORM 1 FROM ${tally.decisive(variable)} FOR KEY SHARE SKIP LOCKED;
</#list>
                END IF;
</#macro>
<#macro byKey keys variable><#list keys as key>parent.${key} = ${variable}.${key}<#sep> AND </#list></#macro>
<#-- Adds to a parent's copies what has changed, or reads them anew. -->
<#macro apply table keys tallies reads change>
<#if reads?has_content>
                -- What others have committed is seen by a statement that begins when they can't change the row any more.
                PERFORM 1 FROM ${table} AS parent WHERE <@byKey keys=keys variable=change /> FOR NO KEY UPDATE;
<#if reads?filter(tally -> !tally.added)?has_content>
<@settle tallies=reads?filter(tally -> !tally.added) variable=change />
</#if>
</#if>
                UPDATE ${table} AS parent
                SET
<#list tallies as tally>
<#if !tally.added>
                    ${tally.copy} = CASE WHEN ${change}.${tally.copy} = 0 THEN parent.${tally.copy}
                        ELSE ${tally.valueFor(change)} END<#sep>,</#sep>
<#elseif tally.inexact>
                    ${tally.copy} = coalesce(nullif((parent.${tally.copy} + ${change}.${tally.copy})::numeric, 'NaN'),
                        ${tally.valueFor(change)})<#sep>,</#sep>
<#else>
                    ${tally.copy} = parent.${tally.copy} + ${change}.${tally.copy}<#sep>,</#sep>
</#if>
</#list>
                WHERE <@byKey keys=keys variable=change />;
</#macro>
<#-- The rows that are in one table more often than in the other, as far as they matter. -->
<#macro net share child tally from to>
                        (SELECT <#list share.keys as key>${child.alias}.${tally.childKeys[key?index]} AS ${key}<#sep>, </#list><#list tally.inputs as input>, ${input} AS schemaproof_${input?index}</#list>
                        FROM ${from} AS ${child.alias}<#if tally.where?has_content> WHERE ${tally.where}</#if>
                        EXCEPT ALL
                        SELECT <#list share.keys as key>${child.alias}.${tally.childKeys[key?index]}<#sep>, </#list><#list tally.inputs as input>, ${input}</#list>
                        FROM ${to} AS ${child.alias}<#if tally.where?has_content> WHERE ${tally.where}</#if>)
</#macro>
<#macro row variable keys>(<#list keys as key>${variable}.${key}<#sep>, </#list>)</#macro>
<#list heading as line>
-- ${line}
</#list>
<@former_contracts.retire former=former />
<#if children?has_content>

<#if folded>
-- Every copy is exact in every committed state, except those whose changes are laid aside: these are exact together with what is
-- laid aside for them, as the views give them, and by themselves after the procedures that fold it into them.
<#else>
-- Every copy is exact in every committed state.
</#if>
<#if pendings?has_content>
-- Deferred copies are brought up to date once a transaction, when it commits: it takes all their parents in the order of
-- their keys, so that the copies add no deadlocks. Until then the transaction reads the copies as they were; whoever
-- needs them sooner says SET CONSTRAINTS ${flush} IMMEDIATE.
</#if>
<#if immediate>
-- Immediate copies can be read in the transaction that changed them. Sessions that change the copies of one parent wait
-- for each other until they commit. Each statement takes the parents in the order of their keys, so that single
-- statements never deadlock; transactions of several statements may, as with any updates of their own, and are then to
-- be repeated.
</#if>
-- Loading under session_replication_role = replica, DISABLE TRIGGER and restores of data alone run no triggers: run the
-- scripts in reconcile/ afterwards.
--
-- All of it takes effect together or not at all, and it can be run again.

DO $${tag}$
DECLARE
    former_path text := current_setting('search_path');
    former_repair text := current_setting('schemaproof.repair', true);
    former_messages text := current_setting('client_min_messages');
<#if partitioned>
    ${change} record;
</#if>
BEGIN
    -- Whoever writes to these tables now is waited for; nobody else writes to them before the end of the transaction.
    LOCK TABLE <#list children as child>${child.table}<#sep>, </#list> IN SHARE ROW EXCLUSIVE MODE;

    -- The functions look up names here, whoever calls them: in the schema of the tables, then in what else is on the path
    -- now, unless everybody may create things there. Temporary tables come last, so that none can pose as ours.
    PERFORM set_config('search_path', string_agg(quote_ident(name), ', ' ORDER BY place) || ', pg_temp', true)
    FROM unnest(current_schemas(false)) WITH ORDINALITY AS path (name, place)
    WHERE place = 1 OR NOT has_schema_privilege('public', name, 'CREATE');

<#if pendings?has_content>
    -- What is pending is gone when its transaction ends, so that these tables hold no committed row and need no log.
    PERFORM set_config('client_min_messages', 'warning', true);
    IF EXISTS (
        SELECT FROM pg_constraint AS known JOIN pg_namespace AS place ON place.oid = known.connamespace
        WHERE known.conname = '${flush}' AND place.nspname = current_schema()
    ) THEN
        -- This transaction's own
        SET CONSTRAINTS ${flush} IMMEDIATE;
    END IF;
<#list pendings as pending>
    DROP TABLE IF EXISTS ${pending.name};
    CREATE UNLOGGED TABLE ${pending.name}
        WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_analyze_threshold = 2147483647)
    AS SELECT pg_current_xact_id() AS schemaproof_xid, <#list pending.keys as key>parent.${key}, </#list><#list pending.tallies as tally>0::numeric AS ${tally.copy}<#sep>, </#list>
        FROM ${pending.parent} AS parent WITH NO DATA;
    CREATE INDEX ON ${pending.name} (schemaproof_xid);
    REVOKE ALL ON TABLE ${pending.name} FROM PUBLIC;
</#list>
    DROP TABLE IF EXISTS ${flush};
    CREATE UNLOGGED TABLE ${flush} (xid xid8 PRIMARY KEY)
        WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_analyze_threshold = 2147483647);
    REVOKE ALL ON TABLE ${flush} FROM PUBLIC;
    PERFORM set_config('client_min_messages', former_messages, true);

    -- Brings up to date what the transaction has changed. Without sequential scans: the tables of pending changes are empty
    -- to all statistics, and a look-up by key suits the others. Some versions compile a plan that has to read all the same.
    CREATE OR REPLACE FUNCTION ${flush}() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET row_security = off SET enable_seqscan = off SET jit = off
    AS $${bodyTag}$
    #variable_conflict use_column
    DECLARE
        former_repair text := current_setting('schemaproof.repair', true);
        ${change} record;
    BEGIN
        PERFORM set_config('schemaproof.repair', 'on', true);
        -- What is written from here on, by other triggers perhaps, asks for another run.
        DELETE FROM ${flush} WHERE xid = pg_current_xact_id();
<#list pendings as pending>

        -- ${pending.contracts}
        FOR ${change} IN
            WITH taken AS (DELETE FROM ${pending.name} WHERE schemaproof_xid = pg_current_xact_id() RETURNING *)
            SELECT <#list pending.keys as key>taken.${key}, </#list><#list pending.tallies as tally>coalesce(sum(taken.${tally.copy}), 0) AS ${tally.copy}<#sep>, </#list>
            FROM taken
            GROUP BY <#list pending.keys as key>taken.${key}<#sep>, </#list>
            HAVING <#list pending.tallies as tally>sum(taken.${tally.copy}) <> 0<#sep> OR </#list>
            ORDER BY <#list pending.keys as key>taken.${key}<#sep>, </#list>
        LOOP
<@apply table=pending.parent keys=pending.keys tallies=pending.tallies reads=pending.read change=change />
        END LOOP;
</#list>

        PERFORM set_config('schemaproof.repair', former_repair, true);
        RETURN NULL;
    END
    $${bodyTag}$;
    REVOKE ALL ON FUNCTION ${flush}() FROM PUBLIC;

    CREATE CONSTRAINT TRIGGER ${flush} AFTER INSERT ON ${flush}
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ${flush}();

</#if>
<#list parents as parent>
<#list parent.folds as fold>
<@aside.table fold=fold view=parent.view />
</#list>
</#list>
<#list children as child>
    -- Rows of ${child.table} count in <#list child.shares as share>${share.table}<#sep>, </#list>.
    CREATE OR REPLACE FUNCTION ${child.function}() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET row_security = off
    AS $${bodyTag}$
    #variable_conflict use_column
    DECLARE
        former_repair text;
<#if child.immediate>
        changes refcursor;
        ${change} record;
</#if>
<#if child.deferred>
        waiting boolean := false;
</#if>
    BEGIN
<#if child.immediate>
        former_repair := current_setting('schemaproof.repair', true);
        PERFORM set_config('schemaproof.repair', 'on', true);
<#else>
        IF TG_OP = 'TRUNCATE' THEN
            former_repair := current_setting('schemaproof.repair', true);
            PERFORM set_config('schemaproof.repair', 'on', true);
        END IF;
</#if>
<#list child.shares as share>

        -- ${share.contracts}
        IF TG_OP = 'TRUNCATE' THEN
<#if share.folded>
<@aside.truncated share=share />
<#else>
<#if share.deferred>
            UPDATE ${share.notes.table} SET <#list share.copies as copy>${copy} = 0<#sep>, </#list> WHERE schemaproof_xid = pg_current_xact_id();
</#if>
            -- TRUNCATE also takes rows that an old snapshot does not show: there every parent may hold some.
            PERFORM 1 FROM ${share.table} AS parent
            WHERE <#list share.tallies as tally>${tally.holdsSome("parent")}<#sep> OR </#list>
            OR current_setting('transaction_isolation') IN ('repeatable read', 'serializable')
            ORDER BY <#list share.keys as key>parent.${key}<#sep>, </#list> FOR NO KEY UPDATE;
<#if child.partitioned>
            -- What the other partitions hold is still there.
<#list share.tallies as tally>
<@wrong.backfill tally=tally indent="            " />
</#list>
<#else>
            UPDATE ${share.table} AS parent
            SET <#list share.tallies as tally>${tally.copy} = ${tally.start}<#sep>, </#list>
            WHERE <#list share.tallies as tally>${tally.holdsSome("parent")}<#sep> OR </#list>;
</#if>
</#if>
        ELSE
            IF TG_OP = 'INSERT' THEN
<@collect share=share child=child sources=[{"rows": child.newRows, "sign": "1"}] />
            ELSIF TG_OP = 'UPDATE' THEN
<@collect share=share child=child sources=[{"rows": child.oldRows, "sign": "-1"}, {"rows": child.newRows, "sign": "1"}] />
            ELSE
<@collect share=share child=child sources=[{"rows": child.oldRows, "sign": "-1"}] />
            END IF;
<#if share.immediate>
            -- Row by row: this takes the locks in the order of the keys, and a row that has changed meanwhile is read anew.
            LOOP
                FETCH changes INTO ${change};
                EXIT WHEN NOT FOUND;
<@apply table=share.table keys=share.keys tallies=share.tallies reads=share.read change=change />
            END LOOP;
            CLOSE changes;
</#if>
        END IF;
</#list>
<#if child.deferred>

        IF waiting THEN
            INSERT INTO ${flush} VALUES (pg_current_xact_id()) ON CONFLICT DO NOTHING;
        END IF;
</#if>

<#if child.immediate>
        PERFORM set_config('schemaproof.repair', former_repair, true);
<#else>
        IF TG_OP = 'TRUNCATE' THEN
            PERFORM set_config('schemaproof.repair', former_repair, true);
        END IF;
</#if>
        RETURN NULL;
    END
    $${bodyTag}$;
    REVOKE ALL ON FUNCTION ${child.function}() FROM PUBLIC;

    CREATE OR REPLACE TRIGGER ${child.insert} AFTER INSERT ON ${child.table}
        REFERENCING NEW TABLE AS ${child.newRows}
        FOR EACH STATEMENT EXECUTE FUNCTION ${child.function}();
    CREATE OR REPLACE TRIGGER ${child.update} AFTER UPDATE ON ${child.table}
        REFERENCING OLD TABLE AS ${child.oldRows} NEW TABLE AS ${child.newRows}
        FOR EACH STATEMENT EXECUTE FUNCTION ${child.function}();
    CREATE OR REPLACE TRIGGER ${child.delete} AFTER DELETE ON ${child.table}
        REFERENCING OLD TABLE AS ${child.oldRows}
        FOR EACH STATEMENT EXECUTE FUNCTION ${child.function}();
    CREATE OR REPLACE TRIGGER ${child.truncate} AFTER TRUNCATE ON ${child.table}
        FOR EACH STATEMENT EXECUTE FUNCTION ${child.function}();
<#if child.partitioned>
    -- A statement that names a partition runs none but the partition's own triggers. One that is made later, or attached,
    -- gets them when this script runs again.
    FOR ${change} IN SELECT part.relid::regclass::text AS name FROM pg_partition_tree(${child.literal}::regclass) AS part WHERE part.level > 0 LOOP
        EXECUTE 'CREATE OR REPLACE TRIGGER ${child.insert} AFTER INSERT ON ' || ${change}.name
            || ' REFERENCING NEW TABLE AS ${child.newRows} FOR EACH STATEMENT EXECUTE FUNCTION ' || ${child.functionLiteral} || '()';
        EXECUTE 'CREATE OR REPLACE TRIGGER ${child.update} AFTER UPDATE ON ' || ${change}.name
            || ' REFERENCING OLD TABLE AS ${child.oldRows} NEW TABLE AS ${child.newRows} FOR EACH STATEMENT EXECUTE FUNCTION ' || ${child.functionLiteral} || '()';
        EXECUTE 'CREATE OR REPLACE TRIGGER ${child.delete} AFTER DELETE ON ' || ${change}.name
            || ' REFERENCING OLD TABLE AS ${child.oldRows} FOR EACH STATEMENT EXECUTE FUNCTION ' || ${child.functionLiteral} || '()';
        EXECUTE 'CREATE OR REPLACE TRIGGER ${child.truncate} AFTER TRUNCATE ON ' || ${change}.name
            || ' FOR EACH STATEMENT EXECUTE FUNCTION ' || ${child.functionLiteral} || '()';
    END LOOP;
</#if>

</#list>
<@direct.refusal guard=guard bodyTag=bodyTag />

<#list parents as parent>
    -- When the key of a row changes, the rows that refer to it follow with it or stay: each finds its way through the
    -- triggers above, so that the row starts as if none referred to its new key. This also settles what a statement that
    -- changes the key may write to a copy at the same time.
    CREATE OR REPLACE FUNCTION ${parent.arrive.function}() RETURNS trigger
        LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
    AS $${bodyTag}$
    BEGIN
<#list parent.copies as copy>
        NEW.${copy.column} := ${copy.tally.start};
</#list>
        RETURN NEW;
    END
    $${bodyTag}$;
    REVOKE ALL ON FUNCTION ${parent.arrive.function}() FROM PUBLIC;

    CREATE OR REPLACE TRIGGER ${parent.arrive.trigger} BEFORE UPDATE ON ${parent.table}
        FOR EACH ROW WHEN (<@row variable="OLD" keys=parent.keys /> IS DISTINCT FROM <@row variable="NEW" keys=parent.keys />)
        EXECUTE FUNCTION ${parent.arrive.function}();
<#if parent.carried?has_content>

    -- What it held under its former key is left to that key: whatever row has it next starts with what the rows come to that
    -- still refer to it, once these have followed or are gone.
    CREATE OR REPLACE FUNCTION ${parent.leave.function}() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET row_security = off
    AS $${bodyTag}$
    DECLARE
        former_repair text := current_setting('schemaproof.repair', true);
    BEGIN
<#list parent.left as left>
<#if left.notes.there>
        INSERT INTO <@aside.columns notes=left.notes keys=parent.keys copies=left.copies />
        VALUES (<#if left.notes.value?has_content>${left.notes.value}, </#if><#list parent.keys as key>OLD.${key}, </#list><#list left.copies as copy>OLD.${copy}<#sep>, </#list>)<#if !left.notes.slotted>;</#if>
<#if left.notes.slotted>
<@aside.added notes=left.notes keys=parent.keys copies=left.copies indent="        " />
        ;
</#if>
<#if left.notes.pending>
        INSERT INTO ${flush} VALUES (pg_current_xact_id()) ON CONFLICT DO NOTHING;
</#if>
<#else>
        PERFORM set_config('schemaproof.repair', 'on', true);
        UPDATE ${parent.table} AS parent
        SET <#list left.copies as copy>${copy} = parent.${copy} + OLD.${copy}<#sep>, </#list>
        WHERE <@byKey keys=parent.keys variable="OLD" />;
        PERFORM set_config('schemaproof.repair', former_repair, true);
</#if>
</#list>
        RETURN NULL;
    END
    $${bodyTag}$;
    REVOKE ALL ON FUNCTION ${parent.leave.function}() FROM PUBLIC;

    CREATE OR REPLACE TRIGGER ${parent.leave.trigger} AFTER UPDATE ON ${parent.table}
        FOR EACH ROW WHEN (<@row variable="OLD" keys=parent.keys /> IS DISTINCT FROM <@row variable="NEW" keys=parent.keys />
            AND (<#list parent.carried as copy>OLD.${copy} <> 0<#sep> OR </#list>))
        EXECUTE FUNCTION ${parent.leave.function}();
<#if parent.carriedApart?has_content>
    CREATE OR REPLACE TRIGGER ${parent.leave.trigger}_for_good AFTER DELETE ON ${parent.table}
        FOR EACH ROW WHEN (<#list parent.carriedApart as copy>OLD.${copy} <> 0<#sep> OR </#list>)
        EXECUTE FUNCTION ${parent.leave.function}();
</#if>
</#if>
<#if parent.folded>
<@aside.emptied parent=parent tag=bodyTag change=change />
</#if>
<#list parent.copies as copy>
    CREATE OR REPLACE TRIGGER ${copy.insertGuard} AFTER INSERT ON ${parent.table}
        FOR EACH ROW WHEN (${copy.tally.startsWrong("NEW")}
            AND current_setting('schemaproof.repair', true) IS DISTINCT FROM 'on')
        EXECUTE FUNCTION ${guard}(${copy.arguments?join(", ")});
    CREATE OR REPLACE TRIGGER ${copy.updateGuard} AFTER UPDATE ON ${parent.table}
        FOR EACH ROW WHEN (OLD.${copy.column} IS DISTINCT FROM NEW.${copy.column}
            AND <@row variable="OLD" keys=parent.keys /> IS NOT DISTINCT FROM <@row variable="NEW" keys=parent.keys />
            AND current_setting('schemaproof.repair', true) IS DISTINCT FROM 'on')
        EXECUTE FUNCTION ${guard}(${copy.arguments?join(", ")});
</#list>

</#list>
    -- Nobody else writes to these tables: what is there already can be summed up.
    PERFORM set_config('schemaproof.repair', 'on', true);
<#list backfills as copy>

    -- ${copy.contract}
<@wrong.backfill tally=copy.tally indent="    " />
</#list>
<#list parents as parent>
<#list parent.folds as fold>
<@aside.numbers fold=fold />
</#list>
</#list>

    PERFORM set_config('schemaproof.repair', former_repair, true);
<#list parents as parent>
<#if parent.folded>
<@aside.view parent=parent />
<#list parent.folds as fold>
<@aside.procedure fold=fold tag=bodyTag />
</#list>
</#if>
</#list>
    PERFORM set_config('search_path', former_path, true);
END
$${tag}$;
</#if>
<@follow.triggers script=followed />
<@job.procedures script=scheduled />
<@outbox.outboxes script=noted />
<@former_contracts.settling former=former />
<@former_contracts.mark former=former />
<#list views as view>

-- ${view.contract}
-- It is filled when it is made; afterwards the script in reconcile/ refreshes it.
CREATE MATERIALIZED VIEW IF NOT EXISTS ${view.name} (${view.columns?join(", ")})${view.suffix} AS
<@rows.query view=view />;
<#list view.indexes as index>
<#list index.why as line>
-- ${line}
</#list>
CREATE ${index.unique}INDEX IF NOT EXISTS ${index.name} ON ${index.table} ${index.using}(${index.parts})${index.suffix};
</#list>
<#list view.grants as grant>
GRANT ${grant.privileges} ON ${grant.object} TO ${grant.role};
</#list>
<#list view.comments as comment>
COMMENT ON ${comment.object} IS ${comment.literal};
</#list>
</#list>
