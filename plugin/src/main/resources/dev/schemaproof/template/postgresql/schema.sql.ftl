<#list heading as line>
-- ${line}
</#list>
<#if roles.all?has_content>

-- Roles belong to the whole server: they are made where they are missing, also while others do the same.
DO $${roles.tag}$
BEGIN
<#list roles.all as role>
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = ${role.literal}) THEN
        BEGIN
            CREATE ROLE ${role.name}<#if role.login> LOGIN</#if>;
<#if role.comment?has_content>
            COMMENT ON ROLE ${role.name} IS ${role.comment};
</#if>
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;
        END;
    END IF;
</#list>
<#list roles.memberships as membership>
    IF NOT EXISTS (
        SELECT FROM pg_catalog.pg_auth_members AS membership
        JOIN pg_catalog.pg_roles AS role ON role.oid = membership.roleid
        JOIN pg_catalog.pg_roles AS member ON member.oid = membership.member
        WHERE role.rolname = ${membership.roleLiteral} AND member.rolname = ${membership.memberLiteral}
    ) THEN
        BEGIN
            GRANT ${membership.role} TO ${membership.member};
        EXCEPTION WHEN unique_violation THEN
            NULL;
        END;
    END IF;
</#list>
END
$${roles.tag}$;
</#if>
<#list schemas>

<#items as schema>
CREATE SCHEMA IF NOT EXISTS ${schema};
</#items>
</#list>
<#list extensions>

<#items as extension>
CREATE EXTENSION IF NOT EXISTS ${extension};
</#items>
</#list>
<#list sequences>

<#items as sequence>
CREATE SEQUENCE ${sequence.name} ${sequence.options};
</#items>
</#list>
<#list types as type>

<#if type.enumeration>
CREATE TYPE ${type.name} AS ENUM (${type.labels?join(", ")});
<#elseif (type.checks?size > 1)>
CREATE DOMAIN ${type.name} AS ${type.base}
<#list type.checks as check>
    ${check}<#if check?is_last>;</#if>
</#list>
<#else>
CREATE DOMAIN ${type.name} AS ${type.base}<#list type.checks as check> ${check}</#list>;
</#if>
</#list>
<#list tables as table>

CREATE ${table.unlogged}TABLE ${table.name} (
<#list table.columns as column>
    ${column.definition}<#if column?has_next || table.constraints?has_content>,</#if>
</#list>
<#list table.constraints as constraint>
<#list constraint.why as line>
    -- ${line}
</#list>
    CONSTRAINT ${constraint.name} ${constraint.definition}<#sep>,</#sep>
</#list>
)${table.suffix};
<#list table.partitions as partition>
CREATE ${partition.unlogged}TABLE ${partition.name} PARTITION OF ${partition.of} ${partition.bound}${partition.suffix};
</#list>
</#list>
<#list ownerships>

<#items as ownership>
ALTER SEQUENCE ${ownership.sequence} OWNED BY ${ownership.column};
</#items>
</#list>
<#list indexes as index>

<#list index.why as line>
-- ${line}
</#list>
CREATE ${index.unique}INDEX ${index.name} ON ${index.table} ${index.using}(${index.parts})${index.suffix};
</#list>
<#list lateForeignKeys as late>

<#list late.constraint.why as line>
-- ${line}
</#list>
ALTER TABLE ${late.table}
    ADD CONSTRAINT ${late.constraint.name} ${late.constraint.definition};
</#list>
<#list secured as security>

ALTER TABLE ${security.table} ENABLE ROW LEVEL SECURITY;
<#if security.forced>
ALTER TABLE ${security.table} FORCE ROW LEVEL SECURITY;
</#if>
<#list security.policies as policy>
CREATE POLICY ${policy.name} ON ${security.table}
<#list policy.clauses as clause>
    ${clause}<#if clause?is_last>;</#if>
</#list>
</#list>
</#list>
<#list grants>

<#items as grant>
GRANT ${grant.privileges} ON ${grant.object} TO ${grant.role};
</#items>
</#list>
<#list comments>

<#items as comment>
COMMENT ON ${comment.object} IS ${comment.literal};
</#items>
</#list>
