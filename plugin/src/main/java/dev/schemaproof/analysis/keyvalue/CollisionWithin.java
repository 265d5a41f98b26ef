package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.analysis.keyvalue.Collision.Cause;
import dev.schemaproof.analysis.keyvalue.Collision.Cause.Kind;
import dev.schemaproof.analysis.keyvalue.KeyTemplate.Part;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the key of an item tells the rows of its entity apart: whether what can be read back from it, with all that follows
 * from it by keys and declared dependencies, holds the entity's key.
 */
final class CollisionWithin {

    private final Paths paths;
    private final ItemDesign item;
    private final List<KeyTemplate> templates;

    private CollisionWithin(Paths paths, ItemDesign item) {
        this.paths = paths;
        this.item = item;
        this.templates = item.key().templates();
    }

    static Optional<Collision.Within> find(Paths paths, ItemDesign item) {
        return new CollisionWithin(paths, item).find();
    }

    private Optional<Collision.Within> find() {
        var known = known();
        if (paths.identify(item.entity(), known)) {
            return Optional.empty();
        }
        var causes = new ArrayList<Cause>();
        for (var template : templates) {
            for (var variable : template.variables()) {
                var kept = known.contains(variable.path().canonical());
                causes.add(new Cause(
                        template, variable, kept ? Kind.KEPT : variable.injective() ? Kind.ILLEGIBLE : Kind.SHORTENED));
            }
        }
        return Optional.of(new Collision.Within(item, causes, example(known)));
    }

    /** All that the key says about the row. What one template says can make another legible. */
    private Set<AttributePath> known() {
        Set<AttributePath> known = paths.closure(item.entity(), Set.of());
        var size = -1;
        while (size < known.size()) {
            size = known.size();
            for (var template : templates) {
                var more = new HashSet<>(known);
                more.addAll(template.readable(known));
                known = paths.closure(item.entity(), more);
            }
        }
        return known;
    }

    /** Two rows that agree in what is known and differ in everything else. */
    private Optional<Collision.Twins> example(Set<AttributePath> known) {
        var first = new LinkedHashMap<AttributePath, String>();
        var second = new LinkedHashMap<AttributePath, String>();
        for (var template : templates) {
            template.misreading(known).ifPresent(misreading -> {
                misreading.left().forEach(first::putIfAbsent);
                misreading.right().forEach(second::putIfAbsent);
            });
        }
        var involved = involved();
        for (var path : involved) {
            var canonical = path.canonical();
            if (first.containsKey(canonical)) {
                continue;
            }
            var two = Samples.two(path);
            if (!known.contains(canonical)) {
                var lossy = formats(canonical);
                if (!lossy.isEmpty()) {
                    var alike = Samples.alike(path, lossy);
                    if (alike.isEmpty()) {
                        return Optional.empty();
                    }
                    two = alike.get();
                }
                second.put(canonical, two.get(1));
            } else {
                second.put(canonical, two.get(0));
            }
            first.put(canonical, two.get(0));
        }
        return twins(involved, first, second);
    }

    private Optional<Collision.Twins> twins(
            List<ResolvedPath> involved, Map<AttributePath, String> first, Map<AttributePath, String> second) {
        var key = new LinkedHashMap<String, String>();
        for (var template : templates) {
            var one = template.write(path -> Optional.ofNullable(first.get(path)));
            var other = template.write(path -> Optional.ofNullable(second.get(path)));
            if (one.isEmpty() || !one.equals(other)) {
                return Optional.empty();
            }
            key.put(template.name(), one.get());
        }
        var firstRow = new LinkedHashMap<String, String>();
        var secondRow = new LinkedHashMap<String, String>();
        for (var path : involved) {
            firstRow.put(path.toString(), first.get(path.canonical()));
            secondRow.put(path.toString(), second.get(path.canonical()));
        }
        return firstRow.equals(secondRow)
                ? Optional.empty()
                : Optional.of(new Collision.Twins(new Collision.Key(key), firstRow, secondRow));
    }

    /** The variables of the key, and the entity's own key, each once. */
    private List<ResolvedPath> involved() {
        var involved = new LinkedHashMap<AttributePath, ResolvedPath>();
        templates.forEach(template -> template.variables()
                .forEach(variable -> involved.putIfAbsent(variable.path().canonical(), variable.path())));
        item.entity()
                .keyNames()
                .forEach(name -> paths.find(item.entity(), name)
                        .ifPresent(path -> involved.putIfAbsent(path.canonical(), path)));
        return List.copyOf(involved.values());
    }

    private List<KeyFormat> formats(AttributePath canonical) {
        return templates.stream()
                .flatMap(template -> template.variables().stream())
                .filter(variable -> variable.path().canonical().equals(canonical))
                .map(Part.Variable::format)
                .toList();
    }
}
