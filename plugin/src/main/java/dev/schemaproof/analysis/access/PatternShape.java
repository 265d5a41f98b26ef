package dev.schemaproof.analysis.access;

import dev.schemaproof.diagnostic.Location;
import java.util.List;

/**
 * What an access pattern asks for; the same for SQL and for the structured form.
 *
 * @param uses every occurrence of an entity, by number
 * @param blocks the queries that they stand in, by number
 * @param blind what can't be seen into
 * @param sound whether it could be read and all its names are known; nothing is concluded from one that is not
 */
public record PatternShape(List<EntityUse> uses, List<QueryBlock> blocks, List<Blind> blind, boolean sound) {

    public PatternShape {
        uses = List.copyOf(uses);
        blocks = List.copyOf(blocks);
        blind = List.copyOf(blind);
    }

    static PatternShape unsound() {
        return new PatternShape(List.of(), List.of(), List.of(), false);
    }

    /** The block that a use stands in. */
    public QueryBlock blockOf(EntityUse use) {
        return blocks.get(use.block());
    }

    /**
     * A part that can't be seen into.
     *
     * @param at where
     * @param what it is, in words
     */
    public record Blind(Location at, String what) {}
}
