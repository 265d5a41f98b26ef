<#import "wrong-values.ftl" as wrongs>
<#-- Copies over several references, or from a source that may be absent: tables of ties, by which foreign keys pass changes on. -->
<#macro row variable columns>(<#list columns as column>${variable}.${column}<#sep>, </#list>)</#macro>
<#macro is knot row variable columns><#list columns as column>${row}.${knot.keyColumns[column?index]} = ${variable}.${column}<#sep> AND </#list></#macro>
<#macro same knot row variable columns><#list columns as column>${row}.${knot.keys[column?index]} = ${variable}.${column}<#sep> AND </#list></#macro>
<#-- From the source to the row, which is called as the joins have it. -->
<#macro found tie joins>
<#list joins as join>
<#if join?is_first>
                FROM ${join.table} AS ${join.alias}
<#else>
                LEFT JOIN ${join.table} AS ${join.alias} ON ${join.on}
</#if>
</#list>
                WHERE ${joins[0].on};
</#macro>
<#-- Whether a row on the way refers to one that is not there: to be gone, or to have another key, before the statement ends. -->
<#macro broken tie row joins><#list joins as join>(<#list tie.knots[join?index].referring as column><#if join?is_first>${row}<#else>${joins[join?index - 1].alias}</#if>.${column} IS NOT NULL AND </#list>${join.alias}.${tie.knots[join?index + 1].keys[0]} IS NULL)<#sep> OR </#list></#macro>
<#-- What a row that is made or moved is to copy. -->
<#macro read tie>
<#local next = tie.knots[1]>
            IF TG_OP = 'INSERT' OR <@row variable="OLD" columns=tie.referring /> IS DISTINCT FROM <@row variable="NEW" columns=tie.referring /> THEN
                -- Whoever changes something on the way to the source waits for these locks, and then finds the row's tie; who
                -- has changed it is waited for. Again, where the row that was waited for is gone and another has its key.
                LOOP
                    PERFORM FROM ${next.table} AS origin WHERE <@same knot=next row="origin" variable="NEW" columns=tie.referring /> FOR KEY SHARE;
                    EXIT WHEN FOUND OR NOT EXISTS (SELECT FROM ${next.table} AS origin WHERE <@same knot=next row="origin" variable="NEW" columns=tie.referring />);
                END LOOP;
                LOOP
                    PERFORM FROM ${next.name} AS tie WHERE <@is knot=next row="tie" variable="NEW" columns=tie.referring /> FOR KEY SHARE;
                    EXIT WHEN FOUND OR NOT EXISTS (SELECT FROM ${next.name} AS tie WHERE <@is knot=next row="tie" variable="NEW" columns=tie.referring />);
                END LOOP;
            END IF;
            SELECT <#list tie.copies as copy>${copy.value} AS ${copy.found}, </#list><@broken tie=tie row="NEW" joins=tie.joins /> AS schemaproof_broken INTO found_row
<@found tie=tie joins=tie.joins />
            found_one := FOUND AND NOT found_row.schemaproof_broken;
</#macro>
<#-- The tie that the row's own is to refer to. One of a row of the same statement may still have to be made. -->
<#macro following knot next>
            LOOP
                SELECT tie.tag INTO schemaproof_next
                FROM ${knot.table} AS subject JOIN ${next.name} AS tie ON <@is knot=next row="tie" variable="subject" columns=knot.referring />
                WHERE <@same knot=knot row="subject" variable="NEW" columns=knot.keys /> FOR KEY SHARE OF tie;
                EXIT WHEN FOUND OR NOT EXISTS (
                    SELECT FROM ${knot.table} AS subject JOIN ${next.table} AS origin ON <@same knot=next row="origin" variable="subject" columns=knot.referring />
                    WHERE <@same knot=knot row="subject" variable="NEW" columns=knot.keys />);
                INSERT INTO ${next.name} (${next.keyColumns?join(", ")})
                SELECT <#list next.keys as key>origin.${key}<#sep>, </#list>
                FROM ${knot.table} AS subject JOIN ${next.table} AS origin ON <@same knot=next row="origin" variable="subject" columns=knot.referring />
                WHERE <@same knot=knot row="subject" variable="NEW" columns=knot.keys /> ON CONFLICT DO NOTHING;
            END LOOP;
</#macro>
<#-- Ties that others hold, as they follow a change just now, are left to them. -->
<#macro dropped knot condition>
            DELETE FROM ${knot.name} AS tie WHERE tie.ctid = ANY (ARRAY(
                SELECT former.ctid FROM ${knot.name} AS former
                WHERE <@is knot=knot row="former" variable="OLD" columns=knot.keys /> AND ${condition} FOR UPDATE SKIP LOCKED));
