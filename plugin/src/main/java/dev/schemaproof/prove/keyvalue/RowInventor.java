package dev.schemaproof.prove.keyvalue;

import dev.schemaproof.analysis.keyvalue.AttributePath;
import dev.schemaproof.analysis.keyvalue.ItemDesign;
import dev.schemaproof.analysis.keyvalue.KeyFormat;
import dev.schemaproof.analysis.keyvalue.KeyTemplate;
import dev.schemaproof.analysis.keyvalue.KeyTemplate.Part;
import dev.schemaproof.analysis.keyvalue.Paths;
import dev.schemaproof.analysis.keyvalue.ResolvedPath;
import dev.schemaproof.analysis.keyvalue.TableDesign;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Condition;
import dev.schemaproof.model.Condition.Operand;
import dev.schemaproof.model.Derivation;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.Reference;
import dev.schemaproof.prove.data.NoRowsException;
import dev.schemaproof.prove.data.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes up rows for the entities of a store and for all that they refer to: few parents, so that children meet in their partitions, and
 * values that break layouts. They honour keys, references, and the forms that checks give to texts. The same seed gives the same rows.
 */
final class RowInventor {

    private static final KeyFormat PLAIN = new KeyFormat.Plain();
    private static final int ATTEMPTS = 60;
    private static final double ABSENT = 0.2;
    /** An entity that others refer to gets one row where these get so many. */
    private static final int ROWS_A_PARENT = 4;

    private final Model model;
    private final Paths paths;
    private final SplittableRandom random;
    private final Map<String, ValueInventor> values = new HashMap<>();
    private final List<Entity> entities;
    private final List<TableDesign> tables;
    private int serial;

    RowInventor(Model model, Paths paths, List<TableDesign> tables, long seed) {
        this.model = model;
        this.paths = paths;
        this.tables = List.copyOf(tables);
        this.random = new SplittableRandom(seed);
        var ordered = new LinkedHashSet<Entity>();
        tables.stream()
                .flatMap(table -> table.items().stream())
                .forEach(item -> reach(item.entity(), ordered, new HashSet<>()));
        this.entities = List.copyOf(ordered);
    }

    /** What an entity refers to comes before it, as far as they don't refer to each other. */
    private void reach(Entity entity, Set<Entity> ordered, Set<Entity> open) {
        if (!ordered.contains(entity) && open.add(entity)) {
            entity.references().values().stream()
                    .flatMap(reference -> target(reference).stream())
                    .forEach(parent -> reach(parent, ordered, open));
            ordered.add(entity);
        }
    }

    private Optional<Entity> target(Reference reference) {
        return model.entity(reference.entity().value()).filter(Entity::sound);
    }

    /**
     * Rows of every entity.
     *
     * @param count how many of an entity, where its keys allow so many; fewer of those that are referred to
     * @throws NoRowsException when an entity stays empty
     */
    RowSet rows(int count) throws NoRowsException {
        var rows = RowSet.of(model, List.of());
        for (var entity : entities) {
            var wanted = referred(entity) ? Math.max(2, count / ROWS_A_PARENT) : count;
            for (var i = 0; i < wanted; i++) {
                var row = row(entity, rows);
                if (row.isPresent()) {
                    rows = rows.with(row.get());
                } else if (i == 0) {
                    throw new NoRowsException(
                            entity.name().value(), "no row of `" + entity.name() + "` could be made up");
                }
            }
        }
        return closed(rows);
    }

    private boolean referred(Entity entity) {
        return entities.stream()
                .filter(other -> !other.equals(entity))
                .flatMap(other -> other.references().values().stream())
                .anyMatch(reference ->
                        reference.entity().value().equals(entity.name().value()));
    }

    /** Another row of an entity, with a key of its own. */
    Optional<Row> row(Entity entity, RowSet rows) {
        for (var i = 0; i < ATTEMPTS; i++) {
            var row = draw(entity, rows, i > ATTEMPTS / 3);
            if (row.isPresent() && unique(row.get(), rows)) {
                return row;
            }
        }
        return Optional.empty();
    }

