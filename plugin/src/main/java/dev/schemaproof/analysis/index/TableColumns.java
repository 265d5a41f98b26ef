package dev.schemaproof.analysis.index;

import dev.schemaproof.analysis.BaseTypes;
import dev.schemaproof.analysis.access.IndexPath;
import dev.schemaproof.analysis.access.Term;
import dev.schemaproof.analysis.index.SortedColumn.Sorting;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Index;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The positions of what an entity's indexes can be sorted by: its attributes in order, then the expressions that are met. */
final class TableColumns {

    private final Entity entity;
    private final Map<Term, Integer> positions = new LinkedHashMap<>();
    private final List<Term> terms = new ArrayList<>();
    private final Map<Term, Set<String>> read = new HashMap<>();

    TableColumns(Entity entity) {
        this.entity = entity;
        entity.attributes().keySet().forEach(name -> position(new Term(name, false)));
    }

    int position(Term term) {
        var known = positions.get(term);
        if (known != null) {
            return known;
        }
        positions.put(term, terms.size());
        terms.add(term);
        return terms.size() - 1;
    }

    /** The position of what a condition is about, which reads these attributes. */
    int position(Term term, Set<String> attributes) {
        read.computeIfAbsent(term, key -> new HashSet<>()).addAll(attributes);
        return position(term);
    }

    Term term(int position) {
        return terms.get(position);
    }

    /** The attributes that an index on these columns holds. */
    Set<String> attributes(List<SortedColumn> key) {
        var found = new HashSet<String>();
        for (var sorted : key) {
            var term = term(sorted.column());
            found.addAll(term.expression() ? read.getOrDefault(term, Set.of()) : Set.of(term.text()));
        }
        return found;
    }

    /** The columns of a plain B-tree; none for any other index, which the theory doesn't know. */
    Optional<List<SortedColumn>> key(IndexPath path) {
        var key = new ArrayList<SortedColumn>();
        var index = entity.indexes().get(path.name());
        for (var i = 0; i < path.parts().size(); i++) {
            var part = path.parts().get(i);
            var collated = path.kind() == IndexPath.Kind.INDEX
                    && index != null
                    && index.on().get(i).collation().isPresent();
            var bytes = part.operatorClass()
                    .filter(name -> name.endsWith("_pattern_ops"))
                    .isPresent();
            if (collated || part.operatorClass().isPresent() && !bytes) {
                return Optional.empty();
            }
            var sorting = bytes
                    ? Sorting.BYTES
                    : part.nullsFirst() == part.descending() ? Sorting.NULLS_GREATEST : Sorting.NULLS_LEAST;
            key.add(new SortedColumn(position(part.term()), part.descending(), sorting));
        }
        return path.method() == Index.Method.BTREE && path.predicate().isEmpty() ? Optional.of(key) : Optional.empty();
    }

    ColumnCosts costs(BaseTypes types, Set<String> changed) {
        var bytes = new int[terms.size()];
        var updated = new BitSet();
        for (var i = 0; i < bytes.length; i++) {
            var term = terms.get(i);
            var attribute = term.expression() ? null : entity.attributes().get(term.text());
            bytes[i] = attribute == null ? ColumnWidths.USUAL_TEXT : ColumnWidths.of(attribute, types);
            updated.set(
                    i,
                    term.expression()
                            ? read.getOrDefault(term, Set.of()).stream().anyMatch(changed::contains)
                            : changed.contains(term.text()));
        }
        return new ColumnCosts(bytes, updated);
    }
}