</#macro>
<#macro left knot>NOT EXISTS (SELECT FROM ${knot.table} AS subject WHERE <@same knot=knot row="subject" variable="OLD" columns=knot.keys />)</#macro>
<#macro renewing script tie knot number>
    CREATE OR REPLACE FUNCTION ${knot.function}() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET row_security = off
    AS $${script.bodyTag}$
    #variable_conflict use_column
    DECLARE
        schemaproof_next uuid;
    BEGIN
<#local gone><@left knot=knot /></#local>
        IF TG_OP <> 'DELETE' AND current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
            -- The snapshot may show a row that is gone beside this one, which has its key now: the lock of both is refused then.
            PERFORM FROM ${knot.table} AS subject WHERE <@same knot=knot row="subject" variable="NEW" columns=knot.keys /> FOR KEY SHARE;
        END IF;
<#if number == 0>
        IF TG_OP <> 'INSERT' THEN
<#local condition>(<@row variable="OLD" columns=knot.keys /> = <@row variable="NEW" columns=knot.keys /> OR ${gone})</#local>
<@dropped knot=knot condition=condition />
        END IF;
        IF TG_OP <> 'DELETE' THEN
<@following knot=knot next=tie.knots[1] />
            INSERT INTO ${knot.name} (${knot.keyColumns?join(", ")}, next)
            SELECT <#list knot.keys as key>NEW.${key}, </#list>schemaproof_next WHERE schemaproof_next IS NOT NULL;
        END IF;
<#else>
        IF TG_OP <> 'INSERT' AND <@row variable="OLD" columns=knot.keys /> IS DISTINCT FROM <@row variable="NEW" columns=knot.keys /> THEN
<@dropped knot=knot condition=gone />
        END IF;
        IF TG_OP <> 'DELETE' THEN
<#if knot.referring?has_content>
<@following knot=knot next=tie.knots[number + 1] />
            INSERT INTO ${knot.name} AS tie (${knot.keyColumns?join(", ")}, next)
            SELECT <#list knot.keys as key>subject.${key}, </#list>schemaproof_next
            FROM ${knot.table} AS subject WHERE <@same knot=knot row="subject" variable="NEW" columns=knot.keys />
            ON CONFLICT (${knot.keyColumns?join(", ")}) DO UPDATE SET next = excluded.next, tag = gen_random_uuid();
<#else>
            INSERT INTO ${knot.name} AS tie (${knot.keyColumns?join(", ")})
            SELECT <#list knot.keys as key>subject.${key}<#sep>, </#list>
            FROM ${knot.table} AS subject WHERE <@same knot=knot row="subject" variable="NEW" columns=knot.keys />
            ON CONFLICT (${knot.keyColumns?join(", ")}) DO UPDATE SET tag = gen_random_uuid();
</#if>
        END IF;
</#if>
        RETURN NULL;
    END
    $${script.bodyTag}$;
    REVOKE ALL ON FUNCTION ${knot.function}() FROM PUBLIC;

    CREATE OR REPLACE FUNCTION ${knot.emptying}() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET row_security = off
    AS $${script.bodyTag}$
    BEGIN
        -- What refers to the rows that are gone is gone with them.
        TRUNCATE <#list number..0 as before>${tie.knots[before].name}<#sep>, </#list>;
        RETURN NULL;
    END
    $${script.bodyTag}$;
    REVOKE ALL ON FUNCTION ${knot.emptying}() FROM PUBLIC;

    CREATE OR REPLACE TRIGGER ${knot.triggers[0]} AFTER INSERT ON ${knot.table}
        FOR EACH ROW EXECUTE FUNCTION ${knot.function}();
    CREATE OR REPLACE TRIGGER ${knot.triggers[1]} AFTER UPDATE ON ${knot.table}
        FOR EACH ROW WHEN (<@row variable="OLD" columns=knot.decisive /> IS DISTINCT FROM <@row variable="NEW" columns=knot.decisive />)
        EXECUTE FUNCTION ${knot.function}();
    CREATE OR REPLACE TRIGGER ${knot.triggers[2]} AFTER DELETE ON ${knot.table}
        FOR EACH ROW EXECUTE FUNCTION ${knot.function}();
    CREATE OR REPLACE TRIGGER ${knot.triggers[3]} AFTER TRUNCATE ON ${knot.table}
        FOR EACH STATEMENT EXECUTE FUNCTION ${knot.emptying}();

</#macro>
<#-- What the triggers of all tables on the way do, and those of the ties. -->
<#macro functions script tie>
    -- ${tie.contracts}: what has come to the end of the way is read anew, behind the lock of the row that holds the copy.
    CREATE OR REPLACE FUNCTION ${tie.copying}() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET row_security = off
    AS $${script.bodyTag}$
    #variable_conflict use_column
    DECLARE
        found_row record;
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            PERFORM FROM ${tie.table} AS copied WHERE <@held tie=tie row="NEW" /> FOR NO KEY UPDATE;
        END IF;
        -- While a row on the way refers to one that is not there, something is still to come that comes by here again.
        SELECT <#list tie.copies as copy>${copy.value} AS ${copy.found}, </#list><@broken tie=tie row="copied" joins=tie.stored /> AS schemaproof_broken INTO found_row
        FROM ${tie.table} AS copied
