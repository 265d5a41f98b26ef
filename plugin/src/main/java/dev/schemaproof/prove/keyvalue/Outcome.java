package dev.schemaproof.prove.keyvalue;

import dev.schemaproof.prove.Figure;
import java.util.List;
import java.util.Optional;

/**
 * What came of the trials of one pattern.
 *
 * @param flaw what was wrong, in one sentence
 * @param details what shows it
 * @param tries how often the pattern was tried
 * @param telling how often something was found or changed
 */
record Outcome(Optional<String> flaw, List<String> details, int tries, int telling) {

    Outcome {
        details = List.copyOf(details);
    }

    static Outcome right(int tries, int telling) {
        return new Outcome(Optional.empty(), List.of(), tries, telling);
    }

    static Outcome wrong(String flaw, String... details) {
        return new Outcome(Optional.of(flaw), List.of(details), 0, 0);
    }

    List<Figure> figures(String telling) {
        return List.of(Figure.of("tries", tries), Figure.of(telling, this.telling));
    }
}
