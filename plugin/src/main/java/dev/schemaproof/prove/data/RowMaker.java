package dev.schemaproof.prove.data;

import dev.schemaproof.dialect.postgresql.PostgresDialect;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Reference;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes up rows of one entity. The same random numbers give the same rows.
 *
 * <p>Safe for use by several threads.
 */
public final class RowMaker {

    private static final PostgresDialect SQL = new PostgresDialect();
    private static final double NULLS = 0.2;

    private final Entity entity;
    private final Map<String, ValueMaker> makers;
    /** The references that lead to an entity of the same database, with it. */
    private final Map<Reference, Entity> parents;

    RowMaker(Entity entity, Map<String, ValueMaker> makers, Map<Reference, Entity> parents) {
        this.entity = entity;
        this.makers = Map.copyOf(makers);
        this.parents = new LinkedHashMap<>(parents);
    }

    /** The entity. */
    public Entity entity() {
        return entity;
    }

    /** The attributes that rows have values for, in order. */
    public List<Attribute> attributes() {
        return entity.attributes().values().stream()
                .filter(attribute -> makers.containsKey(attribute.name().value()))
                .toList();
    }

    /**
     * A row.
     *
     * @param serial different for every row of the entity
     * @param attempt how many rows were refused before: the more, the less usual are the values
     * @param population the rows that can be referred to
     * @param chosen the key to refer to, by role; others are drawn
     * @return nothing when a required reference has no row to lead to
     */
    public Optional<Row> draw(
            SplittableRandom random,
            long serial,
            int attempt,
            Population population,
            Map<String, List<String>> chosen) {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        attributes().forEach(attribute -> values.put(attribute.name().value(), null));
        Map<String, String> referring = new LinkedHashMap<>();
        List<Reference> toItself = new ArrayList<>();
        // What was chosen comes first: the others have to agree with it where they share attributes
        List<Map.Entry<Reference, Entity>> ordered = parents.entrySet().stream()
                .sorted(Comparator.comparing(
                        parent -> !chosen.containsKey(parent.getKey().role().value())))
                .toList();
        for (Map.Entry<Reference, Entity> parent : ordered) {
            Reference reference = parent.getKey();
            Optional<List<String>> key = Optional.ofNullable(
                            chosen.get(reference.role().value()))
                    .or(() -> parentKey(random, reference, parent.getValue(), population, referring));
            if (key.isPresent()) {
                for (int i = 0; i < reference.names().size(); i++) {
                    referring.put(reference.names().get(i), key.get().get(i));
                }
            } else if (required(reference)) {
                if (!parent.getValue().equals(entity)) {
                    return Optional.empty();
                }
                toItself.add(reference);
            }
        }
        for (Attribute attribute : attributes()) {
            String name = attribute.name().value();
            if (referring.containsKey(name)) {
                values.put(name, referring.get(name));
            } else if (!refers(name) || (!optional(attribute) && !inOneOf(toItself, name))) {
                values.put(name, value(attribute, random, serial, attempt));
            }
        }
        for (Reference reference : toItself) {
            for (int i = 0; i < reference.names().size(); i++) {
                values.put(
                        reference.names().get(i),
                        values.get(reference.referredNames(entity).get(i)));
            }
        }
        return Optional.of(new Row(entity, values));
    }

    /**
     * The row with other values in those attributes that the database's refusal is about.
     *
     * @return nothing when the refusal is about a reference, or about what is not known: then the whole is to be drawn anew
     */
    Optional<Row> redraw(Row row, SQLException refusal, SplittableRandom random, long serial, int attempt) {
        Set<String> guilty = Refusals.attributes(entity, refusal);
        if (guilty.isEmpty() || guilty.stream().anyMatch(this::refers)) {
            return Optional.empty();
        }
        Map<String, @Nullable String> values = new LinkedHashMap<>(row.values());
        for (Attribute attribute : attributes()) {
            if (guilty.contains(attribute.name().value())) {
                values.put(attribute.name().value(), value(attribute, random, serial, attempt));
            }
        }
        return Optional.of(new Row(entity, values));
    }

    /** The key of a row to come, if neither the database nor another row gives it. */
    Optional<List<String>> key(SplittableRandom random, long serial) {
        List<String> key = new ArrayList<>();
        for (String name : entity.keyNames()) {
            if (refers(name) || !makers.containsKey(name)) {
                return Optional.empty();
            }
            key.add(makers.get(name).draw(random, serial, 0));
        }
        return key.isEmpty() ? Optional.empty() : Optional.of(key);
    }

    /** A new value for one attribute, null now and then where it is optional. */
    public @Nullable String value(Attribute attribute, SplittableRandom random, long serial, int attempt) {
        ValueMaker maker = makers.get(attribute.name().value());
        if (maker == null
                || (optional(attribute)
                        && random.nextDouble() < attribute.values().nulls().orElse(NULLS))) {
            return null;
        }
        return maker.draw(random, serial, attempt);
    }

    /**
     * Inserts rows whose values are bound in order: {@code INSERT INTO t (a, b) VALUES (?::int, ?::text)}.
     *
     * @param rows how many with one statement
     */
    public String insert(int rows) {
        List<Attribute> attributes = attributes();
        if (attributes.isEmpty()) {
            return "INSERT INTO " + SQL.table(entity) + " DEFAULT VALUES";
        }
        String columns = attributes.stream()
                .map(attribute -> SQL.identifier(attribute.column().value()))
                .collect(Collectors.joining(", "));
        String values = attributes.stream().map(RowMaker::placeholder).collect(Collectors.joining(", ", "(", ")"));
        return "INSERT INTO " + SQL.table(entity) + " (" + columns + ") VALUES "
                + String.join(", ", Collections.nCopies(rows, values));
    }

    /**
     * A placeholder for a value of the attribute, which is bound as text: {@code ?::uuid}. Where it stands, PostgreSQL takes
     * its type from the column; a type that the model names may be in any SQL schema, and is left to that.
     */
    public static String placeholder(Attribute attribute) {
        DataType type = attribute.type().value();
        while (type instanceof DataType.Array array) {
            type = array.element();
        }
        return type instanceof DataType.Named
                ? "?"
                : "?::" + SQL.type(attribute.type().value());
    }

    private Optional<List<String>> parentKey(
            SplittableRandom random,
            Reference reference,
            Entity parent,
            Population population,
            Map<String, String> referring) {
        if (!required(reference) && random.nextDouble() < NULLS) {
            return Optional.empty();
        }
        List<String> names = reference.names();
        List<List<String>> fitting = population.valuesOf(parent, reference.referredNames(parent)).stream()
                .filter(key -> {
                    for (int i = 0; i < names.size(); i++) {
                        String already = referring.get(names.get(i));
                        if (already != null && !already.equals(key.get(i))) {
                            return false;
                        }
                    }
                    return true;
                })
                .toList();
        return fitting.isEmpty() ? Optional.empty() : Optional.of(fitting.get(random.nextInt(fitting.size())));
    }

    private boolean required(Reference reference) {
        return reference.names().stream()
                .allMatch(name -> entity.attribute(name)
                        .filter(attribute -> !optional(attribute))
                        .isPresent());
    }

    private boolean refers(String attribute) {
        return inOneOf(parents.keySet(), attribute);
    }

    private static boolean inOneOf(Iterable<Reference> references, String attribute) {
        for (Reference reference : references) {
            if (reference.names().contains(attribute)) {
                return true;
            }
        }
        return false;
    }

    private boolean optional(Attribute attribute) {
        return attribute.optional()
                && !entity.keyNames().contains(attribute.name().value());
    }
}
