package dev.schemaproof.analysis.access;

import dev.schemaproof.analysis.access.Coverage.Order;
import dev.schemaproof.analysis.access.QueryBlock.Sort;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** In how much of a wanted order the entries of a B-tree are, read forward or backward. */
final class IndexOrder {

    private IndexOrder() {}

    /**
     * @param constant parts of which only entries with one value are read
     * @param end how many parts are in order: what is behind has been broken by several values of a part
     */
    static Order of(IndexPath path, List<Sort> wanted, Set<Term> constant, int end) {
        var position = 0;
        var matched = 0;
        Boolean backward = null;
        for (var key : wanted) {
            while (position < end
                    && constant.contains(path.parts().get(position).term())
                    && !path.parts().get(position).term().equals(key.term())) {
                position++;
            }
            var opposite = position < end ? isBackward(path.parts().get(position), key) : null;
            if (opposite == null || backward != null && !backward.equals(opposite)) {
                break;
            }
            backward = opposite;
            matched++;
            position++;
        }
        if (matched == wanted.size()) {
            return Order.FULL;
        }
        return matched > 0 ? Order.PREFIX : Order.NONE;
    }

    /**
     * Whether the part has to be read backward for the sort key; null where it isn't in its order at all. PostgreSQL compares
     * where absent values stand even for columns that have none.
     */
    private static @Nullable Boolean isBackward(IndexPath.Part part, Sort key) {
        var otherClass = part.operatorClass()
                .filter(name -> name.endsWith("_pattern_ops"))
                .isPresent();
        if (!part.term().equals(key.term()) || otherClass) {
            return null;
        }
        var opposite = part.descending() != key.descending();
        var nulls = key.anyNulls() || (part.nullsFirst() != key.nullsFirst()) == opposite;
        return nulls ? Boolean.valueOf(opposite) : null;
    }
}
