package dev.schemaproof.generate.relational;

import java.util.List;
import java.util.stream.Stream;

/**
 * Everything that the template of {@code triggers.sql} prints. Names and expressions are SQL already.
 *
 * @param heading what the script is, one line each
 * @param tag of the dollar quotes around the whole
 * @param bodyTag of the dollar quotes around each function
 * @param guard the function that refuses direct writes
 * @param flush the table, function and trigger that bring deferred copies up to date at commit
 * @param change the variable that holds what has changed for one parent
 * @param pendings the changes that wait for that, in the order in which their parents are locked
 * @param children the tables whose rows are summed up
 * @param parents the tables that hold copies
 * @param backfills what puts the copies right when the triggers are there
 * @param followed what keeps copies of rows that are referred to
 * @param scheduled what jobs run
 * @param noted outboxes and what consumes them
 * @param views materialized views, each after those that it reads
 */
public record SyncScript(
        List<String> heading,
        String tag,
        String bodyTag,
        String guard,
        String flush,
        String change,
        List<Pending> pendings,
        List<Child> children,
        List<Parent> parents,
        List<Backfill> backfills,
        FollowScript followed,
        JobScript scheduled,
        OutboxScript noted,
        List<ViewScript> views) {

    public SyncScript {
        heading = List.copyOf(heading);
        pendings = List.copyOf(pendings);
        children = List.copyOf(children);
        parents = List.copyOf(parents);
        backfills = List.copyOf(backfills);
        views = List.copyOf(views);
    }

    private static List<Tally> read(List<Tally> tallies) {
        return tallies.stream()
                .filter(tally -> !tally.isAdded() || tally.inexact())
                .toList();
    }

    /** Whether some copies are brought up to date with each statement. */
    public boolean isImmediate() {
        return children.stream().anyMatch(Child::isImmediate);
    }

    /**
     * The changes of one parent table's deferred copies that wait for the commit.
     *
     * @param name of the table that holds them, a row for each parent that a statement concerns
     * @param contracts the contracts that ask for it, as words of a comment
     * @param parent the table that holds the copies
     * @param keys its key
     * @param tallies one for each contract
     */
    public record Pending(String name, String contracts, String parent, List<String> keys, List<Tally> tallies) {

        public Pending {
            keys = List.copyOf(keys);
            tallies = List.copyOf(tallies);
        }

        /** Those that are read anew, under a lock of the parent. */
        public List<Tally> read() {
            return SyncScript.read(tallies);
        }
    }

    /**
     * A table whose rows are summed up.
     *
     * @param literal its name as a literal
     * @param partitioned whether it has partitions, which have triggers of their own
     * @param alias what its rows are called
     * @param function what its triggers run
     * @param functionLiteral the function's name as a literal
     * @param newRows the name of the rows after the statement
     * @param oldRows the name of the rows before it
     * @param insert the name of its trigger, likewise the others
     * @param shares the tables to which its rows add, in the order in which they are locked
     */
    public record Child(
            String table,
            String literal,
            boolean partitioned,
            String alias,
            String function,
            String functionLiteral,
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

        /** Whether some of its shares wait for the commit. */
        public boolean isDeferred() {
            return shares.stream().anyMatch(Share::isDeferred);
        }

        /** Whether some of its shares don't. */
        public boolean isImmediate() {
            return !shares.stream().allMatch(Share::isDeferred);
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
     * @param pending the table in which it waits for the commit; empty where it doesn't
     */
    public record Share(
            String contracts,
            String table,
            List<String> keys,
            List<String> copies,
            List<Tally> tallies,
            String pending) {

        public Share {
            keys = List.copyOf(keys);
            copies = List.copyOf(copies);
            tallies = List.copyOf(tallies);
        }

        /** Those that are read anew, under a lock of the parent. */
        public List<Tally> read() {
            return SyncScript.read(tallies);
        }

        /** Whether it waits for the commit. */
        public boolean isDeferred() {
            return !pending.isEmpty();
        }
    }

    /**
     * A table that holds copies.
     *
     * @param keys its key
     * @param arrive the function and trigger for a row that takes another key
     * @param leave the function and trigger for the key that a row has left
     * @param pending the table in which deferred changes wait; empty where there are none
     * @param copies what it holds
     * @param carriedAtOnce the columns of immediate copies to which shares are added
     * @param carriedLater the columns of deferred copies to which shares are added
     */
    public record Parent(
            String table,
            List<String> keys,
            Hook arrive,
            Hook leave,
            String pending,
            List<Kept> copies,
            List<String> carriedAtOnce,
            List<String> carriedLater) {

        public Parent {
            keys = List.copyOf(keys);
            copies = List.copyOf(copies);
            carriedAtOnce = List.copyOf(carriedAtOnce);
            carriedLater = List.copyOf(carriedLater);
        }

        /** The columns of all copies to which shares are added. */
        public List<String> carried() {
            return Stream.concat(carriedAtOnce.stream(), carriedLater.stream()).toList();
        }
    }

    /** A function and the trigger that runs it. */
    public record Hook(String function, String trigger) {}

    /**
     * A copy in a parent.
     *
     * @param column where it is held
     * @param insertGuard the trigger that refuses a start with a value
     * @param updateGuard the trigger that refuses a direct change
     * @param arguments of the guard, as literals: column, contract, summed up table
     * @param tally what it sums up
     */
    public record Kept(String column, String insertGuard, String updateGuard, List<String> arguments, Tally tally) {

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
