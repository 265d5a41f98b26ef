package dev.schemaproof.dialect.postgresql;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Names for what the model leaves unnamed. Each is the same in every run; one that would be too long is cut and ends in a
 * hash of the whole, so that two long names stay two.
 */
public final class PostgresNames {

    /** The SQL schema that every database has, and that comes first on the search path unless somebody says otherwise. */
    public static final String DEFAULT_SCHEMA = "public";

    private static final int HASH_DIGITS = 8;

    private PostgresNames() {}

    /** {@code <table>_pkey}. */
    public static String primaryKey(String table) {
        return fit(table + "_pkey");
    }

    /** {@code <table>_<columns>_key}. */
    public static String unique(String table, List<String> columns) {
        return fit(table + "_" + String.join("_", columns) + "_key");
    }

    /** {@code <table>_<column>_check}. */
    public static String check(String table, String column) {
        return fit(table + "_" + column + "_check");
    }

    /** {@code <table>_<role>_fkey}. */
    public static String foreignKey(String table, String role) {
        return fit(table + "_" + role + "_fkey");
    }

    /**
     * {@code <table>_<column>_seq}, the sequence that PostgreSQL makes for an identity or a {@code serial} column: of a name that
     * would be too long it cuts the longer of the two parts (function {@code makeObjectName}).
     */
    public static String sequence(String table, String column) {
        var room = PostgresDialect.MAX_IDENTIFIER_BYTES - "__seq".length();
        var first = table;
        var second = column;
        while (bytes(first) + bytes(second) > room) {
            if (bytes(first) > bytes(second)) {
                first = first.substring(0, first.offsetByCodePoints(first.length(), -1));
            } else {
                second = second.substring(0, second.offsetByCodePoints(second.length(), -1));
            }
        }
        return first + "_" + second + "_seq";
    }

    /** The name itself when it fits, else its beginning and eight hexadecimal digits. */
    public static String fit(String name) {
        if (bytes(name) <= PostgresDialect.MAX_IDENTIFIER_BYTES) {
            return name;
        }
        var hash = new CRC32();
        hash.update(name.getBytes(StandardCharsets.UTF_8));
        var room = PostgresDialect.MAX_IDENTIFIER_BYTES - HASH_DIGITS - 1;
        var end = name.length();
        while (bytes(name.substring(0, end)) > room) {
            end = name.offsetByCodePoints(end, -1);
        }
        return name.substring(0, end) + "_" + String.format("%08x", hash.getValue());
    }

    /** What PostgreSQL makes of a name: as many of its characters as fit. */
    public static String kept(String name) {
        var end = name.length();
        while (bytes(name.substring(0, end)) > PostgresDialect.MAX_IDENTIFIER_BYTES) {
            end = name.offsetByCodePoints(end, -1);
        }
        return name.substring(0, end);
    }

    /** Whether no SQL schema can be made with this name. */
    public static boolean isReservedSchema(String name) {
        return name.startsWith("pg_") || name.equals("information_schema");
    }

    /** How long PostgreSQL thinks a name is. */
    public static int bytes(String name) {
        for (var i = 0; i < name.length(); i++) {
            if (name.charAt(i) >= 0x80) {
                return name.getBytes(StandardCharsets.UTF_8).length;
            }
        }
        return name.length();
    }
}
