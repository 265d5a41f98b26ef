<#-- The rows whose copy is not the value that they refer to: key, stored and actual value. Of a batch all of them, and whether it is so. -->
<#macro query keys table copy value joins indent="" batch="">
${indent}SELECT <#list keys as key>copied.${key}, </#list>copied.${copy} AS stored, ${value} AS actual<#if batch?has_content>, copied.${copy} IS DISTINCT FROM ${value} AS schemaproof_wrong</#if>
${indent}FROM ${batch?has_content?then(batch, table)} AS copied
<#list joins as join>
${indent}LEFT JOIN ${join.table} AS ${join.alias} ON ${join.on}
</#list>
<#if !batch?has_content>
${indent}WHERE copied.${copy} IS DISTINCT FROM ${value}
</#if>
</#macro>
<#macro is keys row><#list keys as key>copied.${key} = ${row}.${key}<#sep> AND </#list></#macro>
<#macro lock keys table wrong>PERFORM 1 FROM ${table} AS copied WHERE <@is keys=keys row=wrong /> FOR NO KEY UPDATE</#macro>
<#-- Puts right the row that is locked: what is read now is what others have committed. -->
<#macro mend keys table copy value joins wrong right indent>
${indent}SELECT ${value} AS actual INTO ${right}
${indent}FROM ${table} AS copied
<#list joins as join>
${indent}LEFT JOIN ${join.table} AS ${join.alias} ON ${join.on}
</#list>
${indent}WHERE <@is keys=keys row=wrong />;
${indent}UPDATE ${table} AS copied SET ${copy} = ${right}.actual
${indent}WHERE <@is keys=keys row=wrong /> AND copied.${copy} IS DISTINCT FROM ${right}.actual;
</#macro>
<#-- Puts right what is wrong of one copy. -->
<#macro backfill keys table copy value joins indent>
${indent}UPDATE ${table} AS copied
${indent}SET ${copy} = wrong.actual
${indent}FROM (
<@query keys=keys table=table copy=copy value=value joins=joins indent=(indent + "    ") />
${indent}) AS wrong
${indent}WHERE <@is keys=keys row="wrong" />;
</#macro>
