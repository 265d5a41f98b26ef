package dev.schemaproof.generate.relational;

import java.util.List;

/**
 * Everything that the template of {@code triggers.sql} prints. Names and expressions are SQL already.
 *
 * @param heading what the script is, one line each
 * @param tag of the dollar quotes around the whole
 * @param bodyTag of the dollar quotes around each function
 * @param guard the function that refuses direct writes
 * @param children the tables whose rows are summed up
 * @param parents the tables that hold copies
 * @param backfills what puts the copies right when the triggers are there
 * @param views materialized views, each after those that it reads
 */
public record SyncScript(
        List<String> heading,
        String tag,
        String bodyTag,
        String guard,
        List<Child> children,
        List<Parent> parents,
        List<Backfill> backfills,
        List<ViewScript> views) {

    public SyncScript {
        heading = List.copyOf(heading);
        children = List.copyOf(children);
        parents = List.copyOf(parents);
        backfills = List.copyOf(backfills);
        views = List.copyOf(views);
    }

    /**
     * A table whose rows are summed up.
     *
     * @param alias what its rows are called
     * @param function what its triggers run
     * @param change the variable that holds one parent's share of a statement
     * @param newRows the name of the rows after the statement
     * @param oldRows the name of the rows before it
     * @param insert the name of its trigger, likewise the others
     * @param shares the tables to which its rows add, in the order in which they are locked
     */
    public record Child(
            String table,
            String alias,
            String function,
            String change,
            String newRows,
            String oldRows,
            String insert,
            String update,
            String delete,
            String truncate,
            List<Share> shares) {

        public Child {
            shares = List.copyOf(shares);
        }
    }

    /**
     * What one child adds to one parent table.
     *
     * @param contracts the contracts that ask for it, as words of a comment
     * @param table the parent's
     * @param keys the parent's key
     * @param copies the columns that it changes
     * @param tallies one for each contract
     * @param locks whether the parent is locked before what is there is read anew
     */
    public record Share(
            String contracts,
            String table,
            List<String> keys,
            List<String> copies,
            List<Tally> tallies,
            boolean locks) {

        public Share {
            keys = List.copyOf(keys);
            copies = List.copyOf(copies);
            tallies = List.copyOf(tallies);
        }
    }

    /**
     * A table that holds copies.
     *
     * @param keys its key
     * @param rekey the function and trigger that follow a change of the key
     * @param moved the variable for the row that changes its key
     * @param copies what it holds
     */
    public record Parent(String table, List<String> keys, Rekey rekey, String moved, List<Kept> copies) {

        public Parent {
            keys = List.copyOf(keys);
            copies = List.copyOf(copies);
        }
    }

    /** The function and the trigger that follow a change of the key. */
    public record Rekey(String function, String trigger) {}

    /**
     * A copy in a parent.
     *
     * @param column where it is held
     * @param insertGuard the trigger that refuses a start with a value
     * @param updateGuard the trigger that refuses a direct change
     * @param arguments of the guard, as literals: column, contract, summed up table
     * @param tally what it sums up
     * @param value what it comes to for the moved row's key
     */
    public record Kept(
            String column, String insertGuard, String updateGuard, List<String> arguments, Tally tally, String value) {

        public Kept {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * What puts the copies of one contract right.
     *
     * @param contract its name, as words of a comment
     */
    public record Backfill(String contract, Tally tally) {}
}
