package dev.schemaproof.generate.relational;

import dev.schemaproof.model.Contract.Mode;
import java.util.List;

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
 * @param former what is done about what former contracts have left
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
        List<ViewScript> views,
        FormerScript former) {

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

    /** Whether some changes are laid aside and folded into the copies later. */
    public boolean isFolded() {
        return parents.stream().anyMatch(Parent::isFolded);
    }

    /** Whether partitions have to be looked for, which have triggers of their own. */
    public boolean isPartitioned() {
        return children.stream().anyMatch(Child::partitioned)
                || parents.stream().anyMatch(parent -> parent.isFolded() && parent.partitioned());
    }

    /**
     * Where what a statement changes goes, if not to the parents at once.
     *
     * @param mode of the copies
     * @param table that takes a row for each parent; empty where there is none
     * @param column what it has beside the parent's key and the copies: the number of a transaction or a slot; empty for nothing
     * @param value what goes there
     */
    public record Notes(Mode mode, String table, String column, String value) {

        static final Notes NONE = new Notes(Mode.IMMEDIATE, "", "", "");

        /** Whether there is such a table. */
        public boolean isThere() {
            return !table.isEmpty();
        }

        /** Whether they wait for the commit. */
        public boolean isPending() {
            return mode == Mode.DEFERRED;
        }

        /** Whether they are added up in a row of the same number. */
        public boolean isSlotted() {
            return mode == Mode.SLOTTED;
        }

        /** Whether they stay until a fold. */
        public boolean isFolded() {
            return mode.isFolded();
        }
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

        /** Whether some of its shares go to the parents at once. */
        public boolean isImmediate() {
            return shares.stream().anyMatch(Share::isImmediate);
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
     * @param notes where it goes, if not there at once
     */
    public record Share(
            String contracts, String table, List<String> keys, List<String> copies, List<Tally> tallies, Notes notes) {

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
            return notes.isPending();
        }

        /** Whether it goes to the parents with the statement. */
        public boolean isImmediate() {
            return !notes.isThere();
        }

        /** Whether it is laid aside, and folded into the copies later. */
        public boolean isFolded() {
            return notes.isFolded();
        }
    }

    /**
     * A table that holds copies.
     *
     * @param keys its key
     * @param arrive the function and trigger for a row that takes another key
     * @param leave the function and trigger for the key that a row has left
     * @param empty the function and trigger for TRUNCATE
     * @param emptyLiteral the function's name as a literal
     * @param literal its name as a literal
     * @param partitioned whether it has partitions, which have triggers of their own
     * @param copies what it holds
     * @param left what a row leaves to its former key
     * @param folds what is laid aside for it
     * @param view what gives its folded copies as they will be
     * @param readers who may read it
     */
    public record Parent(
            String table,
            List<String> keys,
            Hook arrive,
            Hook leave,
            Hook empty,
            String emptyLiteral,
            String literal,
            boolean partitioned,
            List<Kept> copies,
            List<Carried> left,
            List<FoldScript> folds,
            String view,
            List<String> readers) {

        public Parent {
            keys = List.copyOf(keys);
            copies = List.copyOf(copies);
            left = List.copyOf(left);
            folds = List.copyOf(folds);
            readers = List.copyOf(readers);
        }

        /** The columns of all copies to which shares are added. */
        public List<String> carried() {
            return left.stream().flatMap(carried -> carried.copies().stream()).toList();
        }

        /** Those of them that a row leaves behind also when it is deleted, as what its rows change is noted apart. */
        public List<String> carriedApart() {
            return left.stream()
                    .filter(carried -> carried.notes().isThere())
                    .flatMap(carried -> carried.copies().stream())
                    .toList();
        }

        /** What is summed up in the copies whose changes are laid aside. */
        public List<Tally> exact() {
            return folds.stream().flatMap(fold -> fold.tallies().stream()).toList();
        }

        /** Whether changes of some of its copies are laid aside. */
        public boolean isFolded() {
            return !folds.isEmpty();
        }
    }

    /**
     * Copies to which shares are added, by where these go.
     *
     * @param copies their columns
     */
    public record Carried(Notes notes, List<String> copies) {

        public Carried {
            copies = List.copyOf(copies);
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
