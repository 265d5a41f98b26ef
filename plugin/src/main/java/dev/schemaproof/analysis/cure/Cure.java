package dev.schemaproof.analysis.cure;

import dev.schemaproof.model.Entity;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The decomposition of an entity that repeats itself: everything that one determinant determines gets an entity of its own.
 *
 * @param before the entity as it is
 * @param after the entity as it will be
 * @param homes where attributes go; each after its owner
 * @param dropped generated attributes that go nowhere, as what they are made of stands in two tables now
 * @param lost dependencies that nothing but a trigger can enforce any more
 * @param looseEnds what is left to decide
 */
public record Cure(
        Entity before,
        Entity after,
        List<Home> homes,
        List<String> dropped,
        List<Lost> lost,
        List<LooseEnd> looseEnds) {

    public Cure {
        homes = List.copyOf(homes);
        dropped = List.copyOf(dropped);
        lost = List.copyOf(lost);
        looseEnds = List.copyOf(looseEnds);
    }

    /** Where the determinant's own dependents go. */
    public Home first() {
        return homes.get(0);
    }

    /** The attributes that leave the entity for another, in its order. */
    public List<String> moved() {
        return before.attributes().keySet().stream()
                .filter(name -> homeOf(name).isPresent())
                .toList();
    }

    /** Where an attribute goes, if it goes anywhere. */
    public Optional<Home> homeOf(String attribute) {
        return homes.stream().filter(home -> home.moved().contains(attribute)).findFirst();
    }

    /** How an attribute that went is read from the entity afterwards: {@code zip.city}. */
    public Optional<String> pathTo(String attribute) {
        return homeOf(attribute)
                .map(home -> String.join(
                        ".",
                        Stream.concat(
                                        roles(home).stream(),
                                        Optional.ofNullable(home.names().get(attribute)).stream())
                                .toList()));
    }

    private List<String> roles(Home home) {
        var roles = new ArrayDeque<String>();
        for (var at = Optional.of(home); at.isPresent(); ) {
            var owned = at.get();
            roles.addFirst(owned.role());
            at = homes.stream()
                    .filter(owner -> owner.entity().name().value().equals(owned.owner()))
                    .findFirst();
        }
        return List.copyOf(roles);
    }

    /** How many rows are expected to repeat one value of the determinant; empty where too little is declared. */
    public Optional<Repetition> repetition() {
        return Repetition.of(before, first());
    }
}
