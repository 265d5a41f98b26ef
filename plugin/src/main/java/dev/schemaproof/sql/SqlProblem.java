package dev.schemaproof.sql;

import dev.schemaproof.diagnostic.Location;
import java.util.Optional;

/**
 * What keeps a SQL text from being read.
 *
 * @param at the word, in the file of the model
 * @param summary one sentence in lower case without a full stop
 * @param help the edit to make
 * @param certain whether no database could read it either; else it may be syntax that is not known here
 */
public record SqlProblem(Location at, String summary, Optional<String> help, boolean certain) {

    /** The same, but perhaps no mistake. */
    SqlProblem doubted() {
        return new SqlProblem(at, summary, help, false);
    }
}
