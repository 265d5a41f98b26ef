package dev.schemaproof.generate.relational;

import java.util.List;
import java.util.Set;

/**
 * What {@code triggers.sql} says of what former contracts have left in a database: see {@link FormerBuilder}. Names are SQL
 * literals already, unless it says otherwise.
 *
 * @param tag of the dollar quotes around each part
 * @param bodyTag of the dollar quotes around each function
 * @param mark how the comments of what the scripts of this store make begin, before the SQL schema that they were made from
 * @param guard the bare name of the function that refuses direct writes, which several models may share
 * @param flush the bare name of the trigger that brings deferred copies up to date
 * @param made everything that the script makes and keeps
 * @param settlements what brings a copy up to date whose contract goes
 */
public record FormerScript(
        String tag,
        String bodyTag,
        String mark,
        String guard,
        String flush,
        List<Made> made,
        List<Settlement> settlements) {

    private static final Set<String> ON_TABLES = Set.of(Made.TRIGGER, Made.CONSTRAINT);

    public FormerScript {
        made = List.copyOf(made);
        settlements = List.copyOf(settlements);
    }

    /** Of all that is made, what acts on the tables of the model, and the settlements. */
    public List<Made> acting() {
        var settling = settlements.stream().map(Settlement::literal).toList();
        return made.stream()
                .filter(object -> ON_TABLES.contains(object.kind()) || settling.contains(object.name()))
                .toList();
    }

    /**
     * Something that the script makes.
     *
     * @param kind one of the constants
     * @param place the table that it is on; an empty literal for what stands alone
     * @param name its name as a statement has it
     * @param contracts an expression for the names of the contracts that need it
     */
    public record Made(String kind, String place, String name, String contracts) {

        static final String TRIGGER = "trigger";
        static final String CONSTRAINT = "constraint";
        static final String TABLE = "table";
        static final String VIEW = "view";
        static final String FUNCTION = "function";
        static final String PROCEDURE = "procedure";
    }

    /**
     * What brings the copy of one contract up to date, in one transaction and while nobody else writes.
     *
     * @param contracts the contract's name, as words of a comment
     * @param function its name as a statement has it
     * @param literal the same as a literal
     * @param sources the tables of which the copy is made, as statements have them
     * @param table the table that holds the copy, as a statement has it
     * @param aside the table in which its changes are laid aside, as a statement has it; empty where notes only say which rows are
     *     out of date
     * @param drift what finds and mends what is out of date
     */
    public record Settlement(
            String contracts,
            String function,
            String literal,
            List<String> sources,
            String table,
            String aside,
            DriftScript drift) {

        public Settlement {
            sources = List.copyOf(sources);
        }
    }
}
