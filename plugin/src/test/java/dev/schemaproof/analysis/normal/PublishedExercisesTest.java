package dev.schemaproof.analysis.normal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import dev.schemaproof.analysis.normal.PublishedExercise.Answered;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The engine against exercises and examples of textbooks with their published answers, and against the definitions on the same
 * relations. {@link ExerciseFile} says how the files are read.
 */
class PublishedExercisesTest {

    private static final Path FILES = Path.of("src/test/resources/dev/schemaproof/analysis/normal/exercises");

    @ParameterizedTest(name = "{0}")
    @MethodSource("exercises")
    void answersAreThoseOfTheEngine(PublishedExercise exercise) {
        assertSoftly(softly -> exercise.answers().forEach(answer -> {
            var objection = softly.assertThat(answer.check().objection(exercise));
            if (answer.wrong()) {
                objection
                        .as("%s: %s is recorded as wrong", exercise, answer.text())
                        .isPresent();
            } else {
                objection
                        .as("%s: %s; answered: %s", exercise, answer.text(), exercise.answered())
                        .isEmpty();
            }
        }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("exercises")
    void decompositionsOfTheEngineKeepTheirPromises(PublishedExercise exercise) {
        var stated = exercise.stated();
        var multivalued = exercise.multivalued();
        var synthesis = Synthesis.of(stated);
        var boyceCodd = BoyceCodd.decompose(stated);
        var fourth = FourthNormalForm.decompose(stated, multivalued);
        var fourthFragments = fourth.decomposition().fragments();
        assertSoftly(softly -> {
            softly.assertThat(synthesis.lossless())
                    .as("%s: 3NF lossless", exercise)
                    .isTrue();
            softly.assertThat(synthesis.lost()).as("%s: lost in 3NF", exercise).isEmpty();
            softly.assertThat(synthesis.fragments())
                    .as("%s: 3NF", exercise)
                    .allMatch(part -> ExerciseForm.functional(stated, part).atLeast(ExerciseForm.THIRD));
            softly.assertThat(boyceCodd.lossless())
                    .as("%s: BCNF lossless", exercise)
                    .isTrue();
            softly.assertThat(boyceCodd.fragments())
                    .as("%s: BCNF", exercise)
                    .allMatch(part -> ExerciseForm.functional(stated, part).atLeast(ExerciseForm.BOYCE_CODD));
            softly.assertThat(fourth.unproven())
                    .as("%s: unproven 4NF", exercise)
                    .isEmpty();
            softly.assertThat(Chase.lossless(stated, multivalued, fourthFragments))
                    .as("%s: 4NF lossless", exercise)
                    .isEqualTo(Answer.YES);
            softly.assertThat(fourthFragments)
                    .as("%s: 4NF", exercise)
                    .allMatch(part -> exercise.formOf(part, true) == ExerciseForm.FOURTH);
            softly.assertThat(fourth.decomposition().lost())
                    .as("%s: lost in 4NF", exercise)
                    .isEqualTo(Decomposition.lostBy(stated, fourthFragments, exercise.functional()::closure));
            for (var decomposition : List.of(synthesis, boyceCodd, fourth.decomposition())) {
                softly.assertThat(decomposition.fragments().stream().reduce(AttributeSet.none(), AttributeSet::union))
                        .as("%s: attributes of all fragments", exercise)
                        .isEqualTo(stated.all());
            }
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("exercises")
    void coversOfTheEngineAreMinimal(PublishedExercise exercise) {
        var stated = exercise.stated();
        var cover = stated.minimalCover();
        assertSoftly(softly -> {
            softly.assertThat(cover.impliesAll(stated.dependencies()))
                    .as("%s: cover says all", exercise)
                    .isTrue();
            softly.assertThat(stated.impliesAll(cover.dependencies()))
                    .as("%s: cover says no more", exercise)
                    .isTrue();
            softly.assertThat(cover.dependencies())
                    .as("%s: right sides", exercise)
                    .allMatch(dependency -> dependency.dependents().size() == 1);
            softly.assertThat(ExerciseCovers.isMinimal(stated.width(), cover.dependencies()))
                    .as("%s: minimal", exercise)
                    .isTrue();
            ExerciseCovers.onlyCover(stated)
                    .ifPresent(only -> softly.assertThat(cover.dependencies())
                            .as("%s: the only cover", exercise)
                            .containsExactlyInAnyOrderElementsOf(only));
        });
    }

    @Test
    void enoughIsCitedFromEachBook() {
        var exercises = exercises().toList();
        assertThat(exercises).hasSizeGreaterThanOrEqualTo(125);
        assertThat(exercises.stream().map(PublishedExercise::toString)).doesNotHaveDuplicates();
        assertThat(List.of("Database Schema Design", "Ullman", "Elmasri", "Silberschatz", "Ramakrishnan"))
                .allSatisfy(book -> assertThat(exercises)
                        .filteredOn(exercise -> exercise.citation().startsWith(book))
                        .hasSizeGreaterThanOrEqualTo(6));
        assertThat(exercises.stream()
                        .flatMap(exercise -> exercise.answers().stream())
                        .map(Answered::kind))
                .containsAll(ExerciseAnswers.kinds())
                .containsAll(ExerciseAnswers.partKinds());
        assertThat(exercises)
                .filteredOn(
                        exercise -> ExerciseCovers.onlyCover(exercise.stated()).isPresent())
                .hasSizeGreaterThan(80);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "key: A",
                "closures: A = AB",
                "closure: A",
                "keys: C",
                "keys: A | A",
                "form: 6NF",
                "implied: A = B",
                "cover: A ->> B",
                "breaks 1NF: A -> B",
                "given: A -> B",
                "source: elsewhere",
                "keys: A\nkeys: A",
                "wrong keys: B",
                "wrong keys: B\nreason: r",
                "wrong keys: B\nkeys: A",
                "keys: A\nreason: r",
                "decomposition: A | B",
                "decomposition: A | A\n  lossless: no",
                "decomposition: A\n  lossless: no",
                "decomposition: A | B\n  lossless: maybe",
                "decomposition: A | B\n  joins: no",
                "decomposition: A | B\n  in: BCNF\n  in: BCNF",
                "decomposition: A | B\n  wrong lossless: yes\n  reason: r",
                "decomposition: A | B\n  wrong in: 3NF\n  reason: r\n  lossless: no",
                "keys: A\n  lossless: no",
                "just a line"
            })
    void whatIsNoAnswerIsAnError(String lines) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(lines + "\n"))
                .withMessageMatching("(?s)test.txt:\\d+: .*");
    }

    @Test
    void aCaseWithoutAnAnswerOrASourceIsAnError() {
        assertThatIllegalArgumentException().isThrownBy(() -> read("")).withMessageContaining("no answer");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExerciseFile.read("test.txt", "case: c\nattributes: A B\ngiven: nothing\nkeys: AB\n"))
                .withMessageContaining("no source");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExerciseFile.read("test.txt", "case: c\nsource: s\nkeys: A\n"))
                .withMessageContaining("before what is given");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExerciseFile.read("test.txt", "keys: A\n"))
                .withMessageContaining("no case yet");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "closure: A = A",
                "superkeys: B",
                "no superkeys: A",
                "keys: A | B",
                "prime: A B",
                "form: 3NF",
                "breaks 3NF: A -> B",
                "keeps BCNF: B -> C",
                "keeps BCNF: B -> B",
                "implied: B -> A",
                "implied: B ->> C",
                "not implied: A -> B",
                "equivalent: B -> A",
                "cover: B -> A",
                "cover: A -> B, A -> C, AB -> C",
                "projection: AC = nothing",
                "decomposition: AB | BC\n  lossless: yes",
                "decomposition: AB | AC\n  lossless: no",
                "decomposition: AB | BC\n  loses: nothing",
                "decomposition: AB | AC\n  in: 2NF\n  not in: BCNF"
            })
    void aWrongAnswerIsFound(String lines) {
        var exercise = read("attributes: A B C", "given: A -> B, A -> C", lines).get(0);
        assertThat(exercise.answers())
                .anyMatch(answer -> answer.check().objection(exercise).isPresent());
    }

    private static List<PublishedExercise> read(String answers) {
        return read("attributes: A B", "given: A -> B", answers);
    }

    private static List<PublishedExercise> read(String attributes, String given, String answers) {
        return ExerciseFile.read(
                "test.txt",
                Stream.of("case: c", "source: s", attributes, given, answers).collect(Collectors.joining("\n")));
    }

    static Stream<PublishedExercise> exercises() {
        try (var files = Files.list(FILES)) {
            return files.sorted().toList().stream()
                    .flatMap(file -> ExerciseFile.read(file.getFileName().toString(), text(file)).stream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
