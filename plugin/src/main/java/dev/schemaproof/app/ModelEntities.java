package dev.schemaproof.app;

import dev.schemaproof.discover.judge.Claim;
import dev.schemaproof.discover.judge.Claim.Kind;
import dev.schemaproof.discover.judge.ModelLookup;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Dependency;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The entities of a model by the tables that hold their rows, whatever the case and separators of names. */
final class ModelEntities implements ModelLookup {

    private final Model model;

    ModelEntities(Model model) {
        this.model = model;
    }

    @Override
    public Optional<Known> of(String tableName, List<String> columns) {
        var wanted = plain(tableName);
        return model.entities().values().stream()
                .filter(Entity::sound)
                .filter(entity -> plain(entity.table().value()).equals(wanted))
                .findFirst()
                .or(() -> model.entities().values().stream()
                        .filter(Entity::sound)
                        .filter(entity -> plain(entity.name().value()).equals(wanted))
                        .findFirst())
                .map(entity -> known(entity, columns));
    }

    private static Known known(Entity entity, List<String> columns) {
        var byName = new LinkedHashMap<String, String>();
        columns.forEach(column -> byName.putIfAbsent(plain(column), column));
        var columnOf = new LinkedHashMap<String, String>();
        for (var attribute : entity.attributes().values()) {
            column(attribute, byName)
                    .ifPresent(column -> columnOf.put(attribute.name().value(), column));
        }
        var attributeOf = new LinkedHashMap<String, String>();
        columnOf.forEach((attribute, column) -> attributeOf.putIfAbsent(column, attribute));
        return new Known(entity.name().value(), attributeOf, claims(entity, columnOf));
    }

    private static Optional<String> column(Attribute attribute, Map<String, String> byName) {
        return Optional.ofNullable(byName.get(plain(attribute.column().value())))
                .or(() -> Optional.ofNullable(byName.get(plain(attribute.name().value()))));
    }

    private static List<Claim> claims(Entity entity, Map<String, String> columnOf) {
        var claims = new ArrayList<Claim>();
        if (!entity.key().isEmpty()) {
            claims.add(key(Kind.PRIMARY_KEY, "key", entity.keyNames(), columnOf));
        }
        entity.uniques().forEach(unique -> claims.add(key(Kind.UNIQUE, "unique", unique.names(), columnOf)));
        entity.dependencies().stream()
                .filter(dependency -> !dependency.multivalued())
                .forEach(dependency -> claims.add(dependency(dependency, columnOf)));
        return claims;
    }

    private static Claim key(Kind kind, String word, List<String> attributes, Map<String, String> columnOf) {
        return new Claim(
                word + " [" + String.join(", ", attributes) + "]", kind, columns(attributes, columnOf), List.of());
    }

    private static Claim dependency(Dependency dependency, Map<String, String> columnOf) {
        var determinant = dependency.determinant().stream().map(Located::value).toList();
        var dependent = dependency.dependent().stream().map(Located::value).toList();
        return new Claim(
                String.join(", ", determinant) + " -> " + String.join(", ", dependent),
                Kind.DEPENDENCY,
                columns(determinant, columnOf),
                columns(dependent, columnOf));
    }

    /** The columns of attributes; an attribute without one stands for itself, so that it is missed in the data. */
    private static List<String> columns(List<String> attributes, Map<String, String> columnOf) {
        return attributes.stream()
                .map(attribute -> columnOf.getOrDefault(attribute, attribute))
                .toList();
    }

    private static String plain(String name) {
        return name.replaceAll("[_\\- ]", "").toLowerCase(Locale.ROOT);
    }
}
