package dev.schemaproof.analysis.contract;

import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Reference;
import dev.schemaproof.model.RelationalStore;
import java.util.List;
import java.util.Optional;

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
}
