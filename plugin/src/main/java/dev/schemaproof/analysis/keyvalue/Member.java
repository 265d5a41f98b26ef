package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.analysis.keyvalue.Bindings.Bound;
import dev.schemaproof.analysis.keyvalue.KeyTemplate.Part;
import dev.schemaproof.model.AccessPattern.Include;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.KeyValueTable.KeyType;
import dev.schemaproof.model.Reference;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The items of one entity among those that a joined read wants.
 *
 * @param item the items
 * @param include what asks for them; nothing for the entity that the pattern is about
 * @param key their key where they are read
 * @param equal what the pattern's conditions say of them: the conditions by the canonical path, from this entity, of what they compare with
 *     one value
 */
record Member(ItemDesign item, Optional<Include> include, KeyPair key, Map<AttributePath, Bound> equal) {

    Member {
        equal = Collections.unmodifiableMap(new LinkedHashMap<>(equal));
    }

    /** The items that the pattern is about. */
    static Member leading(ItemDesign item, KeyPair key, Bindings bindings) {
        var equal = new LinkedHashMap<AttributePath, Bound>();
        bindings.equalPaths().forEach(path -> bindings.equalTo(path).ifPresent(bound -> equal.put(path, bound)));
        return new Member(item, Optional.empty(), key, equal);
    }

    /** Items that refer to them by a role. */
    static Member including(Paths paths, Member leader, Include include, ItemDesign item, KeyPair key) {
        var reference = item.entity().reference(include.by().value()).orElseThrow();
        var equal = new LinkedHashMap<AttributePath, Bound>();
        leader.equal
                .values()
                .forEach(bound -> throughRole(paths, item.entity(), reference, leader.item.entity(), bound.path())
                        .forEach(path -> equal.put(path, bound)));
        return new Member(item, Optional.of(include), key, equal);
    }

    /**
     * The canonical paths that give, in a row that refers to another, a value of that other.
     *
     * @param path the value, from the other
     */
    static Set<AttributePath> throughRole(
            Paths paths, Entity entity, Reference reference, Entity other, ResolvedPath path) {
        var result = new LinkedHashSet<AttributePath>();
        var canonical = path.canonical();
        if (canonical.own()) {
            var at = reference.referredNames(other).indexOf(canonical.attribute());
            if (at >= 0 && at < reference.names().size()) {
                result.add(new AttributePath(List.of(), reference.names().get(at)));
            }
        }
        paths.find(entity, reference.role() + "." + canonical)
                .map(ResolvedPath::canonical)
                .ifPresent(result::add);
        return result;
    }

    /** The entity's name. */
    String name() {
        return item.name();
    }

    /** The condition that says what the part of a key is; nothing for literals and for what isn't known. */
    Optional<Bound> known(Part part) {
        return part instanceof Part.Variable variable
                ? Optional.ofNullable(equal.get(variable.path().canonical()))
                : Optional.empty();
    }

    /** The parts of the sort key, if it is a text. */
    List<Part> sortParts() {
        return key.sort()
                .filter(sort -> sort.attribute().type() == KeyType.STRING)
                .map(KeyTemplate::parts)
                .orElse(List.of());
    }
}
