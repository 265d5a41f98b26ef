package dev.schemaproof.generate.relational;

import java.util.List;

/**
 * What {@code triggers.sql} makes for the copies of one table that are tied to their sources over one path of references.
 * Names and expressions are SQL already.
 *
 * @param contracts their contracts, as words of a comment
 * @param table the table that holds the copies
 * @param keys its key
 * @param referring its columns that refer to the first table of the path
 * @param decisive these, and the copies
 * @param copies what is copied; each value is a column of the last of the joins
 * @param joins from the new row, called {@code NEW}, to the source
 * @param stored the same from the stored row
 * @param copying the function that writes the copies where something on the way has changed
 * @param passing the function that passes such a change on
 * @param knots one for each table of the path, the one that holds the copies first
 */
public record TieScript(
        String contracts,
        String table,
        List<String> keys,
        List<String> referring,
        List<String> decisive,
        List<FollowScript.Copied> copies,
        List<CopyScript.Join> joins,
        List<CopyScript.Join> stored,
        String copying,
        String passing,
        List<Knot> knots) {

    public TieScript {
        keys = List.copyOf(keys);
        referring = List.copyOf(referring);
        decisive = List.copyOf(decisive);
        copies = List.copyOf(copies);
        joins = List.copyOf(joins);
        stored = List.copyOf(stored);
        knots = List.copyOf(knots);
    }

    /**
     * A table of the path, and the table of ties beside it.
     *
     * @param table the table of the path
     * @param name the table of ties, of which each is made for one row
     * @param literal its name as a literal
     * @param function what the triggers of the table run to renew the ties of a row
     * @param triggers their names: for INSERT, UPDATE, DELETE and TRUNCATE
     * @param emptying what they run after TRUNCATE
     * @param keys by which its rows are referred to; of the table that holds the copies, its key
     * @param keyColumns those of the ties that hold them
     * @param referring the columns that refer to the next table; none in the last
     * @param decisive on whose change the ties are renewed: the keys, and what refers or is copied
     */
    public record Knot(
            String table,
            String name,
            String literal,
            String function,
            List<String> triggers,
            String emptying,
            List<String> keys,
            List<String> keyColumns,
            List<String> referring,
            List<String> decisive) {

        public Knot {
            triggers = List.copyOf(triggers);
            keys = List.copyOf(keys);
            keyColumns = List.copyOf(keyColumns);
            referring = List.copyOf(referring);
            decisive = List.copyOf(decisive);
        }
    }
}
