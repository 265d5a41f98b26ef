package dev.schemaproof.prove.data;

import dev.schemaproof.analysis.BaseTypes;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.index.ColumnWidths;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.Reference;
import dev.schemaproof.model.ScalarKind;
import dev.schemaproof.model.TypeDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The statistics of the full database, as the model declares it; and where it declares nothing, what is usual for the
 * type.
 */
public final class DeclaredStatistics {

    /** The range of moments, in days up to now: of what the planner is told, and of rows that are made up. */
    public static final int DAYS = 1_000;

    private static final int LARGEST_PLAIN_INTEGER = 10_000;
    /** Values up to this many bytes have a header of one, and need no alignment. */
    private static final int SHORT = 127;

    private static final double NULLS_OF_OPTIONAL = 0.2;
    /** A text that nothing is known about: some repeat. */
    private static final double DISTINCT_TEXTS = 0.5;

    private static final Set<ScalarKind> MOMENTS =
            Set.of(ScalarKind.DATE, ScalarKind.TIMESTAMP, ScalarKind.TIMESTAMPTZ);

    private final Model model;
    private final BaseTypes types;
    private final Volume volume;

    /** The statistics at the declared volume. */
    public DeclaredStatistics(Facts facts) {
        this(facts, Volume.DECLARED);
    }

    /** The statistics at another volume: as many rows of each parent, and as many kinds of things, as at the declared one. */
    public DeclaredStatistics(Facts facts, Volume volume) {
        this.model = facts.model();
        this.types = facts.types();
        this.volume = volume;
    }

    private long rows(Entity entity) {
        return volume.rows(entity);
    }

    /** The statistics of an entity's table. */
    public TableStatistics of(Entity entity) {
        return new TableStatistics(
                entity.table().value(),
                rows(entity),
                entity.attributes().values().stream()
                        .map(attribute -> column(entity, attribute))
                        .toList());
    }

    private ColumnStatistics column(Entity entity, Attribute attribute) {
        Map<String, Double> frequent = frequent(attribute);
        double nulls = nulls(entity, attribute);
        double rows = Math.max(1, rows(entity) * (1 - nulls));
        double distinct = Math.max(frequent.size(), Math.min(rows, distinct(entity, attribute, rows)));
        boolean moment = scalar(attribute).filter(MOMENTS::contains).isPresent();
        return new ColumnStatistics(
                attribute.column().value(),
                Math.max(1, distinct),
                nulls,
                ColumnWidths.of(attribute, types),
                alignment(attribute),
                fixed(attribute),
                frequent,
                moment,
                attribute.identity().isPresent()
                        || (moment && attribute.defaultValue().isPresent()));
    }

    /** As in PostgreSQL's catalog of types; texts and the like begin anywhere as long as they are short. */
    private int alignment(Attribute attribute) {
        if (fixed(attribute)) {
            return scalar(attribute)
                    .map(kind -> switch (kind) {
                        case BOOLEAN, UUID -> 1;
                        case SMALLINT -> 2;
                        case BIGINT, DOUBLE, TIME, TIMESTAMP, TIMESTAMPTZ, INTERVAL -> 8;
                        default -> 4;
                    })
                    .orElse(4);
        }
        return ColumnWidths.of(attribute, types) <= SHORT ? 1 : 4;
    }

    /** Enums and the types that are not as long as their text. */
    private boolean fixed(Attribute attribute) {
        DataType type = base(attribute.type().value());
        return type instanceof DataType.Named
                || type instanceof DataType.Scalar scalar
                        && switch (scalar.kind()) {
                            case TEXT, JSON, BYTES, INET -> false;
                            default -> true;
                        };
    }

    private static double nulls(Entity entity, Attribute attribute) {
        boolean optional = attribute.optional()
                && !entity.keyNames().contains(attribute.name().value());
        return optional ? attribute.values().nulls().orElse(NULLS_OF_OPTIONAL) : 0;
    }

