package dev.schemaproof.analysis.access;

import dev.schemaproof.analysis.access.QueryBlock.Sort;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** In how much of a wanted order the entries of a B-tree are, read forward or backward. */
final class IndexOrder {

    private IndexOrder() {}

    /**
     * How many keys of the wanted order the entries are sorted by.
     *
     * @param constant parts of which only entries with one value are read
     * @param tested parts that are only true or only false, which is no constant to sort keys
     * @param end how many parts are in order: what is behind has been broken by several values of a part
     */
    static int of(IndexPath path, List<Sort> wanted, Set<Term> constant, Set<Term> tested, int end) {
        var sorted = wanted.stream().map(Sort::term).collect(Collectors.toSet());
        var position = 0;
        var matched = 0;
        Boolean backward = null;
        for (var key : wanted) {
            while (position < end && isPassed(path.parts().get(position).term(), key, constant, tested, sorted)) {
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
        return matched;
    }

    private static boolean isPassed(Term part, Sort key, Set<Term> constant, Set<Term> tested, Set<Term> sorted) {
        return !part.equals(key.term()) && (constant.contains(part) || tested.contains(part) && !sorted.contains(part));
    }

    /**
     * Whether the part has to be read backward for the sort key; null where it isn't in its order at all. PostgreSQL compares
     * where absent values stand even for columns that have none.
     */
    private static @Nullable Boolean isBackward(IndexPath.Part part, Sort key) {
        if (!part.term().equals(key.term()) || OperatorClasses.comparesBytes(part)) {
            return null;
        }
        var opposite = part.descending() != key.descending();
        var nulls = key.anyNulls() || (part.nullsFirst() != key.nullsFirst()) == opposite;
        return nulls ? Boolean.valueOf(opposite) : null;
    }
}
