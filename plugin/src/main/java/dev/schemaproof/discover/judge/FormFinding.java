package dev.schemaproof.discover.judge;

import dev.schemaproof.analysis.normal.AttributeSet;
import dev.schemaproof.model.NormalForm;
import java.util.List;
import java.util.Optional;

/**
 * Which normal form a table is in, if a set of dependencies is taken for its rules.
 *
 * @param reached the highest form; empty if that was not explored to the end
 * @param keys by which it was judged
 * @param breaks what breaks a form, each with the lowest that it breaks
 */
public record FormFinding(Optional<NormalForm> reached, List<AttributeSet> keys, List<Break> breaks) {

    public FormFinding {
        keys = List.copyOf(keys);
        breaks = List.copyOf(breaks);
    }

    /** A dependency that breaks a form. */
    public record Break(AttributeSet determinant, AttributeSet dependents, NormalForm form) {}

    /** Nothing could be said. */
    static FormFinding unknown() {
        return new FormFinding(Optional.empty(), List.of(), List.of());
    }
}
