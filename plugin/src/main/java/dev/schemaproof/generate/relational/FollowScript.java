package dev.schemaproof.generate.relational;

import java.util.List;

/**
 * What {@code triggers.sql} makes for copies that follow a row which is referred to. Names and expressions are SQL already.
 *
 * @param tag of the dollar quotes around the whole
 * @param bodyTag of the dollar quotes around each function
 * @param sources the tables that are copied from
 * @param tables those that hold such copies
 * @param bounds the constraints by which they follow, each after those that it needs
 */
public record FollowScript(String tag, String bodyTag, List<String> sources, List<Table> tables, List<Bound> bounds) {

    public FollowScript {
        sources = List.copyOf(sources);
        tables = List.copyOf(tables);
        bounds = List.copyOf(bounds);
    }

    /** Whether some copies are tied to their sources. */
    public boolean isTied() {
        return tables.stream().anyMatch(table -> !table.ties().isEmpty());
    }

    /** Whether some copies follow by foreign keys. */
    public boolean isFollowing() {
        return tables.stream().anyMatch(table -> !table.ways().isEmpty());
    }

    /**
     * A constraint by which copies follow. {@code schema.sql} makes it with an empty table; a table that was there before the contract
     * gets it with the triggers.
     *
     * @param table the table's name
     * @param literal the same as a literal
     * @param nameLiteral the constraint's name as a literal
     * @param contracts what it is for, as a literal
     */
    public record Bound(
            String table, String literal, String nameLiteral, String contracts, SchemaScript.Constraint constraint) {}

    /**
     * A table that holds copies.
     *
     * @param contracts the contracts that ask for it, as words of a comment
     * @param function what its triggers run
     * @param insert the name of its trigger, likewise the other
     * @param decisive the columns that decide what the copies are, and the copies
     * @param ways one for each reference by which it follows
     * @param ties one for each path by which its copies are tied to their sources
     */
    public record Table(
            String name,
            String contracts,
            String function,
            String insert,
            String update,
            List<String> decisive,
            List<Way> ways,
            List<TieScript> ties) {

        public Table {
            decisive = List.copyOf(decisive);
            ways = List.copyOf(ways);
            ties = List.copyOf(ties);
        }
    }

    /**
     * A reference by which copies follow.
     *
     * @param contracts their contracts, as words of a comment
     * @param source the table that it leads to
     * @param itself whether that is the table which holds the copies
     * @param keys what it refers to
     * @param referring the columns that refer, in the order of the keys
     * @param decisive the columns that refer, and the copies
     * @param copies what is copied by it
     */
    public record Way(
            String contracts,
            String source,
            boolean itself,
            List<String> keys,
            List<String> referring,
            List<String> decisive,
            List<Copied> copies) {

        public Way {
            keys = List.copyOf(keys);
            referring = List.copyOf(referring);
            decisive = List.copyOf(decisive);
            copies = List.copyOf(copies);
        }
    }

    /**
     * A copy.
     *
     * @param column where it is held
     * @param value what is copied
     * @param found what the value is called where the trigger has found it
     * @param literals what the refusal of a direct write says, as literals: column, contract, and
     *     what is copied, with its table
     */
    public record Copied(String column, String value, String found, List<String> literals) {

        public Copied {
            literals = List.copyOf(literals);
        }
    }
}
