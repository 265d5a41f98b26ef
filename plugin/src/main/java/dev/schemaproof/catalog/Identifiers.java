package dev.schemaproof.catalog;

/** Names in SQL. */
final class Identifiers {

    private Identifiers() {}

    /** The name in quotes, which are never wrong. */
    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
