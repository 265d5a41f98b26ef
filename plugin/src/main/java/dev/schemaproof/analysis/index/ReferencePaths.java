package dev.schemaproof.analysis.index;

import dev.schemaproof.analysis.access.IndexPath;
import dev.schemaproof.analysis.access.Term;
import dev.schemaproof.model.Index.Method;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/** Which indexes find the rows that refer to a row. */
public final class ReferencePaths {

    private ReferencePaths() {}

    /** Whether the index begins with the attributes, in any order, and leaves out no row that has them. */
    public static boolean leadsBy(IndexPath path, List<String> attributes) {
        return beginsWith(path, attributes)
                && path.predicate().stream()
                        .allMatch(predicate -> predicate.text().endsWith(" is not null")
                                && attributes.containsAll(predicate.attributes()));
    }

    /** Whether the index begins with the attributes, in any order, whatever rows it holds. */
    public static boolean beginsWith(IndexPath path, List<String> attributes) {
        var sorted = path.method() == Method.BTREE || path.method() == Method.HASH;
        return sorted
                && !attributes.isEmpty()
                && path.parts().size() >= attributes.size()
                && path.terms().subList(0, attributes.size()).stream()
                        .filter(term -> !term.expression())
                        .map(Term::text)
                        .collect(Collectors.toSet())
                        .equals(new HashSet<>(attributes));
    }
}
