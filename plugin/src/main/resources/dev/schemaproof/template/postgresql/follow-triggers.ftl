<#-- Copies of values of rows that are referred to: a trigger fills them, and a foreign key of schema.sql, or ties, let them follow. -->
<#import "ties.ftl" as knots>
<#macro row variable columns>(<#list columns as column>${variable}.${column}<#sep>, </#list>)</#macro>
<#macro joined way row><#list way.keys as key>origin.${key} = ${row}.${way.referring[key?index]}<#sep> AND </#list></#macro>
<#-- Again, where the row that was waited for is gone and another has its key. -->
<#macro read way indent>
${indent}LOOP
${indent}    SELECT <#list way.copies as copy>origin.${copy.value} AS ${copy.found}<#sep>, </#list> INTO found_row
${indent}    FROM ${way.source} AS origin WHERE <@joined way=way row="NEW" /> FOR KEY SHARE;
${indent}    found_one := FOUND;
${indent}    EXIT WHEN found_one OR NOT EXISTS (SELECT FROM ${way.source} AS origin WHERE <@joined way=way row="NEW" />);
${indent}END LOOP;
</#macro>
<#-- Fills the copies with what was found. -->
<#macro filled way followed>
            -- A row that is still to come is for the foreign keys to judge.
            IF found_one OR <#list way.referring as column>NEW.${column} IS NULL<#sep> OR </#list> THEN
<#list way.copies as copy>
                IF NEW.${copy.column} IS DISTINCT FROM OLD.${copy.column}
                    AND NEW.${copy.column} IS DISTINCT FROM found_row.${copy.found}
                    AND current_setting('schemaproof.repair', true) IS DISTINCT FROM 'on'
                THEN
                    RAISE check_violation USING
                        MESSAGE = format('column %I of table %I is kept by the contract "%s" and takes no direct writes',
                            ${copy.literals[0]}, TG_TABLE_NAME, ${copy.literals[1]}),
                        HINT = format('Leave it out, or write to column %I of table %I that it is a copy of.',
                            ${copy.literals[2]}, ${copy.literals[3]}),
                        SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME, COLUMN = ${copy.literals[0]}, CONSTRAINT = TG_NAME;
                END IF;
                NEW.${copy.column} := found_row.${copy.found};
</#list>
<#if followed>
            ELSIF <#list way.copies as copy>NEW.${copy.column} IS NULL<#sep> OR </#list> THEN
                -- They check nothing where a copy is NULL, even if the row comes in time for the reference.
                RAISE foreign_key_violation USING
                    MESSAGE = format('table %I refers to a row of table %I that is not there yet', TG_TABLE_NAME, ${way.copies[0].literals[3]}),
                    HINT = 'Write that row before, or bring along the values that are copied from it.',
                    SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
</#if>
            END IF;
</#macro>
<#macro triggers script>
<#if script.tables?has_content>

<#if script.tied>
-- Copies over several references, and those of what may be absent, follow by tables of ties: each tie refers to that of the
-- next row on the way to the source. A change on the way gives a tie another tag, which foreign keys pass on, in the same
-- statement, and where that ends the copy is read anew. Like a foreign key it waits for rows that are being made, and at
-- REPEATABLE READ asks to try again where there are rows that it doesn't see.
</#if>
<#if script.following>
-- Copies of what a row refers to follow it by foreign keys that schema.sql makes: a change of the source goes to its copies
-- in the same statement, and waits for those that are being made. The triggers fill the copies of new and moved rows.
<#else>
-- The triggers fill the copies of new and moved rows.
</#if>
-- They run after all other BEFORE triggers of their tables, by their names, and so see what these have made of the row.
-- Loading under session_replication_role = replica, DISABLE TRIGGER ALL and restores of data alone run neither: run the
-- scripts in reconcile/ afterwards<#if script.tied>, and this one, which makes all ties anew</#if>.
--
-- All of it takes effect together or not at all, and it can be run again.

DO $${script.tag}$
DECLARE
    former_path text := current_setting('search_path');
    former_repair text := current_setting('schemaproof.repair', true);
