package dev.schemaproof.analysis.keyvalue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Breadth-first search for a shortest text of an automaton that isn't a given one. */
final class ShortestText {

    /** Matched so far: nothing any more. */
    private static final int DIFFERENT = -1;

    private ShortestText() {}

    /** A state, how much of the excluded text has been read on the way, and that way. */
    private record Place(int state, int matched, int parent, int character) {}

    static Optional<String> in(Automaton automaton, int[] excluded) {
        var places = new ArrayList<>(List.of(new Place(0, 0, -1, 0)));
        var seen = new HashSet<List<Integer>>();
        for (var i = 0; i < places.size(); i++) {
            var place = places.get(i);
            if (automaton.accepts(place.state) && place.matched != excluded.length) {
                return Optional.of(read(places, place));
            }
            for (var step : automaton.stepsFrom(place.state)) {
                var expected =
                        place.matched == DIFFERENT || place.matched == excluded.length ? -1 : excluded[place.matched];
                var inside = step.first() <= expected && expected <= step.last();
                if (inside && seen.add(List.of(step.target(), place.matched + 1))) {
                    places.add(new Place(step.target(), place.matched + 1, i, expected));
                }
                var other = Friendly.character(step.first(), step.last(), expected);
                if (other.isPresent() && seen.add(List.of(step.target(), DIFFERENT))) {
                    places.add(new Place(step.target(), DIFFERENT, i, other.getAsInt()));
                }
            }
        }
        return Optional.empty();
    }

    private static String read(List<Place> places, Place end) {
        var reversed = new StringBuilder();
        for (var place = end; place.parent >= 0; place = places.get(place.parent)) {
            reversed.appendCodePoint(place.character);
        }
        return reversed.reverse().toString();
    }
}
