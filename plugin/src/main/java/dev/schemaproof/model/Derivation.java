package dev.schemaproof.model;

import java.util.Optional;

/** How a copy is made from its source. */
public sealed interface Derivation {

    /**
     * The number of referencing rows.
     *
     * @param entity whose rows are counted
     * @param by the role by which they refer to the copy's entity
     * @param where only rows that fulfil this SQL condition
     */
    record Count(Located<String> entity, Located<String> by, Optional<SourceText> where) implements Derivation {}

    /** The sum, least or greatest value of an attribute of the referencing rows. */
    record Aggregate(
            Function function,
            Located<String> entity,
            Located<String> attribute,
            Located<String> by,
            Optional<SourceText> where)
            implements Derivation {}

    /** The functions of {@link Aggregate}. */
    enum Function {
        SUM,
        MIN,
        MAX
    }

    /** Whether there is a referencing row. */
    record Exists(Located<String> entity, Located<String> by, Optional<SourceText> where) implements Derivation {}

    /** The value of the referencing row that is last by {@code orderBy}. */
    record Latest(
            Located<String> entity,
            Located<String> attribute,
            Located<String> by,
            Located<String> orderBy,
            Optional<SourceText> where)
            implements Derivation {}

    /** The value of an attribute at the end of a path of references, such as {@code author.display_name}. */
    record Copy(Located<String> path) implements Derivation {}

    /** The result of a statement. */
    record Query(SourceText sql) implements Derivation {}
}
