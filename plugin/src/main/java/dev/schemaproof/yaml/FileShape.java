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
            optional("schema", Scalars.LOCATED, "The model's name; in exactly one file", like("shop"));
    private final Key<Map<String, Store>> stores = optional(
            "stores",
            Shapes.named("stores", new StoreShape()),
            "The databases that hold the model, with the physical design of the non-relational ones",
            otherwise("one PostgreSQL store `main` at the newest supported version"),
            like("{main: {engine: postgresql, version: 18}}"));
    private final Key<Map<String, TypeDefinition>> types = optional(
            "types",
            Shapes.named("types", new TypeDefinitionShape()),
            "Named enums and domains",
            like("{task_status: {enum: [open, done]}}"));
    private final Key<Map<String, Entity>> entities = optional(
            "entities",
            Shapes.named("entities", new EntityShape()),
            "Entities, attributes, keys, references, dependencies, indexes",
            like("{User: {attributes: {id: uuid, username: text}, key: [id]}}"));
    private final Key<Map<String, AccessPattern>> patterns = optional(
            "accessPatterns",
            Shapes.named("access patterns", new PatternShape()),
            "Every query the application runs",
            like("{profile-page: {entity: User, find: one, where: [id = :id]}}"));
    private final Key<Map<String, Contract>> contracts = optional(
            "denormalizations",
            Shapes.named("contracts", new ContractShape()),
            "The denormalization contracts",
            like("{user-follower-count: {sync: {by: trigger}}}"));
    private final Key<RulesShape.Decisions> rules =
            optional("rules", new RulesShape(), "Severities and documented exceptions", like("{target: bcnf}"));

    FileShape() {
        super(
                "model",
                "a model",
                "{schema: shop, entities: {Product: {attributes: {id: uuid, name: text}, key: [id]}}}");
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
