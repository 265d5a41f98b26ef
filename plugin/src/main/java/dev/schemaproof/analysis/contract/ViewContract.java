package dev.schemaproof.analysis.contract;

import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.SourceText;
import java.util.List;
import java.util.Optional;

/**
 * An entity that is the stored answer of a query: a materialized view.
 *
 * @param contract the contract
 * @param store the database that holds it
 * @param entity what the view's rows are; its attributes are the query's columns, in order
 * @param query what it shows
 * @param sources the other views that the query reads
 */
public record ViewContract(
        Contract contract, RelationalStore store, Entity entity, SourceText query, List<Entity> sources) {

    public ViewContract {
        sources = List.copyOf(sources);
    }

    /** The contract's name. */
    public String name() {
        return contract.name().value();
    }

    /** The answer to when the generated repair runs, in the team's words. */
    public Optional<String> repair() {
        return contract.staleness().flatMap(Contract.Staleness::repair).map(Located::value);
    }

    /** Whether readers shall go on while it is refreshed, and a key tells the rows apart as PostgreSQL needs it then. */
    public boolean refreshedConcurrently() {
        return contract.sync().map(Contract.Sync::concurrently).orElse(true)
                && (!entity.key().isEmpty() || !entity.uniques().isEmpty());
    }
}
