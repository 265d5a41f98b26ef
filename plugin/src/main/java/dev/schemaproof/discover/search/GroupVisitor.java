package dev.schemaproof.discover.search;

/** Looks at groups of rows that agree on something. */
@FunctionalInterface
public interface GroupVisitor {

    /**
     * Looks at a group of two or more rows.
     *
     * @param rows holds the group between two positions; not to be kept
     * @return whether to go on
     */
    boolean visit(int[] rows, int from, int to);
}
