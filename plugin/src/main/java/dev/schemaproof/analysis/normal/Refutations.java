package dev.schemaproof.analysis.normal;

import dev.schemaproof.model.Entity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What an entity's {@code independent} refutes.
 *
 * @param attributes that are said to follow from nothing
 * @param dependencies that are said not to hold
 */
public record Refutations(Set<String> attributes, List<Refuted> dependencies) {

    private static final String ARROW = "->";

    public Refutations {
        attributes = Set.copyOf(attributes);
        dependencies = List.copyOf(dependencies);
    }

    /** A dependency that is said not to hold. */
    public record Refuted(Set<String> determinant, Set<String> dependents) {

        public Refuted {
            determinant = Set.copyOf(determinant);
            dependents = Set.copyOf(dependents);
        }
    }

    public static Refutations of(Entity entity) {
        var attributes = new HashSet<String>();
        var dependencies = new ArrayList<Refuted>();
        for (var independence : entity.independences()) {
            var text = independence.of().value();
            var arrow = text.indexOf(ARROW);
            if (arrow < 0) {
                attributes.addAll(namesIn(text));
            } else {
                dependencies.add(new Refuted(
                        Set.copyOf(namesIn(text.substring(0, arrow))),
                        Set.copyOf(namesIn(text.substring(arrow + ARROW.length())))));
            }
        }
        return new Refutations(attributes, dependencies);
    }

    /** The attributes that a text such as {@code zip_code -> city, state} names. */
    public static Set<String> namesIn(String text) {
        var names = new LinkedHashSet<String>();
        Arrays.stream(text.replaceFirst("->>?", ",").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .forEach(names::add);
        return names;
    }

    /** Whether the team says that the determinant doesn't determine the attribute, or that nothing does. */
    public boolean refute(Collection<String> determinant, String attribute) {
        return attributes.contains(attribute)
                || dependencies.stream()
                        .anyMatch(refuted -> refuted.determinant().containsAll(determinant)
                                && refuted.dependents().contains(attribute));
    }
}
