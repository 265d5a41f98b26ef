<#import "wrong-copies.ftl" as wrong>
<#list driftHeading as line>
-- ${line}
</#list>
-- It returns the rows that are out of date; none in a sound database, also while others write.

<@wrong.query tally=tally />
ORDER BY <#list tally.parentKeys as key>${tally.alias}.${key}<#sep>, </#list>;
