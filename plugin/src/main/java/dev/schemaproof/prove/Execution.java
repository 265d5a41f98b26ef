package dev.schemaproof.prove;

import java.util.Objects;
import java.util.Optional;

/**
 * What running an access pattern on synthetic rows came to. Pages are those that the statement reads of tables and indexes,
 * wherever they come from: the same in every run, as times are not. The pages that triggers and foreign keys read for a write
 * are not among them.
 *
 * @param figures what was measured; nothing when it could not be run
 * @param why why it could not be run; nothing when it could
 */
public record Execution(Optional<Figures> figures, Optional<String> why) {

    public Execution {
        Objects.requireNonNull(figures, "figures");
        Objects.requireNonNull(why, "why");
        if (figures.isPresent() == why.isPresent()) {
            throw new IllegalArgumentException("what was run has figures, and what was not has a reason");
        }
    }

    /**
     * What was measured.
     *
     * @param buffers the most pages that were read for any values of the parameters, by the plan that must do for all
     * @param custom the most pages with a plan that is made for the values
     * @param rows the most rows that came out or were written
     * @param values how many tuples of values it was run with
     * @param volume how many rows a table had at most
     * @param line the plan that must do for all in a line, as it is on these rows
     */
    public record Figures(long buffers, long custom, long rows, int values, long volume, String line) {}

    /** It was run. */
    static Execution of(Figures figures) {
        return new Execution(Optional.of(figures), Optional.empty());
    }

    /** It could not be run. */
    static Execution none(String why) {
        return new Execution(Optional.empty(), Optional.of(why));
    }
}
