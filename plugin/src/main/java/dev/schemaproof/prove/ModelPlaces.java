package dev.schemaproof.prove;

import dev.schemaproof.analysis.relational.RelationalNames;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.dialect.postgresql.PostgresNames;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.Partitioning;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.RelationalTable;
import dev.schemaproof.model.UniqueKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the place of the model from which something in the database comes. */
final class ModelPlaces {

    private ModelPlaces() {}

    /**
     * The narrowest place that the names lead to.
     *
     * @param table a table's name
     * @param element a column, index, constraint or type
     */
    static Optional<Location> of(Model model, List<Entity> entities, Optional<String> table, Optional<String> element) {
        Optional<Entity> entity = table.flatMap(name -> entities.stream()
                .filter(candidate -> candidate.table().value().equals(name))
                .findFirst());
        if (entity.isPresent()) {
            Optional<Location> within = element.flatMap(name -> within(entity.orElseThrow(), name));
            return within.or(() -> entity.map(found -> found.table().at()));
        }
        return element.flatMap(name -> Optional.ofNullable(model.types().get(name))
                .map(type -> type.name().at())
                .or(() -> entities.stream()
                        .flatMap(candidate -> within(candidate, name).stream())
                        .findFirst()));
    }

    /** Where the store says something of that name, beside its entities. */
    static Optional<Location> ofStore(RelationalStore store, String name) {
        return Stream.of(
                        Optional.ofNullable(store.sequences().get(name)).map(RelationalStore.Sequence::name),
                        Optional.ofNullable(store.schemas().get(name)).map(RelationalStore.SqlSchema::name),
                        Optional.ofNullable(store.extensions().get(name)).map(RelationalStore.Extension::name),
                        Optional.ofNullable(store.roles().get(name)).map(RelationalStore.Role::name))
                .flatMap(Optional::stream)
                .map(Located::at)
                .findFirst();
    }

    /** Where the entity says something of that name in the database. */
    static Optional<Location> within(Entity entity, String name) {
        Stream<Location> attributes = entity.attributes().values().stream()
                .filter(attribute -> attribute.column().value().equals(name)
                        || attribute.check().isPresent()
                                && PostgresNames.check(
                                                entity.table().value(),
                                                attribute.column().value())
                                        .equals(name))
                .map(Attribute::name)
                .map(Located::at);
        Stream<Location> indexes = Optional.ofNullable(entity.indexes().get(name)).stream()
                .map(index -> index.name().at());
        Stream<Location> checks = Optional.ofNullable(entity.checks().get(name)).stream()
                .map(check -> check.name().at());
        Stream<Location> uniques = entity.uniques().stream()
                .filter(unique -> RelationalNames.uniqueName(entity, unique).equals(name))
                .map(UniqueKey::at);
        Stream<Location> references = entity.references().values().stream()
                .filter(reference ->
                        RelationalNames.foreignKeyName(entity, reference).equals(name))
                .map(reference -> reference.role().at());
        return Stream.of(attributes, indexes, checks, uniques, references, ofTable(entity.relational(), name))
                .flatMap(places -> places)
                .findFirst();
    }

    private static Stream<Location> ofTable(RelationalTable table, String name) {
        Stream<Location> exclusions = Optional.ofNullable(table.exclusions().get(name)).stream()
                .map(exclusion -> exclusion.name().at());
        Stream<Location> policies =
                table
                        .rowSecurity()
                        .flatMap(security ->
                                Optional.ofNullable(security.policies().get(name)))
                        .stream()
                        .map(policy -> policy.name().at());
        Stream<Location> partitions =
                table.partitioning().stream().flatMap(division -> partition(division, name).stream());
        return Stream.of(exclusions, policies, partitions).flatMap(places -> places);
    }

    private static Optional<Location> partition(Partitioning division, String name) {
        return Optional.ofNullable(division.partitions().get(name))
                .map(partition -> partition.name().at())
                .or(() -> division.partitions().values().stream()
                        .flatMap(partition -> partition.partitioning().stream())
                        .flatMap(inner -> partition(inner, name).stream())
                        .findFirst());
    }
}
