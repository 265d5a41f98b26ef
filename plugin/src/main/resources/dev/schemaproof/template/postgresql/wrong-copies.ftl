<#-- The rows that count, of all parents or of a batch of them. -->
<#macro counting tally batch>${tally.child}<#if tally.where?has_content> WHERE ${tally.where}</#if><#if batch?has_content> ${tally.where?has_content?then("AND", "WHERE")} (<#list tally.childKeys as key>${tally.childAlias}.${key}<#sep>, </#list>) IN (SELECT <#list tally.parentKeys as key>${batch}.${key}<#sep>, </#list> FROM ${batch})</#if></#macro>
<#-- The parents whose copy is not what their rows come to: key, stored and actual value. Of a batch all of them, and whether it is so. -->
<#macro query tally indent="" batch="">
${indent}SELECT <#list tally.parentKeys as key>${tally.alias}.${key}, </#list>${tally.stored(tally.alias)} AS stored, coalesce(counted.${tally.actual}, ${tally.start}) AS ${tally.actual}<#if batch?has_content>,
${indent}    ${tally.stored(tally.alias)} IS DISTINCT FROM coalesce(counted.${tally.actual}, ${tally.start}) AS schemaproof_wrong</#if>
${indent}FROM ${batch?has_content?then(batch, tally.parent)} AS ${tally.alias}
${indent}LEFT JOIN (
<#if tally.aggregate?has_content>
${indent}    SELECT <#list tally.parentKeys as key>${tally.childAlias}.${tally.childKeys[key?index]} AS ${key}, </#list>${tally.aggregate} AS ${tally.actual}
${indent}    FROM <@counting tally=tally batch=batch />
${indent}    GROUP BY <#list tally.childKeys as key>${tally.childAlias}.${key}<#sep>, </#list>
<#else>
${indent}    SELECT DISTINCT ON (<#list tally.childKeys as key>${tally.childAlias}.${key}<#sep>, </#list>)
${indent}        <#list tally.parentKeys as key>${tally.childAlias}.${tally.childKeys[key?index]} AS ${key}, </#list>${tally.value} AS ${tally.actual}
${indent}    FROM <@counting tally=tally batch=batch />
${indent}    ORDER BY <#list tally.childKeys as key>${tally.childAlias}.${key}, </#list>${tally.order}
</#if>
${indent}) AS counted ON <#list tally.parentKeys as key>counted.${key} = ${tally.alias}.${key}<#sep> AND </#list>
<#if !batch?has_content>
${indent}WHERE ${tally.stored(tally.alias)} IS DISTINCT FROM coalesce(counted.${tally.actual}, ${tally.start})
</#if>
</#macro>
<#macro is tally row><#list tally.parentKeys as key>${tally.alias}.${key} = ${row}.${key}<#sep> AND </#list></#macro>
<#-- Whoever changes the copy of the row holds this lock until the commit. -->
<#macro lock tally wrong>PERFORM 1 FROM ${tally.parent} AS ${tally.alias} WHERE <@is tally=tally row=wrong /> FOR NO KEY UPDATE</#macro>
<#-- Puts right the row that is locked: what is read now is what others have committed. -->
<#macro mend tally wrong right indent>
${indent}SELECT ${tally.rightFor(wrong)} AS ${tally.actual} INTO ${right};
${indent}UPDATE ${tally.parent} AS ${tally.alias} SET ${tally.copy} = ${right}.${tally.actual}
${indent}WHERE <@is tally=tally row=wrong /> AND ${tally.alias}.${tally.copy} IS DISTINCT FROM ${right}.${tally.actual};
</#macro>
<#-- Puts right what is wrong of one copy. -->
<#macro backfill tally indent>
${indent}UPDATE ${tally.parent} AS ${tally.alias}
${indent}SET ${tally.copy} = wrong.${tally.actual}
${indent}FROM (
<@query tally=tally indent=(indent + "    ") />
${indent}) AS wrong
${indent}WHERE <#list tally.parentKeys as key>${tally.alias}.${key} = wrong.${key}<#sep> AND </#list>;
</#macro>
