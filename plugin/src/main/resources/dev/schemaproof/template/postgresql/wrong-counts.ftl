<#-- The parents whose count is not the number of their rows: key, stored and actual number. -->
<#macro query tally indent="">
${indent}SELECT <#list tally.parentKeys as key>${tally.alias}.${key}, </#list>${tally.alias}.${tally.copy} AS stored, coalesce(counted.${tally.actual}, 0) AS ${tally.actual}
${indent}FROM ${tally.parent} AS ${tally.alias}
${indent}LEFT JOIN (
${indent}    SELECT <#list tally.parentKeys as key>${tally.childAlias}.${tally.childKeys[key?index]} AS ${key}, </#list>count(*) AS ${tally.actual}
${indent}    FROM ${tally.child}<#if tally.where?has_content> WHERE ${tally.where}</#if>
${indent}    GROUP BY <#list tally.childKeys as key>${tally.childAlias}.${key}<#sep>, </#list>
${indent}) AS counted ON <#list tally.parentKeys as key>counted.${key} = ${tally.alias}.${key}<#sep> AND </#list>
${indent}WHERE ${tally.alias}.${tally.copy} IS DISTINCT FROM coalesce(counted.${tally.actual}, 0)
</#macro>
