package dev.schemaproof.analysis.normal;

/**
 * Two rows in which exactly the dependencies from a determinant hold that follow: they agree on its closure and nowhere
 * else, so that they satisfy all dependencies of the set and refute what doesn't follow. Two rows are always enough: Y. Sagiv,
 * C. Delobel, D. S. Parker and R. Fagin, "An Equivalence Between Relational Database Dependencies and a Fragment of
 * Propositional Logic", JACM 28(3), 1981.
 *
 * @param agreeing the attributes in which the rows have the same value
 */
public record Witness(AttributeSet agreeing) {

    /** The rows that agree on no more than the determinant makes them agree on. */
    public static Witness of(DependencySet dependencies, AttributeSet determinant) {
        return new Witness(dependencies.closure(determinant));
    }

    /** The value of an attribute in a row: 0 in both rows where they agree, else the row's number. */
    public int value(int row, int attribute) {
        return agreeing.contains(attribute) ? 0 : row;
    }
}