<#list tie.stored as join>
        LEFT JOIN ${join.table} AS ${join.alias} ON ${join.on}
</#list>
        WHERE <@held tie=tie row="NEW" />;
        UPDATE ${tie.table} AS copied
        SET <#list tie.copies as copy>${copy.column} = found_row.${copy.found}<#sep>, </#list>
        WHERE <@held tie=tie row="NEW" /> AND NOT found_row.schemaproof_broken
            AND (<#list tie.copies as copy>copied.${copy.column}<#sep>, </#list>) IS DISTINCT FROM (<#list tie.copies as copy>found_row.${copy.found}<#sep>, </#list>);
        IF TG_OP = 'UPDATE' THEN
            -- A tie of where the row was before is of no use.
            DELETE FROM ${tie.knots[0].name} AS tie WHERE <#list tie.knots[0].keyColumns as key>tie.${key} = NEW.${key}<#sep> AND </#list> AND tie.next = NEW.next
                AND NOT EXISTS (
                    SELECT FROM ${tie.table} AS copied JOIN ${tie.knots[1].name} AS current ON <@is knot=tie.knots[1] row="current" variable="copied" columns=tie.referring />
                    WHERE <@held tie=tie row="NEW" /> AND current.tag = NEW.next);
        END IF;
        RETURN NULL;
    END
    $${script.bodyTag}$;
    REVOKE ALL ON FUNCTION ${tie.copying}() FROM PUBLIC;

    CREATE OR REPLACE FUNCTION ${tie.passing}() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
    AS $${script.bodyTag}$
    BEGIN
        NEW.tag := gen_random_uuid();
        RETURN NEW;
    END
    $${script.bodyTag}$;
    REVOKE ALL ON FUNCTION ${tie.passing}() FROM PUBLIC;

<#list tie.knots as knot>
<@renewing script=script tie=tie knot=knot number=knot?index />
</#list>
</#macro>
<#macro held tie row><#list tie.keys as key>copied.${key} = ${row}.${tie.knots[0].keyColumns[key?index]}<#sep> AND </#list></#macro>
<#-- The tables of ties, anew and from the end, as each refers to the one behind it. -->
<#macro tables tie>
    -- ${tie.contracts}
    IF to_regclass(${tie.knots[0].literal}) IS NOT NULL THEN
        DROP TABLE <#list tie.knots as knot>${knot.name}<#sep>, </#list>;
    END IF;
<#list tie.knots?reverse as knot>
<#local number = tie.knots?size - 1 - knot?index>
    CREATE TABLE ${knot.name} AS
    SELECT <#list knot.keys as key>subject.${key} AS ${knot.keyColumns[key?index]}<#sep>, </#list><#if (number > 0)>, gen_random_uuid() AS tag</#if><#if knot.referring?has_content>, tie.tag AS next</#if>
    FROM ${knot.table} AS subject
<#if knot.referring?has_content>
    <#if (number > 0)>LEFT </#if>JOIN ${tie.knots[number + 1].name} AS tie ON <@is knot=tie.knots[number + 1] row="tie" variable="subject" columns=knot.referring />
</#if>
    WHERE <#list knot.keys as key>subject.${key} IS NOT NULL<#sep> AND </#list>;
<#if (number > 0)>
    ALTER TABLE ${knot.name} ADD PRIMARY KEY (${knot.keyColumns?join(", ")}), ADD UNIQUE (tag), ALTER tag SET DEFAULT gen_random_uuid();
<#if knot.referring?has_content>
    CREATE TRIGGER pass BEFORE UPDATE ON ${knot.name} FOR EACH ROW
        WHEN (NEW.next IS DISTINCT FROM OLD.next AND NEW.next IS NOT NULL) EXECUTE FUNCTION ${tie.passing}();
</#if>
<#else>
    CREATE INDEX ON ${knot.name} (${knot.keyColumns?join(", ")});
    CREATE TRIGGER copy AFTER INSERT OR UPDATE ON ${knot.name} FOR EACH ROW EXECUTE FUNCTION ${tie.copying}();
</#if>
<#if knot.referring?has_content>
    CREATE INDEX ON ${knot.name} (next);
    ALTER TABLE ${knot.name} ADD FOREIGN KEY (next) REFERENCES ${tie.knots[number + 1].name} (tag) ON UPDATE CASCADE ON DELETE ${(number > 0)?then("SET NULL", "CASCADE")};
</#if>
</#list>

</#macro>
<#macro backfill tie>
<#list tie.copies as copy>
<@wrongs.backfill keys=tie.keys table=tie.table copy=copy.column value=copy.value joins=tie.stored indent="    " />
</#list>
</#macro>