    private Optional<Row> draw(Entity entity, RowSet rows, boolean fresh) {
        serial++;
        var row = new LinkedHashMap<String, @Nullable String>();
        entity.attributes().keySet().forEach(name -> row.put(name, null));
        var referring = new HashSet<String>();
        for (var reference : entity.references().values()) {
            var target = target(reference);
            var names = reference.names();
            if (target.isEmpty() || optional(entity, names) && random.nextDouble() < ABSENT) {
                referring.addAll(target.isEmpty() ? List.of() : names);
                continue;
            }
            var parent = parent(rows.of(target.get()), reference.referredNames(target.get()), names, row);
            for (var i = 0; parent.isPresent() && i < names.size(); i++) {
                row.put(names.get(i), parent.get().get(i));
            }
            if (parent.isPresent() || optional(entity, names)) {
                referring.addAll(names);
            }
        }
        for (var attribute : entity.attributes().values()) {
            var name = attribute.name().value();
            if (!referring.contains(name)) {
                row.put(name, value(entity, attribute, fresh));
            }
        }
        return Optional.of(derived(new Row(entity, row), rows));
    }

    private static boolean optional(Entity entity, List<String> names) {
        return names.stream()
                .anyMatch(name -> mayBeAbsent(entity, entity.attribute(name).orElseThrow()));
    }

    private static boolean mayBeAbsent(Entity entity, Attribute attribute) {
        return attribute.optional()
                && !entity.keyNames().contains(attribute.name().value());
    }

    /** The values of a row that is referred to; the first ones more often, and such as agree with what is known already. */
    private Optional<List<String>> parent(
            List<Row> parents, List<String> referred, List<String> names, Map<String, @Nullable String> known) {
        var fitting = new ArrayList<List<String>>();
        for (var parent : parents) {
            var values = referred.stream().map(parent.values()::get).toList();
            var agrees = true;
            for (var i = 0; i < names.size(); i++) {
                var already = known.get(names.get(i));
                agrees &= values.get(i) != null && (already == null || already.equals(values.get(i)));
            }
            if (agrees) {
                fitting.add(values);
            }
        }
        if (fitting.isEmpty()) {
            return Optional.empty();
        }
        var bound = random.nextBoolean() ? Math.min(2, fitting.size()) : fitting.size();
        return Optional.of(fitting.get(random.nextInt(bound)));
    }

    private @Nullable String value(Entity entity, Attribute attribute, boolean fresh) {
        if (mayBeAbsent(entity, attribute) && random.nextDouble() < ABSENT) {
            return null;
        }
        var inventor = inventor(entity, attribute);
        return fresh ? inventor.fresh(random, serial) : inventor.any(random);
    }

    /** A copy that the model says to be kept has the value of its source. */
    private Row derived(Row row, RowSet rows) {
        var result = row;
        for (var contract : model.contracts().values()) {
            var duplicates = contract.duplicates();
            var into = duplicates
                    .flatMap(what -> what.into())
                    .filter(target ->
                            target.entity().value().equals(row.entity().name().value()));
            var from = duplicates.flatMap(what -> what.from());
            if (into.isPresent()
                    && from.isPresent()
                    && from.get().value() instanceof Derivation.Copy copy
                    && into.get().attribute().isPresent()
                    && row.values().containsKey(into.get().attribute().get().value())) {
                var values = new LinkedHashMap<String, @Nullable String>(result.values());
                values.put(
                        into.get().attribute().get().value(),
                        rows.value(row, AttributePath.of(copy.path().value())).orElse(null));
                result = new Row(row.entity(), values);
            }
        }
        return result;
    }

    /** Whether no other row has the key or one of the unique combinations. */
    boolean unique(Row row, RowSet rows) {
        var entity = row.entity();
        var keys = Stream.concat(
                        Stream.of(entity.keyNames()), entity.uniques().stream().map(unique -> unique.names()))
                .filter(names -> !names.isEmpty())
                .toList();
        return keys.stream()
                .allMatch(names -> names.stream().anyMatch(name -> row.values().get(name) == null)
                        || rows.of(entity).stream()
                                .noneMatch(other -> names.stream()
                                        .allMatch(name -> Objects.equals(
                                                row.values().get(name),
                                                other.values().get(name)))));
    }

    /** What must refer to an entity that came later, does so now. */
    private RowSet closed(RowSet rows) {
        var all = new ArrayList<Row>();
        for (var row : rows.all()) {
            var values = new LinkedHashMap<String, @Nullable String>(row.values());
            for (var reference : row.entity().references().values()) {
                var names = reference.names();
                var target = target(reference);
                var open = target.isPresent()
                        && row.entity().keyNames().stream().noneMatch(names::contains)
                        && !optional(row.entity(), names)
                        && rows.of(target.get()).stream()
                                .noneMatch(parent -> agrees(parent, reference.referredNames(target.get()), row, names));
                if (open) {
                    parent(rows.of(target.get()), reference.referredNames(target.get()), names, Map.of())
                            .ifPresent(parent -> {
                                for (var i = 0; i < names.size(); i++) {
                                    values.put(names.get(i), parent.get(i));
                                }
                            });
                }
            }
            all.add(new Row(row.entity(), values));
        }
        return RowSet.of(model, all);
    }

