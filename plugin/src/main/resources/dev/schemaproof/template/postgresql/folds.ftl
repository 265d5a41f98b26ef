<#-- What writers lay aside, and what folds it into the copies. -->
<#macro columns notes keys copies>${notes.table}<#if notes.slotted> AS slot</#if> (<#if notes.column?has_content>${notes.column}, </#if><#list keys as key>${key}, </#list><#list copies as copy>${copy}<#sep>, </#list>)</#macro>
<#-- What lies in the slot already is added to. -->
<#macro added notes keys copies indent>
${indent}ON CONFLICT (<#list keys as key>${key}, </#list>${notes.column})
${indent}    DO UPDATE SET <#list copies as copy>${copy} = slot.${copy} + EXCLUDED.${copy}<#sep>, </#list>
</#macro>
<#macro is keys row other><#list keys as key>${row}.${key} = ${other}.${key}<#sep> AND </#list></#macro>
<#macro begin indent>
${indent}COMMIT;
${indent}SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
${indent}PERFORM set_config('search_path', path, true), set_config('row_security', 'off', true), set_config('schemaproof.repair', 'on', true),
${indent}    set_config('enable_seqscan', 'off', true);
</#macro>
<#macro table fold view>
    -- ${fold.contracts}
    -- What writers change of ${fold.parent} lies here until the next fold<#if fold.slotted>, added up in one row for each slot of a key</#if>.
    -- Whatever lay here before is in what the copies are set to below.
    PERFORM set_config('client_min_messages', 'warning', true);
    DROP VIEW IF EXISTS ${view};
    DROP TABLE IF EXISTS ${fold.name};
    PERFORM set_config('client_min_messages', former_messages, true);
    CREATE <#if fold.unlogged>UNLOGGED </#if>TABLE ${fold.name}
        WITH (<#if fold.slotted>fillfactor = 50, </#if>autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_analyze_threshold = 2147483647)
    AS SELECT <#if fold.slotted>0 AS ${fold.slot}, </#if><#list fold.keys as key>parent.${key}, </#list><#list fold.tallies as tally>0::numeric AS ${tally.copy}<#sep>, </#list>
        FROM ${fold.parent} AS parent WITH NO DATA;
<#if fold.slotted>
    ALTER TABLE ${fold.name} ADD PRIMARY KEY (<#list fold.keys as key>${key}, </#list>${fold.slot});
<#else>
    CREATE INDEX ON ${fold.name} (<#list fold.keys as key>${key}<#sep>, </#list>);
</#if>
<#list fold.tallies as tally>
<#if tally.inexact>
    -- What can't be taken away again can't be added.
    ALTER TABLE ${fold.name} ADD CHECK (${tally.copy} <> 'NaN');
</#if>
</#list>
    REVOKE ALL ON TABLE ${fold.name} FROM PUBLIC;
<#if fold.secured>
    -- Whoever does not see a row of ${fold.parent} does not see what is laid aside for it either.
    ALTER TABLE ${fold.name} ENABLE ROW LEVEL SECURITY;
    CREATE POLICY schemaproof_as_the_parent ON ${fold.name} FOR SELECT
        USING (EXISTS (SELECT FROM ${fold.parent} AS parent WHERE <#list fold.keys as key>parent.${key} = ${fold.name}.${key}<#sep> AND </#list>));
</#if>
<#list fold.readers as reader>
    GRANT SELECT ON TABLE ${fold.name} TO ${reader};
</#list>

</#macro>
<#-- TRUNCATE and writers exclude each other, so that what is missing is what was taken; folds in the meantime do not matter to it. -->
<#macro truncated share>
            IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
                RAISE feature_not_supported USING
                    MESSAGE = format('TRUNCATE of table %I needs isolation level READ COMMITTED', TG_TABLE_NAME),
                    DETAIL = 'It takes rows that an older snapshot does not show, and with them what was laid aside for their copies.';
            END IF;
            INSERT INTO <@columns notes=share.notes keys=share.keys copies=share.copies />
            SELECT <#if share.notes.value?has_content>${share.notes.value}, </#if><#list share.keys as key>missing.${key}, </#list><#list share.copies as copy>missing.${copy}<#sep>, </#list>
            FROM (
                SELECT <#list share.keys as key>${share.tallies[0].alias}.${key}, </#list><#list share.tallies as tally>${tally.missing(tally.alias)} AS ${tally.copy}<#sep>, </#list>
                FROM ${share.table} AS ${share.tallies[0].alias}
            ) AS missing
            WHERE <#list share.copies as copy>missing.${copy} <> 0<#sep> OR </#list>
<#if share.notes.slotted>
            ORDER BY <#list share.keys as key>missing.${key}<#sep>, </#list>
<@added notes=share.notes keys=share.keys copies=share.copies indent="            " />
</#if>
            ;
</#macro>
<#macro emptied parent tag change>
    -- With all rows of the table, those that refer to them are gone, and nobody else writes to either.
    CREATE OR REPLACE FUNCTION ${parent.empty.function}() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET row_security = off
    AS $${tag}$
    BEGIN
        IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
            RAISE feature_not_supported USING
                MESSAGE = format('TRUNCATE of table %I needs isolation level READ COMMITTED', TG_TABLE_NAME),
                DETAIL = 'It takes rows that an older snapshot does not show, and with them what was laid aside for their copies.';
        END IF;
<#list parent.folds as fold>
        DELETE FROM ${fold.name} AS note
        WHERE NOT EXISTS (SELECT FROM ${parent.table} AS parent WHERE <@is keys=parent.keys row="parent" other="note" />);
</#list>
        RETURN NULL;
    END
    $${tag}$;
    REVOKE ALL ON FUNCTION ${parent.empty.function}() FROM PUBLIC;

    CREATE OR REPLACE TRIGGER ${parent.empty.trigger} AFTER TRUNCATE ON ${parent.table}
        FOR EACH STATEMENT EXECUTE FUNCTION ${parent.empty.function}();
<#if parent.partitioned>
    FOR ${change} IN SELECT part.relid::regclass::text AS name FROM pg_partition_tree(${parent.literal}::regclass) AS part WHERE part.level > 0 LOOP
        EXECUTE 'CREATE OR REPLACE TRIGGER ${parent.empty.trigger} AFTER TRUNCATE ON ' || ${change}.name
            || ' FOR EACH STATEMENT EXECUTE FUNCTION ' || ${parent.emptyLiteral} || '()';
    END LOOP;
</#if>

</#macro>
<#macro numbers fold>
<#list fold.tallies as tally>
<#if tally.inexact>
    IF EXISTS (SELECT FROM ${fold.parent} AS parent WHERE parent.${tally.copy}::numeric = 'NaN') THEN
        RAISE numeric_value_out_of_range USING
            MESSAGE = format('rows of %s add up to NaN, from which nothing can be taken away again', ${tally.childLiteral}),
            HINT = 'Write numbers in their place first.';
    END IF;
</#if>
</#list>
</#macro>
<#macro view parent>

    -- The copies as they are exact in every committed state, and in the transaction that changes them: with what is laid aside.
    -- Whoever reads it needs the right to read ${parent.table}, and sees the rows that he would see there.
    CREATE VIEW ${parent.view} WITH (security_invoker = true) AS
    SELECT <#list parent.keys as key>parent.${key}, </#list><#list parent.exact as tally>${tally.stored("parent")} AS ${tally.copy}<#sep>, </#list>
    FROM ${parent.table} AS parent;
    REVOKE ALL ON TABLE ${parent.view} FROM PUBLIC;
<#list parent.readers as reader>
    GRANT SELECT ON TABLE ${parent.view} TO ${reader};
</#list>
</#macro>
<#macro procedure fold tag>

    -- Folds what is laid aside into the copies: key by key, in their order. It commits when it has to wait, so that nobody waits
    -- for it meanwhile, and after each batch of keys. It says how many rows it has changed; it can be run as often as one
    -- likes, by several at once, and while others write. It runs with the rights of whoever calls it, usually the owner.
    --
<#list fold.notes as line>
    -- ${line}
</#list>
    EXECUTE $${tag}$CREATE OR REPLACE PROCEDURE ${fold.procedure}(INOUT changed bigint DEFAULT 0, batch int DEFAULT 1000)
    LANGUAGE plpgsql AS $${tag}$ || quote_literal($${tag}$
    #variable_conflict use_column
    DECLARE
        path constant text := $${tag}$ || quote_literal(current_setting('search_path')) || $${tag}$;
        next record;
        folded record;
        schemaproof_there boolean;
        keys_done int := 0;
    BEGIN
        -- Within a transaction this is refused, before anything is changed.
<@begin indent="        " />
        changed := 0;
        SELECT <#list fold.keys as key>note.${key}<#sep>, </#list> INTO next
        FROM ${fold.name} AS note ORDER BY <#list fold.keys as key>note.${key}<#sep>, </#list> LIMIT 1;
        WHILE FOUND LOOP
            PERFORM 1 FROM ${fold.parent} AS parent WHERE <@is keys=fold.keys row="parent" other="next" /> FOR NO KEY UPDATE SKIP LOCKED;
            schemaproof_there := FOUND;
            IF NOT FOUND THEN
                -- It is gone, or others have locked it. While they are waited for, nobody waits for us.
<@begin indent="                " />
                PERFORM 1 FROM ${fold.parent} AS parent WHERE <@is keys=fold.keys row="parent" other="next" /> FOR NO KEY UPDATE;
                schemaproof_there := FOUND;
                IF NOT schemaproof_there THEN
                    -- There is no row to wait for; took two folds a part each, neither would see that it comes to nothing.
                    PERFORM 1 FROM ${fold.name} AS note WHERE <@is keys=fold.keys row="note" other="next" /> ORDER BY note.ctid FOR UPDATE;
                END IF;
            END IF;
            -- In one snapshot: what lies there, and what of it nobody has locked, which goes.
            WITH seen AS (
                SELECT <#list fold.tallies as tally>coalesce(sum(note.${tally.copy}), 0) AS ${tally.copy}<#sep>, </#list>
                FROM ${fold.name} AS note WHERE <@is keys=fold.keys row="note" other="next" />
            ), taken AS (
                DELETE FROM ${fold.name} AS note
                WHERE note.ctid = ANY (ARRAY(
                    SELECT free.ctid FROM ${fold.name} AS free WHERE <@is keys=fold.keys row="free" other="next" /> FOR UPDATE SKIP LOCKED))
                RETURNING note.*
            ), gone AS (
                SELECT <#list fold.tallies as tally>coalesce(sum(taken.${tally.copy}), 0) AS ${tally.copy}<#sep>, </#list> FROM taken
            )
            SELECT <#list fold.tallies as tally>CASE WHEN schemaproof_there THEN seen.${tally.copy} ELSE 0 END AS ${tally.copy}, gone.${tally.copy} - CASE WHEN schemaproof_there THEN seen.${tally.copy} ELSE 0 END AS schemaproof_left_${tally?index}<#sep>, </#list>
            INTO folded FROM seen, gone;
            IF <#list fold.tallies as tally>folded.schemaproof_left_${tally?index} <> 0<#sep> OR </#list> THEN
                -- So that all of it comes to the same as before
                INSERT INTO ${fold.name}<#if fold.slotted> AS slot</#if> (<#if fold.slotted>${fold.slot}, </#if><#list fold.keys as key>${key}, </#list><#list fold.tallies as tally>${tally.copy}<#sep>, </#list>)
                VALUES (<#if fold.slotted>-1, </#if><#list fold.keys as key>next.${key}, </#list><#list fold.tallies as tally>folded.schemaproof_left_${tally?index}<#sep>, </#list>)
<#if fold.slotted>
                ON CONFLICT (<#list fold.keys as key>${key}, </#list>${fold.slot})
                    DO UPDATE SET <#list fold.tallies as tally>${tally.copy} = slot.${tally.copy} + EXCLUDED.${tally.copy}<#sep>, </#list>
</#if>
                ;
            END IF;
            IF <#list fold.tallies as tally>folded.${tally.copy} <> 0<#sep> OR </#list> THEN
                UPDATE ${fold.parent} AS parent
                SET <#list fold.tallies as tally>${tally.copy} = parent.${tally.copy} + folded.${tally.copy}<#sep>, </#list>
                WHERE <@is keys=fold.keys row="parent" other="next" />;
                changed := changed + 1;
            END IF;
            keys_done := keys_done + 1;
            IF keys_done >= batch THEN
<@begin indent="                " />
                keys_done := 0;
            END IF;
            SELECT <#list fold.keys as key>note.${key}<#sep>, </#list> INTO next
            FROM ${fold.name} AS note WHERE ${fold.key("note")} > ${fold.key("next")}
            ORDER BY <#list fold.keys as key>note.${key}<#sep>, </#list> LIMIT 1;
        END LOOP;
<@begin indent="        " />
        RAISE NOTICE '% rows of % were brought up to date', changed, ${fold.literal};
    END
    $${tag}$);
</#macro>
