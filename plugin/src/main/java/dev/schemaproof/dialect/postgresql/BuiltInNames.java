package dev.schemaproof.dialect.postgresql;

import java.util.Set;

/** Names that PostgreSQL 15, 16, 17 or 18 use themselves where a model's names would go. */
final class BuiltInNames {

    /** The types in {@code pg_catalog}, where PostgreSQL looks first; arrays and rows of catalogs aside. */
    private static final String TYPES = """
            aclitem any anyarray anycompatible anycompatiblearray anycompatiblemultirange anycompatiblenonarray
            anycompatiblerange anyelement anyenum anymultirange anynonarray anyrange bit bool box bpchar bytea char
            cid cidr circle cstring date datemultirange daterange event_trigger fdw_handler float4 float8 gtsvector
            index_am_handler inet int2 int2vector int4 int4multirange int4range int8 int8multirange int8range
            internal interval json jsonb jsonpath language_handler line lseg macaddr macaddr8 money name numeric
            nummultirange numrange oid oidvector path point polygon record refcursor regclass regcollation regconfig
            regdictionary regnamespace regoper regoperator regproc regprocedure regrole regtype table_am_handler
            text tid time timestamp timestamptz timetz trigger tsm_handler tsmultirange tsquery tsrange
            tstzmultirange tstzrange tsvector txid_snapshot unknown uuid varbit varchar void xid xid8 xml
            """;

    private static final Set<String> TYPE_NAMES = Set.of(TYPES.strip().split("\\s+"));

    private static final Set<String> SYSTEM_COLUMNS = Set.of("tableoid", "cmax", "xmax", "cmin", "xmin", "ctid");

    private BuiltInNames() {}

    static boolean isType(String name) {
        return TYPE_NAMES.contains(name);
    }

    static boolean isSystemColumn(String name) {
        return SYSTEM_COLUMNS.contains(name);
    }
}
