package dev.schemaproof.generate.relational;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A table in which writers lay aside what they change of one parent table's copies, and what folds it into them: see {@link
 * FoldBuilder}. Names and expressions are SQL already.
 *
 * @param name of the table
 * @param contracts the contracts that ask for it, as words of a comment
 * @param parent the table that holds the copies
 * @param literal its name as a literal
 * @param keys its key
 * @param tallies one for each contract
 * @param slot the column with the number of a slot; empty where each change has a row of its own
 * @param unlogged whether a crash may empty it, as it empties the parent
 * @param secured whether row-level security hides rows of the parent from some, and with them what is laid aside for them
 * @param readers who may read the parent, and so what is laid aside
 * @param procedure what folds, by name
 * @param notes what is to be scheduled, as lines of a comment
 */
public record FoldScript(
        String name,
        String contracts,
        String parent,
        String literal,
        List<String> keys,
        List<Tally> tallies,
        String slot,
        boolean unlogged,
        boolean secured,
        List<String> readers,
        String procedure,
        List<String> notes) {

    public FoldScript {
        keys = List.copyOf(keys);
        tallies = List.copyOf(tallies);
        readers = List.copyOf(readers);
        notes = List.copyOf(notes);
    }

    /** Whether changes share rows, which are then told apart by a number. */
    public boolean isSlotted() {
        return !slot.isEmpty();
    }

    /** A row's key, in parentheses. */
    public String key(String row) {
        return keys.stream().map(key -> row + "." + key).collect(Collectors.joining(", ", "(", ")"));
    }
}
