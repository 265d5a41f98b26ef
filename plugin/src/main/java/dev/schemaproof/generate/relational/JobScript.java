package dev.schemaproof.generate.relational;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What {@code triggers.sql} makes for copies that a job brings up to date. Names and expressions are SQL already.
 *
 * @param tag of the dollar quotes around the whole
 * @param bodyTag of the dollar quotes around each procedure
 */
public record JobScript(String tag, String bodyTag, List<Job> jobs) {

    public JobScript {
        jobs = List.copyOf(jobs);
    }

    /**
     * The job of one contract.
     *
     * @param notes what it is and what is to be scheduled, as lines of a comment
     * @param procedure the procedure's name
     * @param table the table that holds the copy
     * @param literal its name as a literal
     * @param keys its key
     * @param drift what finds the rows that are out of date, and puts them right
     * @param batch what the rows are called that are looked at next
     * @param next the variable for the first key among them
     * @param last the variable for the last key that was looked at
     * @param wrong the variable for a row that is out of date
     * @param right the variable for the true value
     */
    public record Job(
            List<String> notes,
            String procedure,
            String table,
            String literal,
            List<String> keys,
            DriftScript drift,
            String batch,
            String next,
            String last,
            String wrong,
            String right) {

        public Job {
            notes = List.copyOf(notes);
            keys = List.copyOf(keys);
        }

        /** A row's key, in parentheses. */
        public String key(String row) {
            return keys.stream().map(key -> row + "." + key).collect(Collectors.joining(", ", "(", ")"));
        }
    }
}
