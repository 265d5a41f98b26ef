<#-- The function that refuses direct writes to what the database keeps. -->
<#macro refusal guard bodyTag>
    -- What is kept by trigger takes no direct writes.
    CREATE OR REPLACE FUNCTION ${guard}() RETURNS trigger
        LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
    AS $${bodyTag}$
    BEGIN
        RAISE check_violation USING
            MESSAGE = format('column %I of table %I is kept by the contract "%s" and takes no direct writes',
                TG_ARGV[0], TG_TABLE_NAME, TG_ARGV[1]),
            HINT = format('Write to the rows of table %I that it is made of. To correct it by hand: '
                'SET LOCAL schemaproof.repair = ''on'';', TG_ARGV[2]),
            SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME, COLUMN = TG_ARGV[0], CONSTRAINT = TG_NAME;
    END
    $${bodyTag}$;
</#macro>
