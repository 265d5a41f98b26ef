package dev.schemaproof.analysis.sql;

import dev.schemaproof.diagnostic.Location;
import java.util.List;
import java.util.Optional;

/**
 * A name in SQL that names nothing, or more than one thing.
 *
 * @param kind what is wrong
 * @param name the name, as the database understands it
 * @param at the word
 * @param owner the table or alias that should have the column, where the SQL names one
 * @param known the names that would have been possible; for an ambiguous one, the tables that have it
 */
public record NameFlaw(Kind kind, String name, Location at, Optional<String> owner, List<String> known) {

    public NameFlaw {
        known = List.copyOf(known);
    }

    /** What can be wrong with a name. */
    public enum Kind {
        /** No table is called so. */
        UNKNOWN_TABLE,
        /** Nothing in FROM is called so. */
        UNKNOWN_QUALIFIER,
        UNKNOWN_COLUMN,
        /** A column in an expression that can see none, such as a default. */
        NO_COLUMNS,
        AMBIGUOUS_COLUMN
    }
}