    private double distinct(Entity entity, Attribute attribute, double rows) {
        String name = attribute.name().value();
        if (attribute.values().distinct().isPresent()) {
            // Where there are more rows, more parents are referred to; a status has no more values
            return attribute.values().distinct().getAsLong()
                    * (refersToWhatGrows(entity, name) ? volume.share(entity) : 1);
        }
        boolean unique = entity.keyNames().equals(List.of(name))
                || entity.uniques().stream().anyMatch(key -> key.names().equals(List.of(name)))
                || attribute.identity().isPresent();
        if (unique) {
            return rows;
        }
        return entity.references().values().stream()
                .filter(reference -> reference.names().contains(name))
                .mapToDouble(reference -> parents(entity, reference, name))
                .min()
                .orElseGet(() -> usualDistinct(attribute, rows));
    }

    private boolean refersToWhatGrows(Entity entity, String name) {
        return entity.references().values().stream()
                .filter(reference -> reference.names().contains(name))
                .flatMap(reference -> model.entity(reference.entity().value()).stream())
                .anyMatch(parent -> !parent.small());
    }

    /** How many different values of the other entity's key attribute are referred to. */
    private double parents(Entity entity, Reference reference, String name) {
        Optional<Entity> parent = model.entity(reference.entity().value());
        double referred = parent.map(Entity::expectedRows).orElse(Entity.ASSUMED_ROWS);
        if (reference.perParent().isPresent()) {
            referred = Math.min(
                    referred,
                    entity.expectedRows()
                            / (double) Math.max(1, reference.perParent().getAsLong()));
        }
        if (parent.filter(Entity::small).isEmpty()) {
            // As many rows of each parent, however many rows there are
            referred = Math.min(
                    referred * volume.share(entity), parent.map(this::rows).orElse(Entity.ASSUMED_ROWS));
        }
        int position = reference.names().indexOf(name);
        if (parent.isEmpty()
                || reference.names().size() == 1
                || position >= parent.get().key().size()) {
            return referred;
        }
        // One part of a key of several: as many as the other entity has of it, unless that leads back here
        return parent.get()
                .attribute(parent.get().keyNames().get(position))
                .flatMap(part -> part.values().distinct().stream().boxed().findFirst())
                .map(Long::doubleValue)
                .orElse(referred);
    }

    private double usualDistinct(Attribute attribute, double rows) {
        if (!attribute.values().skew().isEmpty()) {
            double rest = 1
                    - attribute.values().skew().values().stream()
                            .mapToDouble(share -> share)
                            .sum();
            return attribute.values().skew().size() + (rest > 0.001 ? Math.max(1, rest * rows / 2) : 0);
        }
        DataType type = base(attribute.type().value());
        if (type instanceof DataType.Named named
                && model.types().get(named.name()) instanceof TypeDefinition.Enumeration enumeration) {
            return enumeration.labels().size();
        }
        if (type instanceof DataType.Scalar scalar) {
            return switch (scalar.kind()) {
                case BOOLEAN -> 2;
                case SMALLINT, INT, BIGINT -> LARGEST_PLAIN_INTEGER;
                case DATE -> DAYS;
                case TEXT -> rows * DISTINCT_TEXTS;
                default -> rows;
            };
        }
        if (type instanceof DataType.Decimal) {
            return LARGEST_PLAIN_INTEGER;
        }
        return rows * DISTINCT_TEXTS;
    }

    /** The declared shares, or equal ones of a type with few values. */
    private Map<String, Double> frequent(Attribute attribute) {
        Map<String, Double> shares = new LinkedHashMap<>();
        if (!attribute.values().skew().isEmpty()) {
            attribute.values().skew().entrySet().stream()
                    .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                    .forEach(entry -> shares.put(entry.getKey(), entry.getValue()));
            return shares;
        }
        if (attribute.values().distinct().isPresent()) {
            return shares;
        }
        DataType type = base(attribute.type().value());
        if (type instanceof DataType.Named named
                && model.types().get(named.name()) instanceof TypeDefinition.Enumeration enumeration) {
            enumeration
                    .labels()
                    .forEach(label ->
                            shares.put(label.value(), 1.0 / enumeration.labels().size()));
        } else if (scalar(attribute).filter(ScalarKind.BOOLEAN::equals).isPresent()) {
            shares.put("false", 0.5);
            shares.put("true", 0.5);
        }
        return shares;
    }

    private Optional<ScalarKind> scalar(Attribute attribute) {
        return base(attribute.type().value()) instanceof DataType.Scalar scalar
                ? Optional.of(scalar.kind())
                : Optional.empty();
    }

    private DataType base(DataType type) {
        return types.of(type);
    }
}
