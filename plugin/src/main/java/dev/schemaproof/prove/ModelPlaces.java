package dev.schemaproof.prove;

import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
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

    private static Optional<Location> within(Entity entity, String name) {
        Stream<Location> attributes = entity.attributes().values().stream()
                .filter(attribute -> attribute.column().value().equals(name))
                .map(Attribute::name)
                .map(located -> located.at());
        Stream<Location> indexes = Optional.ofNullable(entity.indexes().get(name)).stream()
                .map(index -> index.name().at());
        Stream<Location> checks = Optional.ofNullable(entity.checks().get(name)).stream()
                .map(check -> check.name().at());
        Stream<Location> uniques = entity.uniques().stream()
                .filter(unique -> unique.name()
                        .filter(found -> found.value().equals(name))
                        .isPresent())
                .map(unique -> unique.at());
        return Stream.of(attributes, indexes, checks, uniques)
                .flatMap(places -> places)
                .findFirst();
    }
}
