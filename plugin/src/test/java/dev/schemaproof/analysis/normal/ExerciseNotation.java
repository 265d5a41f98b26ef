package dev.schemaproof.analysis.normal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How textbooks write attributes and dependencies.
 *
 * <p>A set is names with spaces between them, in which names of one letter may stand together, or {@code none}. Sets are
 * divided by {@code |}, dependencies by commas; {@code nothing} is no dependency.
 */
final class ExerciseNotation {

    private static final Pattern ARROW = Pattern.compile("(.+?)(->>?)(.+)");

    private final List<String> names;
    private final Map<String, Integer> positions = new HashMap<>();

    /** A dependency of either kind. */
    record Arrow(AttributeSet left, boolean multivalued, AttributeSet right) {

        FunctionalDependency functional() {
            return new FunctionalDependency(left, right);
        }

        MultivaluedDependency multivaluedDependency() {
            return new MultivaluedDependency(left, right);
        }
    }

    /** Attributes in the order of their names here. */
    ExerciseNotation(String names) {
        this.names = List.of(names.split(" +"));
        this.names.forEach(name -> {
            if (positions.put(name, positions.size()) != null) {
                throw new IllegalArgumentException("twice: " + name);
            }
        });
    }

    int width() {
        return names.size();
    }

    AttributeSet set(String text) {
        if (text.strip().equals("none")) {
            return AttributeSet.none();
        }
        return AttributeSet.of(Arrays.stream(text.strip().split(" +"))
                .flatMap(word -> positions.containsKey(word) ? List.of(word).stream() : Arrays.stream(word.split("")))
                .mapToInt(this::position)
                .toArray());
    }

    private int position(String name) {
        var position = positions.get(name);
        if (position == null) {
            throw new IllegalArgumentException("unknown attribute: " + name);
        }
        return position;
    }

    List<AttributeSet> sets(String text) {
        var sets = Arrays.stream(text.split("\\|")).map(this::set).toList();
        if (new LinkedHashSet<>(sets).size() < sets.size()) {
            throw new IllegalArgumentException("a set stands there twice: " + text);
        }
        return sets;
    }

    List<Arrow> arrows(String text) {
        var arrows = new ArrayList<Arrow>();
        if (!text.strip().equals("nothing")) {
            for (var arrow : text.split(",")) {
                var parts = ARROW.matcher(arrow);
                if (!parts.matches()) {
                    throw new IllegalArgumentException("no dependency: " + arrow);
                }
                arrows.add(new Arrow(set(parts.group(1)), parts.group(2).equals("->>"), set(parts.group(3))));
            }
        }
        return arrows;
    }

    /** As {@link #arrows}, without multivalued ones. */
    List<FunctionalDependency> functional(String text) {
        var arrows = arrows(text);
        if (arrows.stream().anyMatch(Arrow::multivalued)) {
            throw new IllegalArgumentException("a multivalued dependency has no place here: " + text);
        }
        return arrows.stream().map(Arrow::functional).toList();
    }

    String text(AttributeSet set) {
        return set.isEmpty() ? "none" : set.positions().mapToObj(names::get).collect(Collectors.joining(" "));
    }

    String text(List<AttributeSet> sets) {
        return sets.stream().map(this::text).collect(Collectors.joining(" | "));
    }

    String textOf(List<FunctionalDependency> dependencies) {
        return dependencies.isEmpty()
                ? "nothing"
                : dependencies.stream()
                        .map(dependency -> text(dependency.determinant()) + " -> " + text(dependency.dependents()))
                        .collect(Collectors.joining(", "));
    }
}
