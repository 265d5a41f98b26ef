<#import "wrong-copies.ftl" as wrong>
<#import "view-rows.ftl" as rows>
<#-- What one statement changes for each parent: a row before it counts -1, a row after it +1; of what is read anew, that it has changed. -->
<#macro shares share child sources>
                SELECT <#list share.keys as key>delta.${key}, </#list><#list share.copies as copy>sum(delta.${copy}) AS ${copy}<#sep>, </#list>
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
                ORDER BY <#list share.keys as key>delta.${key}<#sep>, </#list>;
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
<#if children?has_content>
--
-- Every copy is exact in every committed state. It can be read in the transaction that changed it.
-- Sessions that change the copies of one parent wait for each other until they commit. Each statement takes the parents
-- in the order of their keys, so that single statements never deadlock; transactions of several statements may, as with
-- any updates of their own, and are then to be repeated.
-- Loading under session_replication_role = replica, DISABLE TRIGGER and restores of data alone run no triggers: run the
-- scripts in reconcile/ afterwards.
--
-- All of it takes effect together or not at all, and it can be run again.

DO $${tag}$
DECLARE
    former_path text := current_setting('search_path');
    former_repair text := current_setting('schemaproof.repair', true);
BEGIN
    -- The functions look up names here, whoever calls them: in the schema of the tables, then in what else is on the path
    -- now, unless everybody may create things there. Temporary tables come last, so that none can pose as ours.
    PERFORM set_config('search_path', string_agg(quote_ident(name), ', ' ORDER BY place) || ', pg_temp', true)
    FROM unnest(current_schemas(false)) WITH ORDINALITY AS path (name, place)
    WHERE place = 1 OR NOT has_schema_privilege('public', name, 'CREATE');

<#list children as child>
    -- Rows of ${child.table} count in <#list child.shares as share>${share.table}<#sep>, </#list>.
    CREATE OR REPLACE FUNCTION ${child.function}() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET row_security = off
    AS $${bodyTag}$
    #variable_conflict use_column
    DECLARE
        former_repair text := current_setting('schemaproof.repair', true);
        changes refcursor;
        ${child.change} record;
    BEGIN
        PERFORM set_config('schemaproof.repair', 'on', true);
<#list child.shares as share>

        -- ${share.contracts}
        IF TG_OP = 'TRUNCATE' THEN
            PERFORM 1 FROM ${share.table} AS parent
            WHERE <#list share.tallies as tally>${tally.holdsSome("parent")}<#sep> OR </#list>
            ORDER BY <#list share.keys as key>parent.${key}<#sep>, </#list> FOR NO KEY UPDATE;
            UPDATE ${share.table} AS parent
            SET <#list share.tallies as tally>${tally.copy} = ${tally.start}<#sep>, </#list>
            WHERE <#list share.tallies as tally>${tally.holdsSome("parent")}<#sep> OR </#list>;
        ELSE
            IF TG_OP = 'INSERT' THEN
                OPEN changes FOR
<@shares share=share child=child sources=[{"rows": child.newRows, "sign": "1"}] />
            ELSIF TG_OP = 'UPDATE' THEN
                OPEN changes FOR
<@shares share=share child=child sources=[{"rows": child.oldRows, "sign": "-1"}, {"rows": child.newRows, "sign": "1"}] />
            ELSE
                OPEN changes FOR
<@shares share=share child=child sources=[{"rows": child.oldRows, "sign": "-1"}] />
            END IF;
            -- Row by row: this takes the locks in the order of the keys, and a row that has changed meanwhile is read anew.
            LOOP
                FETCH changes INTO ${child.change};
                EXIT WHEN NOT FOUND;
<#if share.locks>
                -- What others have committed is seen by a statement that begins when they can't change the row any more.
                PERFORM 1 FROM ${share.table} AS parent
                WHERE <#list share.keys as key>parent.${key} = ${child.change}.${key}<#sep> AND </#list> FOR NO KEY UPDATE;
</#if>
                UPDATE ${share.table} AS parent
                SET
<#list share.tallies as tally>
<#if !tally.added>
                    ${tally.copy} = CASE WHEN ${child.change}.${tally.copy} = 0 THEN parent.${tally.copy}
                        ELSE ${tally.valueFor(child.change)} END<#sep>,</#sep>
<#elseif tally.inexact>
                    ${tally.copy} = coalesce(nullif((parent.${tally.copy} + ${child.change}.${tally.copy})::numeric, 'NaN'),
                        ${tally.valueFor(child.change)})<#sep>,</#sep>
<#else>
                    ${tally.copy} = parent.${tally.copy} + ${child.change}.${tally.copy}<#sep>,</#sep>
</#if>
</#list>
                WHERE <#list share.keys as key>parent.${key} = ${child.change}.${key}<#sep> AND </#list>;
            END LOOP;
            CLOSE changes;
        END IF;
</#list>

        PERFORM set_config('schemaproof.repair', former_repair, true);
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

</#list>
    -- What is kept by trigger takes no direct writes.
    CREATE OR REPLACE FUNCTION ${guard}() RETURNS trigger
        LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
    AS $${bodyTag}$
    BEGIN
        RAISE check_violation USING
            MESSAGE = format('column %I of table %I is kept by the contract "%s" and takes no direct writes',
                TG_ARGV[0], TG_TABLE_NAME, TG_ARGV[1]),
            HINT = format('Write to the rows of table %I that it is made of. To correct it by hand: '
                'SET LOCAL schemaproof.repair = ''on'';', TG_ARGV[2]),
            SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME, COLUMN = TG_ARGV[0], CONSTRAINT = TG_NAME;
    END
    $${bodyTag}$;

<#list parents as parent>
    -- When the key of a row changes, the rows that refer to it follow with it or stay: each finds its way through the
    -- triggers above, so that the row starts with those that refer to its new key already, which are none as a rule.
    -- This also settles what a statement that changes the key may write to a copy at the same time.
    CREATE OR REPLACE FUNCTION ${parent.rekey.function}() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET row_security = off
    AS $${bodyTag}$
    #variable_conflict use_column
    DECLARE
        ${parent.moved} ALIAS FOR NEW;
    BEGIN
<#list parent.copies as copy>
        NEW.${copy.column} := ${copy.value};
</#list>
        RETURN NEW;
    END
    $${bodyTag}$;
    REVOKE ALL ON FUNCTION ${parent.rekey.function}() FROM PUBLIC;

    CREATE OR REPLACE TRIGGER ${parent.rekey.trigger} BEFORE UPDATE ON ${parent.table}
        FOR EACH ROW WHEN (<@row variable="OLD" keys=parent.keys /> IS DISTINCT FROM <@row variable="NEW" keys=parent.keys />)
        EXECUTE FUNCTION ${parent.rekey.function}();
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
    -- From here to the end of the transaction nobody else writes to these tables: what is there already can be summed up.
    PERFORM set_config('schemaproof.repair', 'on', true);
<#list backfills as backfill>
<#assign tally = backfill.tally>

    -- ${backfill.contract}
    UPDATE ${tally.parent} AS ${tally.alias}
    SET ${tally.copy} = wrong.${tally.actual}
    FROM (
<@wrong.query tally=tally indent="        " />
    ) AS wrong
    WHERE <#list tally.parentKeys as key>${tally.alias}.${key} = wrong.${key}<#sep> AND </#list>;
</#list>

    PERFORM set_config('schemaproof.repair', former_repair, true);
    PERFORM set_config('search_path', former_path, true);
END
$${tag}$;
</#if>
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
