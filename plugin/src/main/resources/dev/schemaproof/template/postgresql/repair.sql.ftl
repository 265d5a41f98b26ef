<#import "wrong-copies.ftl" as wrongs>
<#list repairHeading as line>
-- ${line}
</#list>
-- It changes the rows that are out of date and no others, and can run while others write.

DO $${tag}$
#variable_conflict use_column
DECLARE
    former_repair text := current_setting('schemaproof.repair', true);
    former_security text := current_setting('row_security');
    ${wrong} record;
    ${right} record;
BEGIN
    PERFORM set_config('schemaproof.repair', 'on', true), set_config('row_security', 'off', true);
<#if flush?has_content>
    IF EXISTS (
        SELECT FROM pg_constraint AS known JOIN pg_namespace AS place ON place.oid = known.connamespace
        WHERE known.conname = '${flush}' AND place.nspname = ANY (current_schemas(false))
    ) THEN
        -- What this transaction has changed itself would be added once more at its end.
        SET CONSTRAINTS ${flush} IMMEDIATE;
        SET CONSTRAINTS ${flush} DEFERRED;
    END IF;
</#if>
    FOR ${wrong} IN
<@wrongs.query tally=tally indent="        " />
        ORDER BY <#list tally.parentKeys as key>${tally.alias}.${key}<#sep>, </#list>
    LOOP
        -- Whoever changes the copy holds this lock until the commit: what is read after it is what will be there.
        <@wrongs.lock tally=tally wrong=wrong />;
<@wrongs.mend tally=tally wrong=wrong right=right indent="        " />
    END LOOP;
    PERFORM set_config('schemaproof.repair', former_repair, true), set_config('row_security', former_security, true);
END
$${tag}$;
