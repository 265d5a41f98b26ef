<#import "wrong-values.ftl" as wrong>
<#list driftHeading as line>
-- ${line}
</#list>
-- It returns the rows that are out of date, with what they hold and what they should hold.

<@wrong.query keys=keys table=table copy=copy value=value joins=joins />
ORDER BY <#list keys as key>copied.${key}<#sep>, </#list>;
