package dev.schemaproof.analysis.normal;

import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Independence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an entity's {@code independent} refutes.
 *
 * @param attributes that are said to follow from nothing
 * @param dependencies that are said not to hold
 */
public record Refutations(Set<String> attributes, List<Refuted> dependencies) {

    private static final Pattern ARROW = Pattern.compile("->>?");

    public Refutations {
        attributes = Set.copyOf(attributes);
        dependencies = List.copyOf(dependencies);
    }

    /**
     * A dependency that is said not to hold.
     *
     * @param multivalued whether it is said of a multivalued one
     * @param by what says so
     */
    public record Refuted(Set<String> determinant, Set<String> dependents, boolean multivalued, Independence by) {

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
            var arrow = ARROW.matcher(text);
            if (arrow.find()) {
                dependencies.add(new Refuted(
                        namesIn(text.substring(0, arrow.start())),
                        namesIn(text.substring(arrow.end())),
                        arrow.group().equals("->>"),
                        independence));
            } else {
                attributes.addAll(namesIn(text));
            }
        }
        return new Refutations(attributes, dependencies);
    }

    /** The attributes that a text such as {@code zip_code -> city, state} names. */
    public static Set<String> namesIn(String text) {
        var names = new LinkedHashSet<String>();
        Arrays.stream(ARROW.matcher(text).replaceFirst(",").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .forEach(names::add);
        return names;
    }

    /** Whether the team says that the determinant doesn't determine the attribute, or that nothing does. */
    public boolean refute(Collection<String> determinant, String attribute) {
        return attributes.contains(attribute)
                || dependencies.stream()
                        .filter(refuted -> !refuted.multivalued())
                        .anyMatch(refuted -> refuted.determinant().containsAll(determinant)
                                && refuted.dependents().contains(attribute));
    }
}
