package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.normal.Origin;
import dev.schemaproof.model.Dependency;
import dev.schemaproof.model.Located;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** How declared dependencies are written and named. */
final class DependencyText {

    private DependencyText() {}

    /** {@code zip_code -> city, state}, as the language writes it. */
    static String of(Dependency dependency) {
        return of(dependency, dependency.dependent());
    }

    /** The same with other dependents. */
    static String of(Dependency dependency, Collection<?> dependents) {
        return Words.plain(dependency.determinant())
                + (dependency.multivalued() ? " ->> " : " -> ")
                + Words.plain(dependents);
    }

    /** Why a dependency holds, in a sentence. */
    static String origin(Origin origin) {
        return origin instanceof Origin.Declared declared ? "`" + of(declared.dependency()) + "`" : origin.words();
    }

    static Set<String> values(List<Located<String>> names) {
        var values = new LinkedHashSet<String>();
        names.forEach(name -> values.add(name.value()));
        return values;
    }
}
