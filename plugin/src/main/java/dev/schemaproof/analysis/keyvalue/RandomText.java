package dev.schemaproof.analysis.keyvalue;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** Texts that an automaton accepts, found by walking at random. */
final class RandomText {

    private static final int LONGEST = 64;
    private static final int ATTEMPTS = 4;
    /** The characters between which most texts are. */
    private static final int SPACE = ' ';

    private static final int TILDE = '~';

    private RandomText() {}

    /** Different texts; fewer where so many are not found. */
    static Set<String> in(Automaton automaton, SplittableRandom random, int count) {
        var texts = new LinkedHashSet<String>();
        for (var i = 0; i < count * ATTEMPTS && texts.size() < count; i++) {
            walk(automaton, random).or(automaton::shortest).ifPresent(texts::add);
        }
        return texts;
    }

    private static Optional<String> walk(Automaton automaton, SplittableRandom random) {
        var text = new StringBuilder();
        var state = 0;
        for (var i = 0; i < LONGEST; i++) {
            var steps = automaton.stepsFrom(state);
            if (automaton.accepts(state) && (steps.isEmpty() || random.nextInt(4) == 0)) {
                return Optional.of(text.toString());
            }
            if (steps.isEmpty()) {
                return Optional.empty();
            }
            var step = steps.get(random.nextInt(steps.size()));
            text.appendCodePoint(character(step, random));
            state = step.target();
        }
        return automaton.accepts(state) ? Optional.of(text.toString()) : Optional.empty();
    }

    /** The ends of a range now and then, else what people write. */
    private static int character(Automaton.Step step, SplittableRandom random) {
        var choice = random.nextInt(16);
        var first = choice > 1 && step.last() >= SPACE ? Math.max(step.first(), SPACE) : step.first();
        var last = choice > 2 && first <= TILDE ? Math.min(step.last(), TILDE) : step.last();
        return choice == 0 ? step.first() : choice == 2 ? step.last() : random.nextInt(first, last + 1);
    }
}
