package dev.schemaproof.analysis.normal;

/**
 * Rows that agree on the determinant may exchange the values of the dependents, and the relation has the rows that come
 * out of it: the dependents vary on their own. R. Fagin, "Multivalued Dependencies and a New Normal Form for Relational
 * Databases", ACM TODS 2(3), 1977.
 *
 * @param determinant its left side
 * @param dependents its right side
 */
public record MultivaluedDependency(AttributeSet determinant, AttributeSet dependents) {

    /**
     * Whether it holds in every relation, as its dependents are none or all of the attributes beside its determinant.
     *
     * @param all the attributes of the relation
     */
    public boolean trivial(AttributeSet all) {
        return determinant.containsAll(dependents)
                || determinant.union(dependents).containsAll(all);
    }
}
