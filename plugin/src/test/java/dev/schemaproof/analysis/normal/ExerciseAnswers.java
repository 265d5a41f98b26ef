package dev.schemaproof.analysis.normal;

import dev.schemaproof.analysis.normal.ExerciseNotation.Arrow;
import dev.schemaproof.analysis.normal.NormalForms.Judgement;
import dev.schemaproof.analysis.normal.NormalForms.Verdict;
import dev.schemaproof.analysis.normal.PublishedExercise.Check;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How each kind of answer is compared with the engine. Where only one answer is right, it is compared with the engine's own;
 * where several are, such as minimal covers, it is judged by the engine.
 */
final class ExerciseAnswers {

    /** Kinds with which only one answer is right for a relation. */
    static final Set<String> SINGLE = Set.of("keys", "prime", "form");

    private static final Map<String, Reader> READERS = Map.ofEntries(
            Map.entry("closure", ExerciseAnswers::closure),
            Map.entry("superkeys", (notation, text) -> superkeys(notation, text, true)),
            Map.entry("no superkeys", (notation, text) -> superkeys(notation, text, false)),
            Map.entry("keys", ExerciseAnswers::keys),
            Map.entry("prime", ExerciseAnswers::prime),
            Map.entry("form", ExerciseAnswers::form),
            Map.entry("breaks 2NF", (notation, text) -> breaks(notation, text, ExerciseForm.SECOND)),
            Map.entry("breaks 3NF", (notation, text) -> breaks(notation, text, ExerciseForm.THIRD)),
            Map.entry("breaks BCNF", (notation, text) -> breaks(notation, text, ExerciseForm.BOYCE_CODD)),
            Map.entry("breaks 4NF", (notation, text) -> breaks(notation, text, ExerciseForm.FOURTH)),
            Map.entry("keeps BCNF", ExerciseAnswers::keeps),
            Map.entry("implied", (notation, text) -> implied(notation, text, true)),
            Map.entry("not implied", (notation, text) -> implied(notation, text, false)),
            Map.entry("equivalent", ExerciseAnswers::equivalent),
            Map.entry("cover", ExerciseAnswers::cover),
            Map.entry("projection", ExerciseAnswers::projection));

    private static final Map<String, PartReader> PART_READERS = Map.of(
            "lossless", (notation, fragments, text) -> lossless(fragments, yesOrNo(text)),
            "loses", ExerciseAnswers::loses,
            "in", (notation, fragments, text) -> in(fragments, ExerciseForm.of(text), true),
            "not in", (notation, fragments, text) -> in(fragments, ExerciseForm.of(text), false));

    private interface Reader {
        Check read(ExerciseNotation notation, String text);
    }

    private interface PartReader {
        Check read(ExerciseNotation notation, List<AttributeSet> fragments, String text);
    }

    private ExerciseAnswers() {}

    static Set<String> kinds() {
        return READERS.keySet();
    }

    static Set<String> partKinds() {
        return PART_READERS.keySet();
    }

    static Check read(ExerciseNotation notation, String kind, String text) {
        return READERS.get(kind).read(notation, text);
    }

    /** An answer to what becomes of a relation in these fragments. */
    static Check readPart(ExerciseNotation notation, List<AttributeSet> fragments, String kind, String text) {
        return PART_READERS.get(kind).read(notation, fragments, text);
    }

    private static Check closure(ExerciseNotation notation, String text) {
        var sides = sides(text);
        var attributes = notation.set(sides[0]);
        var expected = notation.set(sides[1]);
        return exercise -> same(exercise.functional().closure(attributes), expected, notation::text);
    }

    private static Check superkeys(ExerciseNotation notation, String text, boolean expected) {
        var sets = notation.sets(text);
        return exercise -> all(sets, set -> exercise.functional().isSuperkey(set) == expected, notation::text);
    }

    private static Check keys(ExerciseNotation notation, String text) {
        var expected = new HashSet<>(notation.sets(text));
        return exercise -> {
            var keys = CandidateKeys.of(exercise.functional(), CandidateKeys.LIMIT);
            return keys.complete() && new HashSet<>(keys.found()).equals(expected)
                    ? Optional.empty()
                    : Optional.of(notation.text(keys.found()));
        };
    }

    private static Check prime(ExerciseNotation notation, String text) {
        var expected = notation.set(text);
        return exercise -> {
            var keys = CandidateKeys.of(exercise.functional(), CandidateKeys.LIMIT);
            var prime = AttributeSet.of(exercise.functional()
                    .all()
                    .positions()
                    .filter(attribute -> keys.isPrime(attribute) == Answer.YES)
                    .toArray());
            return same(prime, expected, notation::text);
        };
    }

    private static Check form(ExerciseNotation notation, String text) {
        var expected = ExerciseForm.of(text);
        return exercise -> {
            var fourth = FourthNormalForm.of(exercise.stated(), exercise.multivalued());
            var functional = exercise.formOf(exercise.stated().all(), false);
            var found = expected == ExerciseForm.FOURTH && fourth.reached() ? ExerciseForm.FOURTH : functional;
            return same(found, expected, ExerciseForm::toString);
        };
    }

    private static Check breaks(ExerciseNotation notation, String text, ExerciseForm form) {
        var arrows = notation.arrows(text);
        return exercise ->
                all(arrows, arrow -> exercise.implies(arrow) && breaks(exercise, arrow, form), Arrow::toString);
    }

