package dev.schemaproof.analysis.cure;

import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Check;
import dev.schemaproof.model.Dependency;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Exclusion;
import dev.schemaproof.model.Grant;
import dev.schemaproof.model.Independence;
import dev.schemaproof.model.Index;
import dev.schemaproof.model.KeyDesign;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Reference;
import dev.schemaproof.model.RelationalTable;
import dev.schemaproof.model.UniqueKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** An entity in the making. */
final class Draft {

    private final Located<String> name;
    private final Optional<String> description;
    private final RelationalTable relational;
    private final Optional<Located<String>> store;
    private final OptionalLong rows;
    final Map<String, Attribute> attributes = new LinkedHashMap<>();
    final List<Located<String>> key = new ArrayList<>();
    final List<UniqueKey> uniques = new ArrayList<>();
    final Map<String, Reference> references = new LinkedHashMap<>();
    final Map<String, Check> checks = new LinkedHashMap<>();
    final Map<String, Exclusion> exclusions = new LinkedHashMap<>();
    final Map<String, Index> indexes = new LinkedHashMap<>();
    final List<Dependency> dependencies = new ArrayList<>();
    final List<Independence> independences = new ArrayList<>();

    /** An entity that stays, with all that it has. */
    Draft(Entity entity) {
        this(entity.name(), entity.description(), entity.relational(), entity.store(), entity.rows());
        attributes.putAll(entity.attributes());
        key.addAll(entity.key());
        uniques.addAll(entity.uniques());
        references.putAll(entity.references());
        checks.putAll(entity.checks());
        exclusions.putAll(entity.relational().exclusions());
        indexes.putAll(entity.indexes());
        dependencies.addAll(entity.dependencies());
        independences.addAll(entity.independences());
    }

    private Draft(
            Located<String> name,
            Optional<String> description,
            RelationalTable relational,
            Optional<Located<String>> store,
            OptionalLong rows) {
        this.name = name;
        this.description = description;
        this.relational = relational;
        this.store = store;
        this.rows = rows;
    }

    /**
     * A new entity beside another: in its store and SQL schema, for the roles that may use its whole table.
     *
     * @param table its table's name
     */
    static Draft beside(Entity entity, String name, String table, OptionalLong rows) {
        var origin = entity.name().at();
        var like = entity.relational();
        return new Draft(
                new Located<>(name, origin),
                Optional.empty(),
                new RelationalTable(
                        new Located<>(table, origin),
                        like.schema(),
                        Optional.empty(),
                        KeyDesign.plain(),
                        Optional.empty(),
                        Map.of(),
                        like.unlogged(),
                        Map.of(),
                        like.grants().stream()
                                .map(grant -> new Grant(
                                        grant.role(),
                                        grant.privileges().stream()
                                                .filter(permission ->
                                                        permission.attributes().isEmpty())
                                                .toList()))
                                .filter(grant -> !grant.privileges().isEmpty())
                                .toList(),
                        Optional.empty()),
                entity.store(),
                rows);
    }

    String entityName() {
        return name.value();
    }

    Located<String> named(String element) {
        return new Located<>(element, name.at());
    }

    List<Located<String>> named(List<String> elements) {
        return elements.stream().map(this::named).toList();
    }

    Entity entity() {
        return new Entity(
                name,
                description,
                new RelationalTable(
                        relational.name(),
                        relational.schema(),
                        relational.primaryKey(),
                        relational.keyDesign(),
                        relational.partitioning(),
                        exclusions,
                        relational.unlogged(),
                        relational.storage(),
                        relational.grants(),
                        relational.rowSecurity()),
                store,
                rows,
                attributes,
                key,
                uniques,
                references,
                checks,
                indexes,
                dependencies,
                independences,
                true);
    }
}
