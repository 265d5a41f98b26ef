<#-- What a materialized view shows, cast to the declared types. -->
<#macro query view>
SELECT ${view.selected?join(", ")}
FROM (
${view.query}
) AS source (${view.columns?join(", ")})</#macro>
