package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Derivation;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The attributes of other entities that items repeat, and the contracts for them.
 *
 * <p>The copy {@code author.display_name} in the items of {@code Post} has the contract whose {@code from} is {@code copy:
 * author.display_name} and whose {@code into} is {@code Post.display_name} or {@code Post.author_display_name}. It is stored under that
 * name, and without a contract under the longer one.
 */
public final class ItemCopies {

    private final Model model;

    public ItemCopies(Model model) {
        this.model = model;
    }

    /** The contract for a copy. */
    public Optional<Contract> contractFor(Entity entity, String path) {
        return model.contracts().values().stream()
                .filter(contract -> target(contract, entity, path).isPresent())
                .findFirst();
    }

    /** The name under which the copy is stored in an item. */
    public String storedName(Entity entity, String path) {
        return contractFor(entity, path)
                .flatMap(contract -> target(contract, entity, path))
                .orElseGet(() -> longName(path));
    }

    /** Whether the contract is for a copy that only items hold: its entity has no such attribute. */
    public boolean inItemsOnly(Contract contract) {
        var into = contract.duplicates().flatMap(Contract.Duplicates::into);
        var entity = into.flatMap(target -> model.entity(target.entity().value()));
        return entity.isPresent()
                && into.get()
                        .attribute()
                        .filter(name -> entity.get().attribute(name.value()).isEmpty())
                        .isPresent()
                && model.keyValueStores()
                        .flatMap(store -> store.tables().values().stream())
                        .map(table -> table.items().get(entity.get().name().value()))
                        .filter(Objects::nonNull)
                        .flatMap(item -> item.copies().stream())
                        .anyMatch(copy ->
                                target(contract, entity.get(), copy.value()).isPresent());
    }

    /** Both names that a contract may give to a copy, the shorter first. */
    public static Set<String> names(String path) {
        var names = new LinkedHashSet<String>();
        names.add(path.substring(path.lastIndexOf('.') + 1));
        names.add(longName(path));
        return names;
    }

    private static String longName(String path) {
        return path.replace('.', '_');
    }

    private static Optional<String> target(Contract contract, Entity entity, String path) {
        return contract.duplicates()
                .filter(duplicates -> duplicates
                        .from()
                        .map(from -> from.value() instanceof Derivation.Copy copy
                                && copy.path().value().equals(path))
                        .orElse(false))
                .flatMap(Contract.Duplicates::into)
                .filter(into -> into.entity().value().equals(entity.name().value()))
                .flatMap(Contract.Target::attribute)
                .map(attribute -> attribute.value())
                .filter(name -> names(path).contains(name));
    }
}
