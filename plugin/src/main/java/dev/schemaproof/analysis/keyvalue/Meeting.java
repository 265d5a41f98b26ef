package dev.schemaproof.analysis.keyvalue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Whether two automata share a text, found by walking both at once (their product), shortest text first.
 *
 * <p>The walk visits every pair of states at most once (twice where readings are told apart), so it ends, and in templates the
 * literals part the ways early: the pairs visited are about as many as the longer template has states.
 */
sealed interface Meeting {

    /** Where a walk is given up: pairs of very long parts, which no real key has. */
    int MOST_PAIRS = 1_000_000;

    /** They share no text. */
    record Never() implements Meeting {}

    /**
     * They share this text.
     *
     * @param left how the first reads it, segment by segment
     * @param right how the second reads it
     */
    record At(String text, List<String> left, List<String> right) implements Meeting {

        public At {
            left = List.copyOf(left);
            right = List.copyOf(right);
        }
    }

    /** It would take too long to find out. */
    record Undecided() implements Meeting {}

    /** A text of both. */
    static Meeting of(Automaton left, Automaton right) {
        return Walk.of(left, right, Walk.NO_SEGMENT);
    }

    /** A text of both in which the segment doesn't stand at the same place, so that it has two readings. */
    static Meeting inTwoReadings(Automaton left, Automaton right, int segment) {
        return Walk.of(left, right, segment);
    }

    /** The walk over the product. */
    final class Walk {

        private static final int NO_SEGMENT = -2;

        private final Automaton left;
        private final Automaton right;
        private final int segment;
        private final List<Place> places = new ArrayList<>();
        private final HashSet<Long> seen = new HashSet<>();

        /** A pair of states, whether the readings differ by now, and the way there. */
        private record Place(int left, int right, boolean apart, int parent, int first, int last) {

            int character() {
                return Friendly.character(first, last);
            }
        }

        private Walk(Automaton left, Automaton right, int segment) {
            this.left = left;
            this.right = right;
            this.segment = segment;
        }

        private static Meeting of(Automaton left, Automaton right, int segment) {
            return new Walk(left, right, segment).run();
        }

        private Meeting run() {
            visit(new Place(0, 0, segment == NO_SEGMENT, -1, 0, 0));
            for (var i = 0; i < places.size(); i++) {
                if (places.size() > MOST_PAIRS) {
                    return new Undecided();
                }
                var place = places.get(i);
                if (place.apart && left.accepts(place.left) && right.accepts(place.right)) {
                    return found(place);
                }
                for (var a : left.stepsFrom(place.left)) {
                    for (var b : right.stepsFrom(place.right)) {
                        var first = Math.max(a.first(), b.first());
                        var last = Math.min(a.last(), b.last());
                        if (first <= last) {
                            var apart = place.apart
                                    || (left.segmentOf(a.target()) == segment)
                                            != (right.segmentOf(b.target()) == segment);
                            visit(new Place(a.target(), b.target(), apart, i, first, last));
                        }
                    }
                }
            }
            return new Never();
        }

        private void visit(Place place) {
            var pair = (long) place.left * right.size() + place.right;
            if (seen.add(place.apart ? ~pair : pair)) {
                places.add(place);
            }
        }

        private Meeting found(Place end) {
            var way = new ArrayList<Place>();
            for (var place = end; place.parent >= 0; place = places.get(place.parent)) {
                way.add(0, place);
            }
            var text = new StringBuilder();
            var readLeft = new ArrayList<StringBuilder>();
            var readRight = new ArrayList<StringBuilder>();
            for (var place : way) {
                text.appendCodePoint(place.character());
                segment(readLeft, left.segmentOf(place.left)).appendCodePoint(place.character());
                segment(readRight, right.segmentOf(place.right)).appendCodePoint(place.character());
            }
            return new At(text.toString(), texts(readLeft), texts(readRight));
        }

        private static StringBuilder segment(List<StringBuilder> segments, int index) {
            while (segments.size() <= index) {
                segments.add(new StringBuilder());
            }
            return segments.get(index);
        }

        private static List<String> texts(List<StringBuilder> segments) {
            return segments.stream().map(StringBuilder::toString).toList();
        }
    }
}
