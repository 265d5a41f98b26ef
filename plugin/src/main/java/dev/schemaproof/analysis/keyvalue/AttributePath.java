package dev.schemaproof.analysis.keyvalue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * An attribute of an entity, or one at the end of references: {@code username}, {@code author.username}.
 *
 * @param roles the references on the way, in order
 * @param attribute the attribute at the end
 */
public record AttributePath(List<String> roles, String attribute) implements Comparable<AttributePath> {

    private static final Comparator<AttributePath> ORDER = Comparator.comparing(AttributePath::toString);

    public AttributePath {
        roles = List.copyOf(roles);
    }

    /** The path that is written so. */
    public static AttributePath of(String text) {
        var names = Arrays.asList(text.split("\\.", -1));
        return new AttributePath(names.subList(0, names.size() - 1), names.get(names.size() - 1));
    }

    /** Whether it is an attribute of the entity itself. */
    public boolean own() {
        return roles.isEmpty();
    }

    @Override
    public int compareTo(AttributePath other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        var names = new ArrayList<>(roles);
        names.add(attribute);
        return String.join(".", names);
    }
}
