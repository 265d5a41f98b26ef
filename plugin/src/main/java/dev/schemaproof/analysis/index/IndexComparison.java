package dev.schemaproof.analysis.index;

import dev.schemaproof.analysis.access.IndexPath;
import dev.schemaproof.analysis.access.Term;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Index;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.SourceText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether what one index or key of an entity does, another does as well, whatever is asked of them: columns with their operator
 * classes, collations and directions, method, condition, and the attributes that are carried.
 */
public final class IndexComparison {

    /** A part of a key with all that tells two of them apart. */
    private record Part(
            Term term,
            boolean descending,
            boolean nullsFirst,
            Optional<String> collation,
            Optional<String> operatorClass,
            Optional<String> options) {

        private Part turned() {
            return new Part(term, !descending, !nullsFirst, collation, operatorClass, options);
        }
    }

    private final Entity entity;

    /** Compares indexes of an entity. */
    public IndexComparison(Entity entity) {
        this.entity = entity;
    }

    /** Whether the two are the same but for name and uniqueness. */
    public boolean same(IndexPath one, IndexPath other) {
        return comparable(one, other)
                && parts(one).equals(parts(other))
                && carried(one).equals(carried(other))
                && (!one.unique() || !other.unique() || distinctNulls(one) == distinctNulls(other));
    }

    /** Whether the first is a beginning of the other, read in either direction, and carries nothing that the other lacks. */
    public boolean begins(IndexPath one, IndexPath other) {
        var parts = parts(one);
        var longer = parts(other);
        if (!comparable(one, other) || one.method() != Index.Method.BTREE || parts.size() > longer.size()) {
            return false;
        }
        var beginning = longer.subList(0, parts.size());
        var held = new HashSet<>(carried(other));
        longer.stream().map(Part::term).filter(term -> !term.expression()).forEach(term -> held.add(term.text()));
        return (parts.equals(beginning)
                        || parts.equals(beginning.stream().map(Part::turned).toList()))
                && held.containsAll(carried(one));
    }

    private static boolean comparable(IndexPath one, IndexPath other) {
        return one.method() == other.method() && predicate(one).equals(predicate(other));
    }

    private static Set<String> predicate(IndexPath path) {
        return path.predicate().stream().map(basis -> basis.text()).collect(Collectors.toSet());
    }

    private Optional<Index> index(IndexPath path) {
        return path.kind() == IndexPath.Kind.INDEX
                ? Optional.ofNullable(entity.indexes().get(path.name()))
                : Optional.empty();
    }

    private Set<String> carried(IndexPath path) {
        return path.included();
    }

    private boolean distinctNulls(IndexPath path) {
        return index(path).map(index -> !index.nullsNotDistinct()).orElse(true);
    }

    private List<Part> parts(IndexPath path) {
        var parts = new ArrayList<Part>();
        for (var i = 0; i < path.parts().size(); i++) {
            var part = path.parts().get(i);
            var position = i;
            var declared = index(path).map(index -> index.on().get(position));
            var collation = declared.flatMap(Index.Part::collation)
                    .map(Located::value)
                    .or(() -> entity.attribute(part.term().text())
                            .filter(attribute -> !part.term().expression())
                            .flatMap(attribute -> attribute.collation())
                            .map(Located::value));
            parts.add(new Part(
                    part.term(),
                    part.descending(),
                    part.nullsFirst(),
                    collation,
                    part.operatorClass(),
                    declared.flatMap(Index.Part::classOptions).map(SourceText::value)));
        }
        return parts;
    }
}
