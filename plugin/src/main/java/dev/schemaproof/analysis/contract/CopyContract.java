package dev.schemaproof.analysis.contract;

import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Reference;
import dev.schemaproof.model.RelationalStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A value of a row that is referred to, kept in the row that refers to it.
 *
 * @param contract the contract
 * @param store the database that holds all of it
 * @param entity the entity that holds the copy
 * @param copy its attribute
 * @param path the references that lead to the source; at least one
 * @param source what is copied, of the last entity
 */
public record CopyContract(
        Contract contract, RelationalStore store, Entity entity, Attribute copy, List<Step> path, Attribute source) {

    public CopyContract {
        path = List.copyOf(path);
    }

    /**
     * A reference and where it leads.
     *
     * @param reference of the entity before
     * @param target the entity that it refers to
     */
    public record Step(Reference reference, Entity target) {}

    /** The contract's name. */
    public String name() {
        return contract.name().value();
    }

    /** The answer to when the generated repair runs, in the team's words. */
    public Optional<String> repair() {
        return contract.staleness().flatMap(Contract.Staleness::repair).map(Located::value);
    }

    /** Whether the database refuses what others write to it: what keeps it would not notice. */
    public boolean isGuarded() {
        return contract.sync()
                .flatMap(Contract.Sync::by)
                .filter(by -> by.value() == Contract.Mechanism.TRIGGER || by.value() == Contract.Mechanism.OUTBOX)
                .isPresent();
    }

    /** The first reference on the way to the source. */
    public Reference reference() {
        return path.get(0).reference();
    }

    /** The entity that the first reference leads to. */
    public Entity target() {
        return path.get(0).target();
    }

    /** The entity at the end of the path, which has the source. */
    public Entity origin() {
        return path.get(path.size() - 1).target();
    }

    /**
     * Whether no foreign key can let the copy follow by itself: it leads over several references, or from a source that may be
     * absent, and a foreign key follows nothing that is absent. Then tables of its own tie the rows together.
     */
    public boolean isTied() {
        return path.size() > 1
                || source.optional()
                        && !origin().keyNames().contains(source.name().value());
    }

    /** The entity that a reference of the path belongs to. */
    public Entity before(int step) {
        return step == 0 ? entity : path.get(step - 1).target();
    }

    /** The target's attributes that the first reference refers to, in the order of the referring ones. */
    public List<String> referred() {
        return reference().referredNames(target());
    }

    /** The attributes of a foreign key by which the copy follows: those that refer, and the copy. */
    public List<String> following() {
        return with(reference().names(), copy);
    }

    /** What {@link #following} refers to: the target's key, and the source. */
    public List<String> followed() {
        return with(referred(), source);
    }

    /**
     * Whether the referring attributes can only be absent together. Then the copy is absent exactly when they are, which a
     * foreign key of them all holds by itself.
     */
    public boolean allOrNone() {
        var optional = reference().names().stream()
                .filter(name -> entity.attribute(name)
                        .filter(attribute ->
                                attribute.optional() && !entity.keyNames().contains(name))
                        .isPresent())
                .count();
        return reference().match() == Reference.Match.FULL
                || optional == 0
                || reference().names().size() == 1;
    }

    /** Whether {@link #followed} is declared to be a key, so that it takes no further constraint. */
    public boolean refersToKey() {
        var wanted = Set.copyOf(followed());
        return Stream.concat(
                        target().uniques().stream()
                                .filter(unique -> !unique.design().deferral().deferrable())
                                .map(unique -> unique.names()),
                        Stream.of(target().keyNames())
                                .filter(key -> !target().relational()
                                        .keyDesign()
                                        .deferral()
                                        .deferrable()))
                .anyMatch(key -> Set.copyOf(key).equals(wanted));
    }

    private static List<String> with(List<String> names, Attribute last) {
        var all = new ArrayList<>(names);
        all.add(last.name().value());
        return List.copyOf(all);
    }
}
