<#import "wrong-copies.ftl" as summaries>
<#import "wrong-values.ftl" as values>
<#-- Copies that a job brings up to date, by a procedure for each contract. -->
<#macro query job indent>
${indent}WITH ${job.batch} AS (
${indent}    SELECT next_row.* FROM ${job.table} AS next_row
${indent}    WHERE ${job.key("next_row")} >= ${job.key(job.next)} ORDER BY <@keysOf job=job row="next_row" /> LIMIT greatest($2, 1)
${indent})
<#if job.drift.summary>
<@summaries.query tally=job.drift.tally indent=indent batch=job.batch />
${indent}ORDER BY <@keysOf job=job row=job.drift.tally.alias />
<#else>
<@values.query keys=job.keys table=job.table copy=job.drift.copy value=job.drift.value joins=job.drift.joins indent=indent batch=job.batch />
${indent}ORDER BY <@keysOf job=job row="copied" />
</#if>
</#macro>
<#macro lock job><#if job.drift.summary><@summaries.lock tally=job.drift.tally wrong=job.wrong /><#else><@values.lock keys=job.keys table=job.table wrong=job.wrong /></#if></#macro>
<#macro mend job indent>
<#if job.drift.summary>
<@summaries.mend tally=job.drift.tally wrong=job.wrong right=job.right indent=indent />
<#else>
<@values.mend keys=job.keys table=job.table copy=job.drift.copy value=job.drift.value joins=job.drift.joins wrong=job.wrong right=job.right indent=indent />
</#if>
</#macro>
<#macro begin indent>
${indent}COMMIT;
${indent}SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
${indent}PERFORM set_config('search_path', path, true), set_config('row_security', 'off', true);
</#macro>
<#macro keysOf job row><#list job.keys as key>${row}.${key}<#sep>, </#list></#macro>
<#macro procedures script>
<#if script.jobs?has_content>

-- Copies that a job brings up to date are wrong in between. Each procedure looks for them in one batch of rows after the
-- other, in the order of the key, puts them right, and commits: no lock lasts longer than that. It says how many rows it has
-- changed; it can be run as often as one likes, by several at once, and while others write. It runs with the rights of
-- whoever calls it.
--
-- All of it takes effect together or not at all, and it can be run again.

DO $${script.tag}$
DECLARE
    former_path text := current_setting('search_path');
BEGIN
    -- The procedures look up names here, whoever calls them: in the schema of the tables, then in what else is on the path
    -- now, unless everybody may create things there. Temporary tables come last, so that none can pose as ours.
    PERFORM set_config('search_path', string_agg(quote_ident(name), ', ' ORDER BY place) || ', pg_temp', true)
    FROM unnest(current_schemas(false)) WITH ORDINALITY AS path (name, place)
    WHERE place = 1 OR NOT has_schema_privilege('public', name, 'CREATE');
<#list script.jobs as job>

<#list job.notes as line>
    -- ${line}
</#list>
    EXECUTE $${script.bodyTag}$CREATE OR REPLACE PROCEDURE ${job.procedure}(INOUT changed bigint DEFAULT 0, batch int DEFAULT 1000)
    LANGUAGE plpgsql AS $${script.bodyTag}$ || quote_literal($${script.bodyTag}$
    #variable_conflict use_column
    DECLARE
        path constant text := $${script.bodyTag}$ || quote_literal(current_setting('search_path')) || $${script.bodyTag}$;
        ${job.next} record;
        ${job.last} record;
        ${job.wrong} record;
        ${job.right} record;
        rows_changed bigint;
    BEGIN
        -- Within a transaction this is refused, before anything is changed.
<@begin indent="        " />
        changed := 0;
        SELECT <@keysOf job=job row="next_row" /> INTO ${job.next}
        FROM ${job.table} AS next_row ORDER BY <@keysOf job=job row="next_row" /> LIMIT 1;
        WHILE FOUND LOOP
            ${job.last} := ${job.next};
            FOR ${job.wrong} IN
<@query job=job indent="                " />
            LOOP
                ${job.last} := ${job.wrong};
                CONTINUE WHEN NOT ${job.wrong}.schemaproof_wrong;
                <@lock job=job /> SKIP LOCKED;
                IF NOT FOUND THEN
                    -- Others have locked it. While they are waited for, nobody waits for us.
<@begin indent="                    " />
                    <@lock job=job />;
                END IF;
                CONTINUE WHEN NOT FOUND;
<@mend job=job indent="                " />
                GET DIAGNOSTICS rows_changed = ROW_COUNT;
                changed := changed + rows_changed;
            END LOOP;
<@begin indent="            " />
            SELECT <@keysOf job=job row="next_row" /> INTO ${job.next}
            FROM ${job.table} AS next_row
            WHERE ${job.key("next_row")} > ${job.key(job.last)} ORDER BY <@keysOf job=job row="next_row" /> LIMIT 1;
        END LOOP;
        RAISE NOTICE '% rows of % were out of date', changed, ${job.literal};
    END
    $${script.bodyTag}$);
</#list>

    PERFORM set_config('search_path', former_path, true);
END
$${script.tag}$;
</#if>
</#macro>
