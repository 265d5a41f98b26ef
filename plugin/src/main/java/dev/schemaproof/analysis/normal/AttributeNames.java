package dev.schemaproof.analysis.normal;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** An entity's attributes by name and by position, in order of declaration. */
final class AttributeNames {

    private final List<String> names;
    private final Map<String, Integer> positions = new HashMap<>();

    AttributeNames(Collection<String> names) {
        this.names = List.copyOf(names);
        this.names.forEach(name -> positions.put(name, positions.size()));
    }

    int size() {
        return names.size();
    }

    AttributeSet all() {
        return AttributeSet.firstOf(names.size());
    }

    OptionalInt position(String name) {
        var position = positions.get(name);
        return position == null ? OptionalInt.empty() : OptionalInt.of(position);
    }

    /** The attributes of these names, unless one is unknown. */
    Optional<AttributeSet> setOf(Collection<String> attributes) {
        return positions.keySet().containsAll(attributes) ? Optional.of(knownOf(attributes)) : Optional.empty();
    }

    /** The attributes of these names, without those that are unknown. */
    AttributeSet knownOf(Collection<String> attributes) {
        return AttributeSet.of(attributes.stream()
                .flatMapToInt(name -> position(name).stream())
                .toArray());
    }

    List<String> namesOf(AttributeSet attributes) {
        return attributes.positions().mapToObj(names::get).toList();
    }
}
