package dev.schemaproof.analysis.normal;

import java.util.ArrayList;
import java.util.List;

/**
 * The fourth normal form: whatever determines something, multivalued and not trivially, determines everything. R. Fagin,
 * "Multivalued Dependencies and a New Normal Form for Relational Databases", ACM TODS 2(3), 1977.
 *
 * @param reached whether the relation is in it
 * @param violations the indexes of the multivalued dependencies that break it; a functional dependency whose determinant is no
 *     superkey breaks it, too, and the Boyce-Codd normal form already
 */
public record FourthNormalForm(boolean reached, List<Integer> violations) {

    /** Fragments of up to so many attributes are searched for any violation. */
    public static final int EXACT = 12;

    public FourthNormalForm {
        violations = List.copyOf(violations);
    }

    /** Judges a relation by the dependencies that it has; that is enough for a whole relation. */
    public static FourthNormalForm of(DependencySet dependencies, List<MultivaluedDependency> multivalued) {
        var violations = new ArrayList<Integer>();
        for (var i = 0; i < multivalued.size(); i++) {
            if (!multivalued.get(i).trivial(dependencies.all())
                    && !isSuperkey(dependencies, multivalued, multivalued.get(i).determinant())) {
                violations.add(i);
            }
        }
        var reached = violations.isEmpty()
                && dependencies.dependencies().stream()
                        .allMatch(dependency -> dependency.trivial()
                                || isSuperkey(dependencies, multivalued, dependency.determinant()));
        return new FourthNormalForm(reached, violations);
    }

    private static boolean isSuperkey(
            DependencySet dependencies, List<MultivaluedDependency> multivalued, AttributeSet attributes) {
        return DependencyBasis.of(dependencies, multivalued, attributes).determines(dependencies.all());
    }

    /**
     * Relations in fourth normal form.
     *
     * @param decomposition lossless; the functional dependencies that it loses are said
     * @param unproven fragments of more than {@link #EXACT} attributes in which no given dependency breaks the normal form, but
     *     one that follows from them might
     */
    public record Fragments(Decomposition decomposition, List<AttributeSet> unproven) {

        public Fragments {
            unproven = List.copyOf(unproven);
        }
    }

    /** Splits a relation at violations until there are none. */
    public static Fragments decompose(DependencySet dependencies, List<MultivaluedDependency> multivalued) {
        return new FourthNormalFormSplit(dependencies, multivalued).run();
    }
}
