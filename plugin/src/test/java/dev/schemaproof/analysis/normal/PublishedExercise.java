package dev.schemaproof.analysis.normal;

import dev.schemaproof.analysis.normal.ExerciseNotation.Arrow;
import java.util.List;
import java.util.Optional;

/**
 * An exercise or example that stands in a book or on a course page, with the answers that were published to it.
 *
 * @param title what it shows
 * @param citation where it stands
 * @param answered where its answers were found; empty if there
 * @param stated its functional dependencies, as they stand there
 * @param multivalued its multivalued dependencies
 * @param functional all functional dependencies; the stated ones, and with multivalued ones also those that only both kinds
 *     imply together
 * @param answers at least one
 */
record PublishedExercise(
        String title,
        String citation,
        String answered,
        ExerciseNotation notation,
        DependencySet stated,
        List<MultivaluedDependency> multivalued,
        DependencySet functional,
        List<Answered> answers) {

    /** Says what an engine has against an answer; nothing if it agrees. */
    @FunctionalInterface
    interface Check {
        Optional<String> objection(PublishedExercise exercise);
    }

    /**
     * A published answer.
     *
     * @param kind what it is an answer to
     * @param text as it stands in the file
     * @param wrong whether it was found to be wrong; the engine has to object
     */
    record Answered(String kind, String text, boolean wrong, Check check) {

        @Override
        public String toString() {
            return (wrong ? "wrong " : "") + text;
        }
    }

    PublishedExercise {
        multivalued = List.copyOf(multivalued);
        answers = List.copyOf(answers);
    }

    static PublishedExercise of(
            String title,
            String citation,
            String answered,
            ExerciseNotation notation,
            List<Arrow> given,
            List<Answered> answers) {
        var stated = new DependencySet(
                notation.width(),
                given.stream()
                        .filter(arrow -> !arrow.multivalued())
                        .map(Arrow::functional)
                        .toList());
        var multivalued = given.stream()
                .filter(Arrow::multivalued)
                .map(Arrow::multivaluedDependency)
                .toList();
        var functional = multivalued.isEmpty() ? stated : together(stated, multivalued);
        return new PublishedExercise(title, citation, answered, notation, stated, multivalued, functional, answers);
    }

    private static DependencySet together(DependencySet stated, List<MultivaluedDependency> multivalued) {
        return new DependencySet(
                stated.width(),
                ExerciseForm.subsets(stated.all())
                        .map(determinant -> DependencyBasis.of(stated, multivalued, determinant))
                        .map(basis -> new FunctionalDependency(basis.determinant(), basis.closure()))
                        .filter(dependency -> !dependency.trivial())
                        .toList());
    }

    boolean implies(Arrow arrow) {
        return arrow.multivalued()
                ? DependencyBasis.of(stated, multivalued, arrow.left()).multidetermines(arrow.right())
                : functional.derive(arrow.left(), arrow.right()).isPresent();
    }

    /** The highest normal form of a part of the relation; the fourth only if asked for, as books without it stop before. */
    ExerciseForm formOf(AttributeSet fragment, boolean upToFourth) {
        var form = ExerciseForm.functional(functional, fragment);
        return upToFourth && form == ExerciseForm.BOYCE_CODD && ExerciseForm.isFourth(stated, multivalued, fragment)
                ? ExerciseForm.FOURTH
                : form;
    }

    @Override
    public String toString() {
        return citation + ": " + title;
    }
}
