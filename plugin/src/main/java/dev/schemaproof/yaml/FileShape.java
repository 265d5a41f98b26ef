package dev.schemaproof.yaml;

import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Store;
import dev.schemaproof.model.TypeDefinition;
import java.util.Map;
import java.util.Optional;

/** One file of a model. */
final class FileShape extends ObjectShape<FileShape.Part> {

    /** What one file says. */
    record Part(
            Optional<Located<String>> name,
            Map<String, Store> stores,
            Map<String, TypeDefinition> types,
            Map<String, Entity> entities,
            Map<String, AccessPattern> patterns,
            Map<String, Contract> contracts,
            Optional<RulesShape.Decisions> rules) {}

    private final Key<Located<String>> schema =
            optional("schema", Scalars.LOCATED, "The model's name; in exactly one file");
    private final Key<Map<String, Store>> stores = optional(
            "stores",
            Shapes.named("stores", new StoreShape()),
            "The databases that hold the model, with the physical design of the non-relational ones");
    private final Key<Map<String, TypeDefinition>> types =
            optional("types", Shapes.named("types", new TypeDefinitionShape()), "Named enums and domains");
    private final Key<Map<String, Entity>> entities = optional(
            "entities",
            Shapes.named("entities", new EntityShape()),
            "Entities, attributes, keys, references, dependencies, indexes");
    private final Key<Map<String, AccessPattern>> patterns = optional(
            "accessPatterns", Shapes.named("access patterns", new PatternShape()), "Every query the application runs");
    private final Key<Map<String, Contract>> contracts = optional(
            "denormalizations", Shapes.named("contracts", new ContractShape()), "The denormalization contracts");
    private final Key<RulesShape.Decisions> rules =
            optional("rules", new RulesShape(), "Severities and documented exceptions");

    FileShape() {
        super("model", "a model");
    }

    @Override
    Optional<Part> build(Fields fields, Reading reading) {
        return Optional.of(new Part(
                fields.get(schema),
                fields.get(stores, Map.of()),
                fields.get(types, Map.of()),
                fields.get(entities, Map.of()),
                fields.get(patterns, Map.of()),
                fields.get(contracts, Map.of()),
                fields.get(rules)));
    }
}
