<#-- The parents whose copy is not what their rows come to: key, stored and actual value. -->
<#macro query tally indent="">
${indent}SELECT <#list tally.parentKeys as key>${tally.alias}.${key}, </#list>${tally.alias}.${tally.copy} AS stored, coalesce(counted.${tally.actual}, ${tally.start}) AS ${tally.actual}
${indent}FROM ${tally.parent} AS ${tally.alias}
${indent}LEFT JOIN (
<#if tally.aggregate?has_content>
${indent}    SELECT <#list tally.parentKeys as key>${tally.childAlias}.${tally.childKeys[key?index]} AS ${key}, </#list>${tally.aggregate} AS ${tally.actual}
${indent}    FROM ${tally.child}<#if tally.where?has_content> WHERE ${tally.where}</#if>
${indent}    GROUP BY <#list tally.childKeys as key>${tally.childAlias}.${key}<#sep>, </#list>
<#else>
${indent}    SELECT DISTINCT ON (<#list tally.childKeys as key>${tally.childAlias}.${key}<#sep>, </#list>)
${indent}        <#list tally.parentKeys as key>${tally.childAlias}.${tally.childKeys[key?index]} AS ${key}, </#list>${tally.value} AS ${tally.actual}
${indent}    FROM ${tally.child}<#if tally.where?has_content> WHERE ${tally.where}</#if>
${indent}    ORDER BY <#list tally.childKeys as key>${tally.childAlias}.${key}, </#list>${tally.order}
</#if>
${indent}) AS counted ON <#list tally.parentKeys as key>counted.${key} = ${tally.alias}.${key}<#sep> AND </#list>
${indent}WHERE ${tally.alias}.${tally.copy} IS DISTINCT FROM coalesce(counted.${tally.actual}, ${tally.start})
</#macro>
