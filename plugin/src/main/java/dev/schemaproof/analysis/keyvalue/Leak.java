package dev.schemaproof.analysis.keyvalue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Items of another entity that stand among those which a request reads. */
final class Leak {

    private Leak() {}

    /**
     * A sort key, or without one a partition key, of another item in the stretch.
     *
     * @param other that item
     * @param example its key text; empty where only the partition is shared
     */
    record Found(ItemDesign other, KeyTemplate template, String example) {}

    /**
     * The first such item.
     *
     * @param index the index that is read, or nothing for the table
     * @param parts how many parts of the sort key's template the request fixes
     */
    static Optional<Found> find(List<ItemDesign> neighbours, Optional<String> index, KeyPair key, int parts) {
        for (var other : neighbours) {
            var theirs = index.map(name -> Optional.ofNullable(other.indexes().get(name)))
                    .orElse(Optional.of(other.key()));
            if (theirs.isPresent()) {
                var found = among(other, theirs.get(), key, parts);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Found> among(ItemDesign other, KeyPair theirs, KeyPair key, int parts) {
        var partition =
                Meeting.of(theirs.partition().automaton(), key.partition().automaton());
        if (partition instanceof Meeting.Never) {
            return Optional.empty();
        }
        if (key.sort().isEmpty() || theirs.sort().isEmpty()) {
            return Optional.of(new Found(other, theirs.partition(), text(partition)));
        }
        var sort =
                Meeting.of(theirs.sort().get().automaton(), stretch(key.sort().get(), parts));
        return sort instanceof Meeting.Never
                ? Optional.empty()
                : Optional.of(new Found(other, theirs.sort().get(), text(sort)));
    }

    private static String text(Meeting meeting) {
        return meeting instanceof Meeting.At at ? at.text() : "";
    }

    /** Every text that begins like the fixed parts. */
    static Automaton stretch(KeyTemplate template, int parts) {
        if (parts == template.parts().size()) {
            return template.automaton();
        }
        var fixed = template.parts().subList(0, parts).stream()
                .map(KeyTemplate.Part::shape)
                .toList();
        var shapes = new ArrayList<>(fixed);
        shapes.add(Shape.anyText());
        if (fixed.isEmpty()) {
            return Automaton.of(shapes);
        }
        // The beginning alone is such a text too
        return Automaton.of(
                List.of(new Shape.Sequence(List.of(new Shape.Sequence(fixed), Shape.optional(Shape.anyText())))));
    }
}
