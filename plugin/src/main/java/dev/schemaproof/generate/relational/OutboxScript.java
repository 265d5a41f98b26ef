package dev.schemaproof.generate.relational;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What {@code triggers.sql} makes for copies that the consumer of an outbox brings up to date. Names and expressions are SQL
 * already.
 *
 * @param tag of the dollar quotes around the whole
 * @param bodyTag of the dollar quotes around each function and procedure
 * @param guard the function that refuses direct writes
 * @param clock the view that says how long notes have been waiting
 * @param tables the tables that hold copies or that these are made of
 * @param part the variable for a partition
 * @param locked what the notes are called that a statement has locked
 * @param taken what the notes are called that a statement has deleted
 * @param outboxes one for each contract
 */
public record OutboxScript(
        String tag,
        String bodyTag,
        String guard,
        String clock,
        List<String> tables,
        String part,
        String locked,
        String taken,
        List<Outbox> outboxes) {

    public OutboxScript {
        tables = List.copyOf(tables);
        outboxes = List.copyOf(outboxes);
    }

    /** Whether a table with notes of its own is partitioned. */
    public boolean isPartitioned() {
        return outboxes.stream().flatMap(outbox -> outbox.sources().stream()).anyMatch(Source::partitioned);
    }

    /**
     * The outbox of one contract.
     *
     * @param notes what it is and what is to be scheduled, as lines of a comment
     * @param remark the contract's name as words of a comment
     * @param contract its name as a literal
     * @param name the table that holds the notes
     * @param literal its name as a literal
     * @param allowed for how long the copy may be stale, in seconds
     * @param procedure the procedure that consumes the notes
     * @param table the table that holds the copy
     * @param tableLiteral its bare name as a literal
     * @param keys its key, under which the outbox notes a row that is out of date
     * @param drift what finds the rows that are out of date, and puts them right
     * @param columns those of the outbox that say what is out of date
     * @param sources the tables whose writes are noted
     * @param steps the ways from a row that is referred to, to the rows that hold copies
     * @param guards the triggers that refuse direct writes
     * @param wrong the variable for what was noted of a row
     * @param right the variable for the true value
     */
    public record Outbox(
            List<String> notes,
            String remark,
            String contract,
            String name,
            String literal,
            double allowed,
            String procedure,
            String table,
            String tableLiteral,
            List<String> keys,
            DriftScript drift,
            List<Column> columns,
            List<Source> sources,
            List<Step> steps,
            List<Guard> guards,
            String wrong,
            String right) {

        public Outbox {
            notes = List.copyOf(notes);
            keys = List.copyOf(keys);
            columns = List.copyOf(columns);
            sources = List.copyOf(sources);
            steps = List.copyOf(steps);
            guards = List.copyOf(guards);
        }

        /** The condition that a note speaks of all rows, whichever they are. */
        public String ofAll() {
            return columns.stream().map(column -> column.name() + " IS NULL").collect(Collectors.joining(" AND "));
        }
    }

    /**
     * A column of an outbox, which takes what a column of another table holds.
     *
     * @param literal its name as a literal
     * @param table the other table
     * @param tableLiteral its name as a literal
     * @param column the other column
     * @param columnLiteral its bare name as a literal
     */
    public record Column(
            String name, String literal, String table, String tableLiteral, String column, String columnLiteral) {}

    /**
     * A table whose writes are noted.
     *
     * @param literal its name as a literal
     * @param partitioned whether it has partitions, which have triggers of their own
     * @param alias what its rows are called
     * @param newRows the name of the rows after the statement
     * @param oldRows the name of the rows before it
     * @param function what its triggers run
     * @param triggers their names
     * @param rekey the function for a row that takes another key; empty where none is needed
     * @param columns of the outbox that are noted
     * @param values what they take from a row
     * @param inputs what else of a row decides
     * @param where the condition under which a row counts, in parentheses; empty for always
     * @param inserts whether new rows are noted
     * @param arrives whether it is noted what the rows of an update are now, of those that differ in what decides
     * @param leaves whether it is noted what they were
     * @param deletes whether rows that go away are noted
     * @param truncates whether it is noted that all are gone
     */
    public record Source(
            String table,
            String literal,
            boolean partitioned,
            String alias,
            String newRows,
            String oldRows,
            String function,
            Triggers triggers,
            String rekey,
            List<String> columns,
            List<String> values,
            List<String> inputs,
            String where,
            boolean inserts,
            boolean arrives,
            boolean leaves,
            boolean deletes,
            boolean truncates) {

        public Source {
            columns = List.copyOf(columns);
            values = List.copyOf(values);
            inputs = List.copyOf(inputs);
        }
    }

    /**
     * The names of the triggers of one table, whether it has all of them or not.
     *
     * @param rekey that for a row that takes another key
     */
    public record Triggers(String insert, String update, String delete, String truncate, String rekey) {}

    /**
     * How rows that hold copies are found from a row that is referred to.
     *
     * @param columns of the outbox that note the latter
     * @param joins from the table, called {@code copied}, to the rows that refer to it
     * @param referring their columns, in the order of the outbox's
     */
    public record Step(List<String> columns, List<CopyScript.Join> joins, List<String> referring) {

        public Step {
            columns = List.copyOf(columns);
            joins = List.copyOf(joins);
            referring = List.copyOf(referring);
        }
    }

    /**
     * A trigger that refuses direct writes.
     *
     * @param trigger its name
     * @param event {@code INSERT} or {@code UPDATE}
     * @param condition when it does
     * @param arguments of the guard, as literals: column, contract, source table
     */
    public record Guard(String trigger, String event, String condition, List<String> arguments) {

        public Guard {
            arguments = List.copyOf(arguments);
        }
    }
}
