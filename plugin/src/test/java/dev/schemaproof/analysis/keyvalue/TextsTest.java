package dev.schemaproof.analysis.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Leaving out bounds on length first must never change an answer. */
class TextsTest {

    @Test
    void answersAsIfTheBoundsHadBeenCountedFromTheStart() {
        var random = new Random(7);
        var never = 0;
        for (var i = 0; i < 400; i++) {
            var left = shapes(random);
            var right = shapes(random);
            var quick = Texts.of(left).meet(Texts.of(right));
            var exact = Meeting.of(Automaton.of(left), Automaton.of(right));
            assertThat(quick).hasSameClassAs(exact);
            never += exact instanceof Meeting.Never ? 1 : 0;
            if (quick instanceof Meeting.At at) {
                assertThat(Texts.of(left).accepts(at.text())).isTrue();
                assertThat(Texts.of(right).accepts(at.text())).isTrue();
            }
            for (var segment = 0; segment < left.size(); segment++) {
                var automaton = Automaton.of(left);
                assertThat(Texts.of(left).inTwoReadings(Texts.of(left), segment))
                        .hasSameClassAs(Meeting.inTwoReadings(automaton, automaton, segment));
            }
        }
        assertThat(never).isBetween(20, 380);
    }

    @Test
    void countsTheBoundsWhereTheyDecide() {
        var ten = Texts.of(List.of(Shape.some(CharacterSet.of("a"), 1, 10)));
        var eleven = Texts.of(List.of(Shape.some(CharacterSet.of("a"), 11, 30)));
        var more = Texts.of(List.of(Shape.some(CharacterSet.of("a"), 10, 30)));

        assertThat(ten.meet(eleven)).isInstanceOf(Meeting.Never.class);
        assertThat(ten.meet(more)).isInstanceOf(Meeting.At.class);
    }

    private static List<Shape> shapes(Random random) {
        var shapes = new ArrayList<Shape>();
        for (var i = 0; i < 1 + random.nextInt(3); i++) {
            var characters = CharacterSet.of(List.of("a", "b", "#", "ab", "a#").get(random.nextInt(5)));
            var least = 1 + random.nextInt(6);
            shapes.add(
                    random.nextInt(3) == 0
                            ? Shape.literal(List.of("#", "a#", "ab").get(random.nextInt(3)))
                            : Shape.some(characters, least, least + random.nextInt(20)));
        }
        return shapes;
    }
}
