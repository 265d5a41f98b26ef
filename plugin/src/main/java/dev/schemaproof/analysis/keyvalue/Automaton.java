package dev.schemaproof.analysis.keyvalue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A nondeterministic finite automaton over code points, without empty steps, that knows of each character which segment
 * of a template it belongs to. Every segment takes at least one character. State 0 is the start and is never returned to.
 */
public final class Automaton {

    /** The segment of the start, where no character has been read yet. */
    static final int NOWHERE = -1;

    private final List<List<Step>> steps;
    private final List<Integer> segments;
    private final BitSet accepting;

    private Automaton(List<List<Step>> steps, List<Integer> segments, BitSet accepting) {
        this.steps = steps;
        this.segments = segments;
        this.accepting = accepting;
    }

    /** A step by any character from {@code first} to {@code last}. */
    public record Step(int first, int last, int target) {}

    /** The texts that are made of one text of each shape, in order; the empty text of a shape is left out. */
    static Automaton of(List<Shape> shapes) {
        var whole = new Automaton(new ArrayList<>(), new ArrayList<>(), new BitSet());
        whole.add(NOWHERE);
        var open = new ArrayList<>(List.of(0));
        for (var i = 0; i < shapes.size(); i++) {
            open = new ArrayList<>(whole.append(Builder.build(shapes.get(i)), open, i));
        }
        open.forEach(whole.accepting::set);
        return whole;
    }

    /** Puts a segment behind the states that are open, and returns the states that are open then. */
    private List<Integer> append(Builder.Result part, List<Integer> open, int segment) {
        var own = new HashMap<Integer, Integer>();
        var ends = new ArrayList<Integer>();
        var work = new ArrayDeque<Integer>();
        var entries = translated(part.steps().get(0), own, work, segment);
        open.forEach(state -> steps.get(state).addAll(entries));
        while (!work.isEmpty()) {
            var state = work.remove();
            int mine = Optional.ofNullable(own.get(state)).orElseThrow();
            steps.get(mine).addAll(translated(part.steps().get(state), own, work, segment));
            if (part.accepting().get(state)) {
                ends.add(mine);
            }
        }
        return ends;
    }

    private List<Step> translated(
            List<Step> foreign, Map<Integer, Integer> own, ArrayDeque<Integer> work, int segment) {
        var result = new ArrayList<Step>();
        for (var step : foreign) {
            var target = own.get(step.target);
            if (target == null) {
                target = add(segment);
                own.put(step.target, target);
                work.add(step.target);
            }
            result.add(new Step(step.first, step.last, target));
        }
        return result;
    }

    private int add(int segment) {
        steps.add(new ArrayList<>());
        segments.add(segment);
        return steps.size() - 1;
    }

    int size() {
        return steps.size();
    }

    List<Step> stepsFrom(int state) {
        return steps.get(state);
    }

    boolean accepts(int state) {
        return accepting.get(state);
    }

    /** The segment that the character read on the way into the state belongs to. */
    int segmentOf(int state) {
        return segments.get(state);
    }

    boolean accepts(String text) {
        var now = new BitSet();
        now.set(0);
        for (var i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            var read = text.codePointAt(i);
            var next = new BitSet();
            now.stream()
                    .forEach(state -> steps.get(state).stream()
                            .filter(step -> step.first <= read && read <= step.last)
                            .forEach(step -> next.set(step.target)));
            now = next;
        }
        return now.intersects(accepting);
    }

    /** One of the shortest texts. */
    Optional<String> shortest() {
        return shortestExcept("");
    }

    /** One of the shortest texts other than this one. */
    Optional<String> shortestExcept(String excluded) {
        return ShortestText.in(this, excluded.codePoints().toArray());
    }

    /** Builds an automaton with empty jumps, then takes them out. */
    public static final class Builder {

        private final List<List<Step>> steps = new ArrayList<>();
        private final List<List<Integer>> jumps = new ArrayList<>();

        private Builder() {}

        int state() {
            steps.add(new ArrayList<>());
            jumps.add(new ArrayList<>());
            return steps.size() - 1;
        }

        void step(int from, CharacterSet characters, int to) {
            characters.ranges().forEach(range -> steps.get(from).add(new Step(range.first(), range.last(), to)));
        }

        void jump(int from, int to) {
            jumps.get(from).add(to);
        }

        /** The steps of every state, jumps included, and whether the end can be reached from it without a character. */
        record Result(List<List<Step>> steps, BitSet accepting) {}

        static Result build(Shape shape) {
            var builder = new Builder();
            var end = shape.build(builder, builder.state());
            var direct = new ArrayList<List<Step>>();
            var accepting = new BitSet();
            for (var state = 0; state < builder.steps.size(); state++) {
                var reached = builder.reached(state);
                direct.add(reached.stream()
                        .boxed()
                        .flatMap(other -> builder.steps.get(other).stream())
                        .toList());
                accepting.set(state, reached.get(end));
            }
            return new Result(direct, accepting);
        }

        private BitSet reached(int from) {
            var reached = new BitSet();
            var work = new ArrayDeque<>(List.of(from));
            while (!work.isEmpty()) {
                var state = work.remove();
                if (!reached.get(state)) {
                    reached.set(state);
                    work.addAll(jumps.get(state));
                }
            }
            return reached;
        }
    }
}
