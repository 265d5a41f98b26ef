<#list repairHeading as line>
-- ${line}
</#list>
<#if concurrently?has_content>
-- Others read the view meanwhile, as it was before.
<#else>
-- Others wait meanwhile before they read the view.
</#if>

REFRESH MATERIALIZED VIEW ${concurrently}${view.name};
