package dev.schemaproof.analysis.cure;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A part of the entity that gets an entity of its own, by the names of the entity taken apart.
 *
 * @param owner the part whose attributes hold its determinant; -1 for the entity itself
 * @param determinant its key
 * @param alternatives further keys
 * @param moved what goes there
 */
record Part(int owner, List<String> determinant, List<List<String>> alternatives, List<String> moved) {

    Part {
        determinant = List.copyOf(determinant);
        alternatives = alternatives.stream().map(List::copyOf).toList();
        moved = List.copyOf(moved);
    }

    Set<String> attributes() {
        var all = new LinkedHashSet<>(determinant);
        all.addAll(moved);
        return all;
    }

    /** This part with a generated attribute more. */
    Part with(String attribute) {
        var more = new LinkedHashSet<>(moved);
        more.add(attribute);
        return new Part(owner, determinant, alternatives, List.copyOf(more));
    }
}
