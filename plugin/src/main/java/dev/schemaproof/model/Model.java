package dev.schemaproof.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A whole model, merged from all its files. Maps keep the order of declaration.
 *
 * @param name the key {@code schema}
 * @param stores the databases that hold it, by name; never empty
 * @param types named enums and domains, by name
 * @param entities by name
 * @param patterns access patterns, by name
 * @param contracts denormalization contracts, by name
 * @param rules severities and documented exceptions
 */
public record Model(
        Located<String> name,
        Map<String, Store> stores,
        Map<String, TypeDefinition> types,
        Map<String, Entity> entities,
        Map<String, AccessPattern> patterns,
        Map<String, Contract> contracts,
        RuleSettings rules) {

    public Model {
        stores = Copies.ordered(stores);
        types = Copies.ordered(types);
        entities = Copies.ordered(entities);
        patterns = Copies.ordered(patterns);
        contracts = Copies.ordered(contracts);
    }

    public Optional<Entity> entity(String entityName) {
        return Optional.ofNullable(entities.get(entityName));
    }

    public Optional<AccessPattern> pattern(String patternName) {
        return Optional.ofNullable(patterns.get(patternName));
    }

    public Optional<Store> store(String storeName) {
        return Optional.ofNullable(stores.get(storeName));
    }

    /** The relational store that holds every entity which names none, if the model has one. */
    public Optional<RelationalStore> relationalStore() {
        for (var store : stores.values()) {
            if (store instanceof RelationalStore relational) {
                return Optional.of(relational);
            }
        }
        return Optional.empty();
    }

    /** The relational stores, in order of declaration. */
    public Stream<RelationalStore> relationalStores() {
        return stores.values().stream()
                .filter(RelationalStore.class::isInstance)
                .map(RelationalStore.class::cast);
    }

    /** The key-value stores, in order of declaration. */
    public Stream<KeyValueStore> keyValueStores() {
        return stores.values().stream().filter(KeyValueStore.class::isInstance).map(KeyValueStore.class::cast);
    }

    /** The store that holds the entity's records of truth: the one it names, else the first relational one, else the first. */
    public Store storeOf(Entity entity) {
        var named = entity.store().map(name -> stores.get(name.value()));
        return named.isPresent() ? named.get() : mainStore();
    }

    /** The entities whose records of truth the store holds. */
    public List<Entity> entitiesOf(Store store) {
        return entities.values().stream()
                .filter(entity ->
                        storeOf(entity).name().value().equals(store.name().value()))
                .toList();
    }

    /** The store that answers the pattern: the one it names, else its entity's, else the first relational one. */
    public Store storeOf(AccessPattern pattern) {
        return pattern.header()
                .store()
                .flatMap(named -> store(named.value()))
                .or(() -> pattern.entityName().flatMap(this::entity).map(this::storeOf))
                .orElseGet(this::mainStore);
    }

    /** The store that counts where none is named: the first relational one, else the first. */
    public Store mainStore() {
        for (var store : stores.values()) {
            if (store instanceof RelationalStore) {
                return store;
            }
        }
        return stores.values().iterator().next();
    }
}