    private static boolean breaks(PublishedExercise exercise, Arrow arrow, ExerciseForm form) {
        if (arrow.multivalued()) {
            var multivalued = new ArrayList<>(exercise.multivalued());
            multivalued.add(arrow.multivaluedDependency());
            return form == ExerciseForm.FOURTH
                    && FourthNormalForm.of(exercise.stated(), multivalued)
                            .violations()
                            .contains(multivalued.size() - 1);
        }
        return verdict(exercise, arrow)
                .filter(verdict -> verdict instanceof Verdict.Breaks breaks && form.isBrokenWith(breaks.form()))
                .isPresent();
    }

    private static Check keeps(ExerciseNotation notation, String text) {
        var arrows = notation.arrows(text);
        return exercise -> all(
                arrows,
                arrow -> exercise.implies(arrow)
                        && verdict(exercise, arrow)
                                .filter(Verdict.Conforms.class::isInstance)
                                .isPresent(),
                Arrow::toString);
    }

    /** How the engine judges an implied dependency, put before the others; not at all if it is trivial. */
    private static Optional<Verdict> verdict(PublishedExercise exercise, Arrow arrow) {
        var dependencies = new ArrayList<FunctionalDependency>();
        dependencies.add(arrow.functional());
        dependencies.addAll(exercise.functional().dependencies());
        return NormalForms.of(new DependencySet(exercise.stated().width(), dependencies))
                .of(0)
                .map(Judgement::verdict);
    }

    private static Check implied(ExerciseNotation notation, String text, boolean expected) {
        var arrows = notation.arrows(text);
        return exercise -> all(arrows, arrow -> exercise.implies(arrow) == expected, Arrow::toString);
    }

    private static Check equivalent(ExerciseNotation notation, String text) {
        var others = notation.functional(text);
        return exercise -> equivalent(exercise.stated(), others)
                ? Optional.empty()
                : Optional.of("they don't say the same as "
                        + notation.textOf(exercise.stated().dependencies()));
    }

    private static boolean equivalent(DependencySet dependencies, List<FunctionalDependency> others) {
        return dependencies.impliesAll(others)
                && new DependencySet(dependencies.width(), others).impliesAll(dependencies.dependencies());
    }

    private static Check cover(ExerciseNotation notation, String text) {
        var cover = notation.functional(text);
        return exercise -> {
            var single = ExerciseCovers.withSingleDependents(cover);
            return equivalent(exercise.stated(), single) && ExerciseCovers.isMinimal(notation.width(), single)
                    ? Optional.empty()
                    : Optional.of(
                            notation.textOf(exercise.stated().minimalCover().dependencies()));
        };
    }

    private static Check projection(ExerciseNotation notation, String text) {
        var sides = sides(text);
        var attributes = notation.set(sides[0]);
        var expected = notation.functional(sides[1]);
        return exercise -> {
            var projected = exercise.functional().project(attributes).orElseThrow();
            return equivalent(new DependencySet(notation.width(), projected), expected)
                    ? Optional.empty()
                    : Optional.of(notation.textOf(projected));
        };
    }

    private static Check lossless(List<AttributeSet> fragments, boolean expected) {
        return exercise -> same(
                Chase.lossless(exercise.stated(), exercise.multivalued(), fragments),
                expected ? Answer.YES : Answer.NO,
                Answer::toString);
    }

    private static Check loses(ExerciseNotation notation, List<AttributeSet> fragments, String text) {
        var expected = notation.functional(text);
        return exercise -> {
            if (!exercise.stated().dependencies().containsAll(expected)) {
                throw new IllegalArgumentException("what is lost has to be said as it was given: " + text);
            }
            var lost = Decomposition.lostBy(exercise.stated(), fragments, exercise.functional()::closure);
            var found = exercise.stated().dependencies().stream()
                    .filter(dependency -> lost.stream().anyMatch(part -> isPart(part, dependency)))
                    .toList();
            return same(new HashSet<>(found), new HashSet<>(expected), set -> notation.textOf(found));
        };
    }

    private static boolean isPart(FunctionalDependency part, FunctionalDependency dependency) {
        return part.determinant().equals(dependency.determinant())
                && dependency.dependents().containsAll(part.dependents());
    }

    private static Check in(List<AttributeSet> fragments, ExerciseForm form, boolean expected) {
        return exercise -> {
            var forms = fragments.stream()
                    .map(fragment -> exercise.formOf(fragment, form == ExerciseForm.FOURTH))
                    .toList();
            return forms.stream().allMatch(found -> found.atLeast(form)) == expected
                    ? Optional.empty()
                    : Optional.of(forms.toString());
        };
    }

    private static String[] sides(String text) {
        var sides = text.split("=");
        if (sides.length != 2) {
            throw new IllegalArgumentException("one equals sign is needed: " + text);
        }
        return sides;
    }

    private static boolean yesOrNo(String text) {
        if (!Set.of("yes", "no").contains(text)) {
            throw new IllegalArgumentException("neither yes nor no: " + text);
        }
        return text.equals("yes");
    }

    private interface Shown<T> {
        String show(T value);
    }

    private static <T> Optional<String> same(T found, T expected, Shown<T> shown) {
        return found.equals(expected) ? Optional.empty() : Optional.of(shown.show(found));
    }

    /** Names those of which it isn't so. */
    private static <T> Optional<String> all(List<T> values, Predicate<T> so, Shown<T> shown) {
        var others = values.stream().filter(so.negate()).map(shown::show).toList();
        return others.isEmpty() ? Optional.empty() : Optional.of("not so: " + others);
    }
}
