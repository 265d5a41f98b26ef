package dev.schemaproof.analysis.keyvalue;

import java.util.List;

/**
 * The texts that are made of one text of each shape, in order.
 *
 * <p>Bounds on length make automata large and almost never decide anything. So every question is first put to an automaton that
 * leaves them out, which is small: where its answer is no, no it is; where it is an example, that counts if the bounds allow it. Only
 * else the bounds are counted out.
 */
final class Texts {

    private final List<Shape> shapes;
    private final Automaton exact;
    private final Automaton loose;

    private Texts(List<Shape> shapes) {
        this.shapes = List.copyOf(shapes);
        this.exact = Automaton.of(shapes);
        var without = shapes.stream().map(Shape::loose).toList();
        this.loose = without.equals(shapes) ? exact : Automaton.of(without);
    }

    static Texts of(List<Shape> shapes) {
        return new Texts(shapes);
    }

    boolean accepts(String text) {
        return exact.accepts(text);
    }

    /** A text of both. */
    Meeting meet(Texts other) {
        var meeting = Meeting.of(loose, other.loose);
        return meeting instanceof Meeting.At at && !(accepts(at.text()) && other.accepts(at.text()))
                ? Meeting.of(exact, other.exact)
                : meeting;
    }

    /** A text of both in which the segment doesn't stand at the same place, so that it has two readings. */
    Meeting inTwoReadings(Texts other, int segment) {
        var meeting = Meeting.inTwoReadings(loose, other.loose, segment);
        return meeting instanceof Meeting.At at && !(allows(at.left()) && other.allows(at.right()))
                ? Meeting.inTwoReadings(exact, other.exact, segment)
                : meeting;
    }

    /** Whether each segment is one of its shape's texts. */
    private boolean allows(List<String> segments) {
        for (var i = 0; i < segments.size(); i++) {
            if (!Automaton.of(List.of(shapes.get(i))).accepts(segments.get(i))) {
                return false;
            }
        }
        return true;
    }
}
