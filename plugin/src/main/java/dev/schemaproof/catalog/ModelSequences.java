package dev.schemaproof.catalog;

import dev.schemaproof.analysis.relational.UsedSequences;
import dev.schemaproof.analysis.sql.ModelSql;
import dev.schemaproof.catalog.CatalogSequence.Counting;
import dev.schemaproof.catalog.CatalogSequence.Owner;
import dev.schemaproof.dialect.postgresql.PostgresDialect;
import dev.schemaproof.dialect.postgresql.PostgresNames;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Grant.Privilege;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.ScalarKind;
import dev.schemaproof.model.SequenceOptions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The sequences that a model asks for, beside those of identity columns. */
final class ModelSequences {

    private static final Map<String, ScalarKind> SERIAL = Map.of(
            "smallserial",
            ScalarKind.SMALLINT,
            "serial2",
            ScalarKind.SMALLINT,
            "serial",
            ScalarKind.INT,
            "serial4",
            ScalarKind.INT,
            "bigserial",
            ScalarKind.BIGINT,
            "serial8",
            ScalarKind.BIGINT);

    private static final PostgresDialect DIALECT = new PostgresDialect();

    private final Model model;
    private final RelationalStore store;
    private final List<Entity> entities;

    ModelSequences(Model model, RelationalStore store) {
        this.model = model;
        this.store = store;
        this.entities = model.entitiesOf(store);
    }

    Map<CatalogName, CatalogSequence> sequences() {
        Map<CatalogName, Map<String, Set<String>>> grants = grants();
        Map<CatalogName, CatalogSequence> sequences = new HashMap<>();
        store.sequences().values().forEach(sequence -> {
            CatalogName name = ModelCatalog.name(sequence.schema(), sequence.name());
            String type = TypeNames.word(sequence.type());
            sequences.put(
                    name,
                    new CatalogSequence(
                            name,
                            type,
                            counting(sequence.options(), type),
                            sequence.ownedBy().flatMap(owner -> owner(owner.value())),
                            new Grants(grants.getOrDefault(name, Map.of())),
                            ModelCatalog.comment(sequence.description())));
        });
        for (Entity entity : entities) {
            for (Attribute attribute : entity.attributes().values()) {
                serial(attribute).ifPresent(kind -> {
                    CatalogName name = serialName(entity, attribute);
                    String type = TypeNames.word(kind);
                    sequences.put(
                            name,
                            new CatalogSequence(
                                    name,
                                    type,
                                    counting(SequenceOptions.unspecified(), type),
                                    Optional.of(new Owner(
                                            ModelCatalog.name(
                                                    entity.relational().schema(), entity.table()),
                                            attribute.column().value())),
                                    new Grants(grants.getOrDefault(name, Map.of())),
                                    Optional.empty()));
                });
            }
        }
        return sequences;
    }

    /** The type that a column has of which PostgreSQL makes the sequence itself. */
    static Optional<ScalarKind> serial(Attribute attribute) {
        var type = attribute.type().value();
        if (attribute.isSerial()) {
            return type instanceof DataType.Scalar scalar
                    ? Optional.of(scalar.kind())
                    : Optional.ofNullable(SERIAL.get(DIALECT.serial(type.toString())));
        }
        return type instanceof DataType.Native words
                ? Optional.ofNullable(SERIAL.get(words.text().strip().toLowerCase(Locale.ROOT)))
                : Optional.empty();
    }

    static CatalogName serialName(Entity entity, Attribute attribute) {
        return new CatalogName(
                entity.relational().schema().map(Located::value),
                PostgresNames.sequence(
                        entity.table().value(), attribute.column().value()));
    }

    private Optional<Owner> owner(String path) {
        int dot = path.indexOf('.');
        return entities.stream()
                .filter(entity -> entity.name().value().equals(path.substring(0, Math.max(dot, 0))))
                .findFirst()
                .map(entity -> new Owner(
                        ModelCatalog.name(entity.relational().schema(), entity.table()),
                        ModelTable.columnName(entity, path.substring(dot + 1))));
    }

    /** Whoever may insert a row may take the numbers that its defaults take. */
    private Map<CatalogName, Map<String, Set<String>>> grants() {
        if (entities.stream().allMatch(entity -> entity.relational().grants().isEmpty())) {
            return Map.of();
        }
        UsedSequences used = new UsedSequences(model, store, ModelSql.of(model));
        Map<CatalogName, Map<String, Set<String>>> grants = new HashMap<>();
        for (Entity entity : entities) {
            entity.relational().grants().stream()
                    .filter(grant -> !ModelCatalog.isOwner(grant.role().value()))
                    .filter(grant -> grant.privileges().stream()
                            .map(permission -> permission.privilege().value())
                            .anyMatch(privilege -> privilege == Privilege.INSERT || privilege == Privilege.ALL))
                    .forEach(grant -> used.of(entity)
                            .forEach(sequence -> grants.computeIfAbsent(
                                            new CatalogName(sequence.schema().map(Located::value), sequence.name()),
                                            name -> new HashMap<>())
                                    .computeIfAbsent(grant.role().value(), role -> new HashSet<>())
                                    .add("usage")));
        }
        return grants;
    }

    /** What the options say, and what PostgreSQL takes where they say nothing. */
    static Counting counting(SequenceOptions options, String type) {
        long increment = options.increment().map(Located::value).orElse(1L);
        long greatest;
        long least;
        if (type.equals(TypeNames.word(ScalarKind.SMALLINT))) {
            greatest = Short.MAX_VALUE;
            least = Short.MIN_VALUE;
        } else if (type.equals(TypeNames.word(ScalarKind.INT))) {
            greatest = Integer.MAX_VALUE;
            least = Integer.MIN_VALUE;
        } else {
            greatest = Long.MAX_VALUE;
            least = Long.MIN_VALUE;
        }
        long minimum = options.minimum().map(Located::value).orElse(increment > 0 ? 1 : least);
        long maximum = options.maximum().map(Located::value).orElse(increment > 0 ? greatest : -1);
        return new Counting(
                options.start().map(Located::value).orElse(increment > 0 ? minimum : maximum),
                increment,
                minimum,
                maximum,
                options.cache().map(Located::value).orElse(1L),
                options.cycle());
    }
}
