<#-- The rows whose copy is not the value that they refer to: key, stored and actual value. -->
<#macro query keys table copy value joins indent="">
${indent}SELECT <#list keys as key>copied.${key}, </#list>copied.${copy} AS stored, ${value} AS actual
${indent}FROM ${table} AS copied
<#list joins as join>
${indent}LEFT JOIN ${join.table} AS ${join.alias} ON ${join.on}
</#list>
${indent}WHERE copied.${copy} IS DISTINCT FROM ${value}
</#macro>