    private static boolean agrees(Row parent, List<String> referred, Row row, List<String> names) {
        for (var i = 0; i < names.size(); i++) {
            if (!Objects.equals(
                    parent.values().get(referred.get(i)), row.values().get(names.get(i)))) {
                return false;
            }
        }
        return true;
    }

    /** What makes values of the attribute at the end of a path. */
    ValueInventor inventor(ResolvedPath path) {
        return inventor(path.owner(), path.attribute());
    }

    private ValueInventor inventor(Entity entity, Attribute attribute) {
        var name = entity.name() + "." + attribute.name();
        return values.computeIfAbsent(name, unseen -> {
            var path = paths.find(entity, attribute.name().value()).orElseThrow();
            return new ValueInventor(path.type(), use(path), new SplittableRandom(name.hashCode()));
        });
    }

    private ValueInventor.Use use(ResolvedPath path) {
        var inKey = false;
        var places = 0;
        var seconds = false;
        var words = new LinkedHashSet<String>();
        for (var item : tables.stream().flatMap(table -> table.items().stream()).toList()) {
            for (var template : item.templates()) {
                template.parts().stream()
                        .filter(Part.Literal.class::isInstance)
                        .forEach(part -> words.add(((Part.Literal) part).text()));
                for (var variable : variables(template, path)) {
                    inKey = true;
                    places = variable.format() instanceof KeyFormat.Padded padded
                            ? places == 0 ? padded.places() : Math.min(places, padded.places())
                            : places;
                }
            }
            seconds |= storedAsSeconds(item, path);
        }
        return new ValueInventor.Use(inKey, places, seconds, words, compared(path));
    }

    /** The values, written out in patterns, with which the attribute is compared. */
    private Set<String> compared(ResolvedPath path) {
        var values = new LinkedHashSet<String>();
        for (var pattern : model.patterns().values()) {
            var conditions = pattern instanceof AccessPattern.Read read
                    ? read.where()
                    : pattern instanceof AccessPattern.Write write ? write.where() : List.<Condition>of();
            var entity = pattern.entityName().flatMap(model::entity).filter(Entity::sound);
            for (var condition : conditions) {
                entity.flatMap(found -> paths.find(found, condition.attribute().value()))
                        .filter(found -> same(found, path))
                        .ifPresent(found -> condition.operands().stream()
                                .flatMap(operand -> text(operand).stream())
                                .flatMap(text -> PLAIN.write(path.type(), text).stream())
                                .forEach(values::add));
            }
        }
        return values;
    }

    private static Optional<String> text(Operand operand) {
        return operand instanceof Operand.Text text
                ? Optional.of(text.value())
                : operand instanceof Operand.Plain plain ? Optional.of(plain.value()) : Optional.empty();
    }

    /** The variables that write the attribute, or one that refers to it and so has its values. */
    private List<Part.Variable> variables(KeyTemplate template, ResolvedPath path) {
        return template.variables().stream()
                .filter(variable -> same(variable.path(), path)
                        || refers(
                                variable.path().owner(),
                                variable.path().attribute().name().value(),
                                path,
                                new HashSet<>()))
                .toList();
    }

    private boolean refers(Entity owner, String name, ResolvedPath path, Set<String> seen) {
        for (var reference : owner.references().values()) {
            var target = target(reference);
            var index = reference.names().indexOf(name);
            if (target.isEmpty() || index < 0 || !seen.add(owner.name() + "." + reference.role())) {
                continue;
            }
            var referred = reference.referredNames(target.get());
            if (index < referred.size()
                    && (target.get().equals(path.owner())
                                    && referred.get(index)
                                            .equals(path.attribute().name().value())
                            || refers(target.get(), referred.get(index), path, seen))) {
                return true;
            }
        }
        return false;
    }

    private static boolean same(ResolvedPath left, ResolvedPath right) {
        return left.owner().equals(right.owner()) && left.attribute().equals(right.attribute());
    }

    private static boolean storedAsSeconds(ItemDesign item, ResolvedPath path) {
        return item.stored().values().stream()
                .anyMatch(stored -> stored.format() instanceof KeyFormat.Epoch && same(stored.path(), path));
    }

    /** Chance, for those who choose among what was made up. */
    SplittableRandom random() {
        return random;
    }
}
