-- In the style of this house
<#list tables as table>
create table ${table.nam};
</#list>
