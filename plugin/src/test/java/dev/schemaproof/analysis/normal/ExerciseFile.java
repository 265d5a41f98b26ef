package dev.schemaproof.analysis.normal;

import dev.schemaproof.analysis.normal.ExerciseNotation.Arrow;
import dev.schemaproof.analysis.normal.PublishedExercise.Answered;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a file of published exercises. Its lines are {@code key: value}; a line that begins with {@code #} is a comment.
 *
 * <ul>
 *   <li>{@code book} once at the start: what all sources begin with
 *   <li>{@code case} begins an exercise and says what it shows; then {@code source}: where it stands; {@code answered}: where the
 *       answer was found, if not there; {@code attributes}, and {@code given}: its dependencies, in {@link ExerciseNotation}
 *   <li>then at least one answer: {@code closure: A = AB}, {@code superkeys}, {@code no superkeys}, {@code keys} (all candidate
 *       keys), {@code prime}, {@code form} (the highest normal form; up to BCNF unless it says 4NF), {@code breaks FORM} and
 *       {@code keeps BCNF} (dependencies that do), {@code implied}, {@code not implied}, {@code equivalent} (dependencies that
 *       say the same), {@code cover} (a minimal one), {@code projection: AB = A -> B}
 *   <li>{@code decomposition: AB | BC} with at least one line below it, further in: {@code lossless: yes}, {@code loses} (the
 *       given dependencies that no fragment enforces), {@code in} (a form that all fragments are in), {@code not in}
 *   <li>before an answer {@code wrong}: it was published, and is none; {@code reason} in the next line says why, and the right
 *       answer has to stand there, too
 * </ul>
 *
 * <p>Everything else is an error.
 */
final class ExerciseFile {

    private static final String WRONG = "wrong ";

    private final String name;
    private final List<PublishedExercise> exercises = new ArrayList<>();
    private String book = "";
    private Optional<Draft> draft = Optional.empty();
    private int number;

    private static final class Draft {
        final String title;
        String source = "";
        String answered = "";
        Optional<ExerciseNotation> notation = Optional.empty();
        Optional<List<Arrow>> given = Optional.empty();
        final List<Answered> answers = new ArrayList<>();
        Optional<Fragments> fragments = Optional.empty();
        boolean reasonMissing;

        Draft(String title) {
            this.title = title;
        }
    }

    private record Fragments(String text, List<AttributeSet> sets, Set<String> kinds) {}

    private ExerciseFile(String name) {
        this.name = name;
    }

    static List<PublishedExercise> read(String name, String text) {
        var file = new ExerciseFile(name);
        try {
            text.lines().forEach(file::line);
            file.end();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ":" + file.number + ": " + e.getMessage(), e);
        }
        return file.exercises;
    }

    private void line(String line) {
        number++;
        if (line.isBlank() || line.startsWith("#")) {
            return;
        }
        var colon = line.indexOf(": ");
        require(colon > 0, "no key and value: " + line);
        var key = line.substring(0, colon);
        var value = line.substring(colon + 2).strip();
        if (key.equals("book")) {
            require(book.isEmpty() && draft.isEmpty() && exercises.isEmpty(), "a book once, before all cases");
            book = value + ", ";
        } else if (key.equals("case")) {
            end();
            draft = Optional.of(new Draft(value));
        } else {
            property(draft.orElseThrow(() -> new IllegalArgumentException("no case yet")), key, value);
        }
    }

    private void property(Draft open, String key, String value) {
        if (key.strip().equals("reason")) {
            require(open.reasonMissing, "a reason without a wrong answer");
            open.reasonMissing = false;
            return;
        }
        require(!open.reasonMissing, "a wrong answer needs a reason");
        switch (key) {
            case "source" -> {
                require(open.source.isEmpty(), "a second source");
                open.source = value;
            }
            case "answered" -> {
                require(open.answered.isEmpty(), "answered twice");
                open.answered = value;
            }
            case "attributes" -> {
                require(open.notation.isEmpty(), "attributes a second time");
                open.notation = Optional.of(new ExerciseNotation(value));
            }
            case "given" -> {
                require(open.given.isEmpty(), "given a second time");
                open.given = Optional.of(notation(open).arrows(value));
            }
            case "decomposition" -> {
                closeFragments(open);
                open.fragments = Optional.of(fragments(open, value));
            }
            default -> answer(open, key, value);
        }
    }

    private void answer(Draft open, String key, String value) {
        require(open.given.isPresent(), "an answer before what is given");
        var further = key.startsWith("  ");
        if (!further) {
            closeFragments(open);
        }
        var wrong = key.strip().startsWith(WRONG);
        var kind = wrong ? key.strip().substring(WRONG.length()) : key.strip();
        open.reasonMissing = wrong;
        if (further) {
            require(ExerciseAnswers.partKinds().contains(kind), "unknown: " + kind);
            var fragments =
                    open.fragments.orElseThrow(() -> new IllegalArgumentException("of no decomposition: " + kind));
            require(fragments.kinds.add(key.strip()), "twice: " + kind);
            var check = ExerciseAnswers.readPart(notation(open), fragments.sets, kind, value);
            open.answers.add(new Answered(kind, fragments.text + ": " + kind + " " + value, wrong, check));
        } else {
            require(ExerciseAnswers.kinds().contains(kind), "unknown: " + kind);
            require(
                    wrong || !ExerciseAnswers.SINGLE.contains(kind) || !hasRight(open, kind),
                    "a second answer: " + kind);
            var check = ExerciseAnswers.read(notation(open), kind, value);
            open.answers.add(new Answered(kind, kind + " " + value, wrong, check));
        }
    }

    private static Fragments fragments(Draft open, String value) {
        var notation = notation(open);
        var sets = notation.sets(value);
        var together = sets.stream().reduce(AttributeSet.none(), AttributeSet::union);
        require(together.size() == notation.width(), "not in any fragment: one attribute at least");
        return new Fragments("decomposition " + value, sets, new HashSet<>());
    }

    private static void closeFragments(Draft open) {
        open.fragments.ifPresent(fragments -> {
            require(!fragments.kinds.isEmpty(), "nothing is said of " + fragments.text);
            require(fragments.kinds.stream().noneMatch(kind -> lacksRight(fragments.kinds, kind)), "which is right?");
        });
        open.fragments = Optional.empty();
    }

    private static boolean lacksRight(Set<String> kinds, String kind) {
        var right = kind.equals(WRONG + "in") ? "not in" : kind.substring(kind.startsWith(WRONG) ? WRONG.length() : 0);
        return !kinds.contains(right);
    }

    private static boolean hasRight(Draft open, String kind) {
        return open.answers.stream()
                .anyMatch(answer -> !answer.wrong() && answer.kind().equals(kind));
    }

    private void end() {
        draft.ifPresent(open -> {
            require(!open.reasonMissing, "a wrong answer needs a reason");
            closeFragments(open);
            require(!open.source.isEmpty(), "no source: " + open.title);
            require(!open.answers.isEmpty(), "no answer: " + open.title);
            for (var answer : open.answers) {
                require(
                        !answer.wrong()
                                || hasRight(open, answer.kind())
                                || answer.text().startsWith("decomposition"),
                        "no right answer beside " + answer);
            }
            exercises.add(PublishedExercise.of(
                    open.title,
                    book + open.source,
                    open.answered,
                    notation(open),
                    open.given.orElseThrow(),
                    open.answers));
        });
        draft = Optional.empty();
    }

    private static ExerciseNotation notation(Draft open) {
        return open.notation.orElseThrow(() -> new IllegalArgumentException("no attributes yet"));
    }

    private static void require(boolean so, String otherwise) {
        if (!so) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
