package dev.schemaproof.analysis.normal;

import dev.schemaproof.model.NormalForm;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The normal forms of textbooks, in order. */
enum ExerciseForm {
    FIRST("1NF"),
    SECOND("2NF"),
    THIRD("3NF"),
    BOYCE_CODD("BCNF"),
    FOURTH("4NF");

    private final String word;

    ExerciseForm(String word) {
        this.word = word;
    }

    static ExerciseForm of(String word) {
        return Arrays.stream(values())
                .filter(form -> form.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no normal form: " + word));
    }

    private static ExerciseForm of(NormalForm form) {
        return switch (form) {
            case FIRST -> FIRST;
            case SECOND -> SECOND;
            case THIRD -> THIRD;
            case BOYCE_CODD -> BOYCE_CODD;
        };
    }

    boolean atLeast(ExerciseForm other) {
        return compareTo(other) >= 0;
    }

    /** Whether what breaks a form, as the engine says, breaks this one too. */
    boolean isBrokenWith(NormalForm broken) {
        return atLeast(of(broken));
    }

    /** The highest form, up to Boyce-Codd, of a part of a relation with these dependencies. */
    static ExerciseForm functional(DependencySet dependencies, AttributeSet fragment) {
        var positions = fragment.positions().toArray();
        var projected = dependencies.project(fragment).orElseThrow().stream()
                .map(dependency -> new FunctionalDependency(
                        renumbered(dependency.determinant(), positions),
                        renumbered(dependency.dependents(), positions)))
                .toList();
        return of(NormalForms.of(new DependencySet(positions.length, projected))
                .reached()
                .orElseThrow());
    }

    private static AttributeSet renumbered(AttributeSet set, int[] positions) {
        return AttributeSet.of(IntStream.range(0, positions.length)
                .filter(i -> set.contains(positions[i]))
                .toArray());
    }

    /**
     * Whether a part of a relation is in fourth normal form: of its attributes nothing but a superkey determines anything, not
     * even multivalued. By definition, for few attributes; what the part inherits are the blocks of bases, cut to its size.
     */
    static boolean isFourth(
            DependencySet dependencies, List<MultivaluedDependency> multivalued, AttributeSet fragment) {
        return subsets(fragment)
                .map(determinant -> DependencyBasis.of(dependencies, multivalued, determinant))
                .allMatch(basis -> basis.determines(fragment)
                        || basis.blocks().stream()
                                        .filter(block -> block.intersects(fragment))
                                        .count()
                                < 2);
    }

    static Stream<AttributeSet> subsets(AttributeSet set) {
        var positions = set.positions().toArray();
        return IntStream.range(0, 1 << positions.length)
                .mapToObj(mask -> AttributeSet.of(IntStream.range(0, positions.length)
                        .filter(i -> (mask & 1 << i) != 0)
                        .map(i -> positions[i])
                        .toArray()));
    }

    @Override
    public String toString() {
        return word;
    }
}