BEGIN
    -- The functions look up names here, whoever calls them: in the schema of the tables, then in what else is on the path
    -- now, unless everybody may create things there. Temporary tables come last, so that none can pose as ours.
    PERFORM set_config('search_path', string_agg(quote_ident(name), ', ' ORDER BY place) || ', pg_temp', true)
    FROM unnest(current_schemas(false)) WITH ORDINALITY AS path (name, place)
    WHERE place = 1 OR NOT has_schema_privilege('public', name, 'CREATE');

    -- Who changes a source goes on to its copies: the sources come first here too, lest both wait for each other.
    LOCK TABLE ${script.sources?join(", ")} IN SHARE ROW EXCLUSIVE MODE;

<#list script.tables as table>
    -- ${table.contracts}
    CREATE OR REPLACE FUNCTION ${table.function}() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET row_security = off
    AS $${script.bodyTag}$
    #variable_conflict use_column
    DECLARE
        found_row record;
        found_one boolean;
    BEGIN
<#list table.ways as way>
        -- ${way.contracts}
        IF <@row variable="OLD" columns=way.decisive /> IS DISTINCT FROM <@row variable="NEW" columns=way.decisive /> THEN
<#if way.itself>
            IF <@row variable="NEW" columns=way.keys /> = <@row variable="NEW" columns=way.referring /> THEN
                SELECT <#list way.copies as copy>NEW.${copy.value} AS ${copy.found}<#sep>, </#list> INTO found_row;
                found_one := true;
            ELSE
<@read way=way indent="                " />
            END IF;
<#else>
            -- Whoever changes the source waits for this lock, and then finds the copy; who has changed it is waited for.
<@read way=way indent="            " />
</#if>
<@filled way=way followed=true />
        END IF;
</#list>
<#list table.ties as tie>
        -- ${tie.contracts}
        IF <@row variable="OLD" columns=tie.decisive /> IS DISTINCT FROM <@row variable="NEW" columns=tie.decisive /> THEN
<@knots.read tie=tie />
<@filled way=tie followed=false />
        END IF;
</#list>
        RETURN NEW;
    END
    $${script.bodyTag}$;
    REVOKE ALL ON FUNCTION ${table.function}() FROM PUBLIC;

    CREATE OR REPLACE TRIGGER ${table.insert} BEFORE INSERT ON ${table.name}
        FOR EACH ROW EXECUTE FUNCTION ${table.function}();
    CREATE OR REPLACE TRIGGER ${table.update} BEFORE UPDATE ON ${table.name}
        FOR EACH ROW WHEN (<@row variable="OLD" columns=table.decisive /> IS DISTINCT FROM <@row variable="NEW" columns=table.decisive />)
        EXECUTE FUNCTION ${table.function}();

<#list table.ties as tie>
<@knots.functions script=script tie=tie />
</#list>
</#list>
    -- From here to the end of the transaction nobody else writes to these tables: what is there already can be filled.
<#list script.tables as table>
<#list table.ties as tie>
<@knots.tables tie=tie />
</#list>
</#list>
    PERFORM set_config('schemaproof.repair', 'on', true);
<#list script.tables as table>
<#list table.ways as way>
<#list way.copies as copy>
    UPDATE ${table.name} AS copied
    SET ${copy.column} = (SELECT origin.${copy.value} FROM ${way.source} AS origin WHERE <@joined way=way row="copied" />)
    WHERE copied.${copy.column}
        IS DISTINCT FROM (SELECT origin.${copy.value} FROM ${way.source} AS origin WHERE <@joined way=way row="copied" />);
</#list>
</#list>
<#list table.ties as tie>
<@knots.backfill tie=tie />
</#list>
</#list>
<#list script.bounds as bound>
<#list bound.constraint.why as line>
    -- ${line}
</#list>
    IF NOT EXISTS (
        SELECT FROM pg_constraint AS known
        WHERE known.conrelid = ${bound.literal}::regclass AND known.conname = (parse_ident(${bound.nameLiteral}))[1]::name
    ) THEN
        ALTER TABLE ${bound.table} ADD CONSTRAINT ${bound.constraint.name} ${bound.constraint.definition};
    END IF;
</#list>

    PERFORM set_config('schemaproof.repair', former_repair, true);
    PERFORM set_config('search_path', former_path, true);
END
$${script.tag}$;
</#if>
</#macro>
