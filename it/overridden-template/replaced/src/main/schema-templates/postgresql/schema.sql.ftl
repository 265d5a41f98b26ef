-- In the style of this house
<#list tables as table>
create table ${table.name} (
<#list table.columns as column>
  ${column.definition},
</#list>
<#list table.constraints as constraint>
  constraint ${constraint.name} ${constraint.definition}<#sep>,</#sep>
</#list>
);
</#list>
