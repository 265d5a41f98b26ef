<#list heading as line>
-- ${line}
</#list>
<#list types as type>

<#if type.enumeration>
CREATE TYPE ${type.name} AS ENUM (${type.labels?join(", ")});
<#else>
CREATE DOMAIN ${type.name} AS ${type.base}<#if type.check?has_content> CHECK ${type.check}</#if>;
</#if>
</#list>
<#list tables as table>

CREATE TABLE ${table.name} (
<#list table.columns as column>
    ${column.definition}<#if column?has_next || table.constraints?has_content>,</#if>
</#list>
<#list table.constraints as constraint>
    CONSTRAINT ${constraint.name} ${constraint.definition}<#sep>,</#sep>
</#list>
);
</#list>
<#list lateForeignKeys as late>

ALTER TABLE ${late.table}
    ADD CONSTRAINT ${late.constraint.name} ${late.constraint.definition};
</#list>
<#list indexes as index>

<#list index.why as line>
-- ${line}
</#list>
CREATE ${index.unique}INDEX ${index.name} ON ${index.table} ${index.using}(${index.parts})${index.suffix};
</#list>
<#list comments>

<#items as comment>
COMMENT ON ${comment.object} IS ${comment.literal};
</#items>
</#list>
