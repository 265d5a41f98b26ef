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
        return find(neighbours, index, key, key.sort().map(sort -> stretch(sort, parts)));
    }

    /**
     * The first such item.
     *
     * @param stretch the sort keys that are read; nothing without a sort key
     */
    static Optional<Found> find(
            List<ItemDesign> neighbours, Optional<String> index, KeyPair key, Optional<Texts> stretch) {
        for (var other : neighbours) {
            var theirs = index.map(name -> Optional.ofNullable(other.indexes().get(name)))
                    .orElse(Optional.of(other.key()));
            if (theirs.isPresent()) {
                var found = among(other, theirs.get(), key, stretch);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** Sort keys are looked at first: they differ where partitions are shared on purpose. */
    private static Optional<Found> among(ItemDesign other, KeyPair theirs, KeyPair key, Optional<Texts> stretch) {
        var sort = stretch.flatMap(
                mine -> theirs.sort().map(template -> template.texts().meet(mine)));
        if (sort.isPresent() && sort.get() instanceof Meeting.Never) {
            return Optional.empty();
        }
        var partition = theirs.partition().texts().meet(key.partition().texts());
        if (partition instanceof Meeting.Never) {
            return Optional.empty();
        }
        return Optional.of(new Found(other, theirs.sort().orElse(theirs.partition()), text(sort.orElse(partition))));
    }

    private static String text(Meeting meeting) {
        return meeting instanceof Meeting.At at ? at.text() : "";
    }

    /** Every text that begins like the fixed parts. */
    static Texts stretch(KeyTemplate template, int parts) {
        if (parts == template.parts().size()) {
            return template.texts();
        }
        var fixed = template.parts().subList(0, parts).stream()
                .map(KeyTemplate.Part::shape)
                .toList();
        var shapes = new ArrayList<>(fixed);
        shapes.add(Shape.anyText());
        if (fixed.isEmpty()) {
            return Texts.of(shapes);
        }
        // The beginning alone is such a text too
        return Texts.of(
                List.of(new Shape.Sequence(List.of(new Shape.Sequence(fixed), Shape.optional(Shape.anyText())))));
    }
}
