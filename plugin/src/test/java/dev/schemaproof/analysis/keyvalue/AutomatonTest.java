package dev.schemaproof.analysis.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Automata against {@link java.util.regex} and against every text up to some length over a small alphabet. */
class AutomatonTest {

    private static final String ALPHABET = "ab#";
    private static final int LONGEST = 7;

    @Test
    void acceptsWhatTheRegularExpressionMatches() {
        var random = new Random(1);
        for (var i = 0; i < 300; i++) {
            var shape = shape(random, 3);
            var automaton = Automaton.of(List.of(shape));
            var pattern = Pattern.compile(regex(shape));
            for (var text : texts(5)) {
                assertThat(automaton.accepts(text))
                        .as("%s in %s", text, pattern)
                        .isEqualTo(!text.isEmpty() && pattern.matcher(text).matches());
            }
        }
    }

    @Test
    void findsAShortestText() {
        var random = new Random(2);
        for (var i = 0; i < 300; i++) {
            var shape = shape(random, 3);
            var automaton = Automaton.of(List.of(shape));
            var all = texts(5).stream().filter(automaton::accepts).toList();
            var shortest = automaton.shortest();
            if (!all.isEmpty()) {
                assertThat(shortest).isPresent();
                assertThat(shortest.get()).hasSize(all.get(0).length());
                var second = automaton.shortestExcept(shortest.get());
                assertThat(second.isPresent()).isEqualTo(all.size() > 1 || second.isPresent());
                second.ifPresent(text -> {
                    assertThat(text).isNotEqualTo(shortest.get());
                    assertThat(automaton.accepts(text)).isTrue();
                });
            }
        }
    }

    @Test
    void meetsExactlyWhereATextIsShared() {
        var random = new Random(3);
        var met = 0;
        for (var i = 0; i < 500; i++) {
            var left = Automaton.of(List.of(shape(random, 3), shape(random, 2)));
            var right = Automaton.of(List.of(shape(random, 3)));
            var shared = texts(LONGEST).stream()
                    .filter(text -> left.accepts(text) && right.accepts(text))
                    .findFirst();
            var meeting = Meeting.of(left, right);
            if (meeting instanceof Meeting.At at) {
                met++;
                assertThat(left.accepts(at.text())).isTrue();
                assertThat(right.accepts(at.text())).isTrue();
                assertThat(String.join("", at.left())).isEqualTo(at.text());
                shared.ifPresent(text -> assertThat(at.text()).hasSize(text.length()));
            } else {
                assertThat(shared).isEmpty();
            }
        }
        assertThat(met).isBetween(50, 450);
    }

    @Test
    void tellsWhichSegmentsCanBeReadInTwoWays() {
        var random = new Random(4);
        var ambiguous = 0;
        for (var i = 0; i < 300; i++) {
            var shapes = List.of(shape(random, 2), shape(random, 2), shape(random, 2));
            var automaton = Automaton.of(shapes);
            var parts = shapes.stream().map(s -> Automaton.of(List.of(s))).toList();
            for (var segment = 0; segment < shapes.size(); segment++) {
                var meeting = Meeting.inTwoReadings(automaton, automaton, segment);
                if (meeting instanceof Meeting.At at) {
                    ambiguous++;
                    assertThat(at.left().get(segment)).isNotSameAs(at.right().get(segment));
                    for (var s = 0; s < parts.size(); s++) {
                        assertThat(parts.get(s).accepts(at.left().get(s))).isTrue();
                        assertThat(parts.get(s).accepts(at.right().get(s))).isTrue();
                    }
                    assertThat(start(at.left(), segment) != start(at.right(), segment)
                                    || !at.left().get(segment).equals(at.right().get(segment)))
                            .isTrue();
                } else {
                    var index = segment;
                    assertThat(texts(LONGEST))
                            .allSatisfy(text -> assertThat(readings(parts, text).stream()
                                            .map(reading -> List.of(start(reading, index), reading.get(index)))
                                            .distinct())
                                    .hasSizeLessThanOrEqualTo(1));
                }
            }
        }
        assertThat(ambiguous).isBetween(50, 850);
    }

    @Test
    void countsOfLongTextsAreTakenAsUnbounded() {
        var automaton = Automaton.of(List.of(Shape.some(CharacterSet.of("a"), 1, 100_000)));

        assertThat(automaton.size()).isLessThan(10);
        assertThat(automaton.accepts("a".repeat(300))).isTrue();
    }

    private static int start(List<String> reading, int segment) {
        return reading.subList(0, segment).stream().mapToInt(String::length).sum();
    }

    private static List<List<String>> readings(List<Automaton> parts, String text) {
        var readings = new ArrayList<List<String>>();
        for (var i = 1; i < text.length(); i++) {
            for (var j = i + 1; j < text.length(); j++) {
                var reading = List.of(text.substring(0, i), text.substring(i, j), text.substring(j));
                if (parts.get(0).accepts(reading.get(0))
                        && parts.get(1).accepts(reading.get(1))
                        && parts.get(2).accepts(reading.get(2))) {
                    readings.add(reading);
                }
            }
        }
        return readings;
    }

    /** All texts over the alphabet, shortest first. */
    private static List<String> texts(int longest) {
        var texts = new ArrayList<>(List.of(""));
        for (var i = 0; texts.get(i).length() < longest; i++) {
            for (var c : ALPHABET.toCharArray()) {
                texts.add(texts.get(i) + c);
            }
        }
        return texts;
    }

    private static Shape shape(Random random, int depth) {
        switch (depth == 0 ? 0 : random.nextInt(5)) {
            case 0:
                var characters = new StringBuilder();
                ALPHABET.chars().filter(c -> random.nextBoolean()).forEach(c -> characters.append((char) c));
                return new Shape.One(CharacterSet.of(characters.isEmpty() ? "a" : characters.toString()));
            case 1:
                return Shape.choice(shape(random, depth - 1), shape(random, depth - 1));
            case 2:
                var least = random.nextInt(3);
                return new Shape.Repeat(
                        shape(random, depth - 1),
                        least,
                        random.nextBoolean()
                                ? java.util.OptionalInt.empty()
                                : java.util.OptionalInt.of(least + random.nextInt(3)));
            default:
                return Shape.sequence(shape(random, depth - 1), shape(random, depth - 1));
        }
    }

    private static String regex(Shape shape) {
        if (shape instanceof Shape.One one) {
            var set = new StringBuilder("[");
            ALPHABET.chars().filter(one.characters()::contains).forEach(c -> set.append((char) c));
            return set.append(']').toString();
        }
        if (shape instanceof Shape.Sequence sequence) {
            return String.join(
                    "", sequence.parts().stream().map(AutomatonTest::regex).toList());
        }
        if (shape instanceof Shape.Choice choice) {
            return "(?:"
                    + String.join(
                            "|",
                            choice.options().stream().map(AutomatonTest::regex).toList()) + ")";
        }
        var repeat = (Shape.Repeat) shape;
        return "(?:" + regex(repeat.part()) + "){" + repeat.least() + ","
                + (repeat.most().isPresent() ? repeat.most().getAsInt() : "") + "}";
    }
}
