<#import "wrong-values.ftl" as wrongs>
<#list repairHeading as line>
-- ${line}
</#list>
-- It changes the rows that are out of date and no others, and can run while others write.

DO $${tag}$
#variable_conflict use_column
DECLARE
<#if guarded>
    former_repair text := current_setting('schemaproof.repair', true);
</#if>
    former_security text := current_setting('row_security');
    wrong record;
    counted record;
BEGIN
    PERFORM set_config('row_security', 'off', true);
<#if guarded>
    PERFORM set_config('schemaproof.repair', 'on', true);
</#if>
    FOR wrong IN
<@wrongs.query keys=keys table=table copy=copy value=value joins=joins indent="        " />
        ORDER BY <#list keys as key>copied.${key}<#sep>, </#list>
    LOOP
        -- What is read behind the lock is what others have committed by then.
        <@wrongs.lock keys=keys table=table wrong="wrong" />;
<@wrongs.mend keys=keys table=table copy=copy value=value joins=joins wrong="wrong" right="counted" indent="        " />
    END LOOP;
    PERFORM set_config('row_security', former_security, true);
<#if guarded>
    PERFORM set_config('schemaproof.repair', former_repair, true);
</#if>
END
$${tag}$;
