package dev.schemaproof.analysis.index;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.access.IndexPath;
import dev.schemaproof.analysis.access.PatternAccess;
import dev.schemaproof.analysis.contract.SummaryContract;
import dev.schemaproof.model.Entity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a model asks of the indexes of each entity; patterns and contracts are gone through once for all entities. */
final class AllRequests {

    private final Facts facts;
    private final Map<String, List<PatternAccess>> patterns = new HashMap<>();
    private final Map<String, List<SummaryContract>> contracts = new HashMap<>();

    AllRequests(Facts facts) {
        this.facts = facts;
        for (var access : facts.access().patterns()) {
            access.coverages().stream()
                    .map(coverage -> coverage.use().entity().name().value())
                    .distinct()
                    .forEach(entity -> patterns.computeIfAbsent(entity, name -> new ArrayList<>())
                            .add(access));
        }
        for (var contract : facts.contracts().summaries()) {
            contracts
                    .computeIfAbsent(contract.child().name().value(), name -> new ArrayList<>())
                    .add(contract);
        }
    }

    /** What is asked of the indexes of an entity. */
    Requests of(Entity entity, TableColumns columns, List<IndexPath> paths) {
        var requests = new Requests(entity, columns);
        var name = entity.name().value();
        patterns.getOrDefault(name, List.of()).forEach(requests::add);
        requests.addReferences(facts, paths);
        contracts.getOrDefault(name, List.of()).forEach(requests::add);
        return requests;
    }
}
