<#import "view-rows.ftl" as rows>
<#list driftHeading as line>
-- ${line}
</#list>
-- It returns the rows that the view lacks and those that it has too much; none just after a refresh.

WITH ${right} (${view.columns?join(", ")}) AS (
<@rows.query view=view />

), ${held} AS (
SELECT ${view.columns?join(", ")} FROM ${view.name}
)
SELECT 'missing' AS ${drift}, lacking.* FROM (
    SELECT ${compared?join(", ")} FROM ${right} EXCEPT ALL SELECT ${compared?join(", ")} FROM ${held}
) AS lacking
UNION ALL
SELECT 'extra', needless.* FROM (
    SELECT ${compared?join(", ")} FROM ${held} EXCEPT ALL SELECT ${compared?join(", ")} FROM ${right}
) AS needless;
