package dev.schemaproof.check.draft;

import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.Reference;
import dev.schemaproof.model.RelationalTable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Entities as YAML under the key {@code entities}: new ones as a whole, others by what becomes different about them. */
final class EntityYaml {

    private static final String STEP = "  ";

    private final Model model;
    private final StringBuilder text = new StringBuilder();

    EntityYaml(Model model) {
        this.model = model;
    }

    /** Begins with the key {@code entities} itself. */
    EntityYaml begin() {
        text.append("entities:\n");
        return this;
    }

    @Override
    public String toString() {
        return text.toString().stripTrailing();
    }

    private void line(int depth, String key, Object value) {
        text.append(STEP.repeat(depth))
                .append(Flow.text(key))
                .append(": ")
                .append(Flow.line(value))
                .append('\n');
    }

    private void open(int depth, String key) {
        text.append(STEP.repeat(depth)).append(Flow.text(key)).append(":\n");
    }

    private <T> void block(String key, Map<String, T> elements, Function<T, Object> value) {
        if (!elements.isEmpty()) {
            open(2, key);
            elements.forEach((name, element) -> line(3, name, value.apply(element)));
        }
    }

    private void list(String key, Collection<?> values) {
        if (!values.isEmpty()) {
            line(2, key, values);
        }
    }

    /** A new entity. */
    EntityYaml created(Entity entity) {
        open(1, entity.name().value());
        entity.description().ifPresent(words -> line(2, "description", words));
        if (!entity.table().value().equals(RelationalTable.nameFor(entity.name().value()))) {
            line(2, "table", entity.table());
        }
        entity.relational().schema().ifPresent(schema -> line(2, "schema", schema));
        entity.store().ifPresent(store -> line(2, "store", store));
        entity.rows().ifPresent(rows -> line(2, "rows", count(rows)));
        block("attributes", entity.attributes(), Values::of);
        line(
                2,
                "key",
                Values.key(
                        entity.key(),
                        entity.relational().primaryKey(),
                        entity.relational().keyDesign()));
        rest(entity);
        if (entity.relational().unlogged()) {
            line(2, "unlogged", true);
        }
        if (!entity.relational().grants().isEmpty()) {
            line(2, "grants", Values.of(entity.relational().grants()));
        }
        return this;
    }

    private static String count(long number) {
        return number % 1_000_000_000 == 0
                ? number / 1_000_000_000 + "G"
                : number % 1_000_000 == 0
                        ? number / 1_000_000 + "M"
                        : number % 1_000 == 0 ? number / 1_000 + "k" : String.valueOf(number);
    }

    private void rest(Entity entity) {
        list("unique", entity.uniques().stream().map(Values::of).toList());
        block("references", entity.references(), reference -> Values.of(reference, derived(reference)));
        block("checks", entity.checks(), Values::of);
        block("exclusions", entity.relational().exclusions(), Values::of);
        block("indexes", entity.indexes(), Values::of);
        list("dependencies", entity.dependencies().stream().map(Values::of).toList());
        list("independent", entity.independences().stream().map(Values::of).toList());
    }

    /** What the attributes of a reference are when none are given; that needs the other entity's key, so nothing is left out of doubt. */
    private List<String> derived(Reference reference) {
        return model.entity(reference.entity().value())
                .filter(target -> reference.to().isEmpty())
                .map(target -> target.keyNames().stream()
                        .map(key -> reference.role() + "_" + key)
                        .toList())
                .orElse(List.of());
    }

    /**
     * An entity that was there: what it gets, and lists that change, as they are afterwards. What it loses can't be said in
     * YAML.
     */
    EntityYaml changed(Entity before, Entity after) {
        open(1, after.name().value());
        block("attributes", different(before.attributes(), after.attributes()), Values::of);
        if (!before.keyNames().equals(after.keyNames())) {
            line(
                    2,
                    "key",
                    Values.key(
                            after.key(),
                            after.relational().primaryKey(),
                            after.relational().keyDesign()));
        }
        if (!before.uniques().equals(after.uniques())) {
            list("unique", after.uniques().stream().map(Values::of).toList());
        }
        block(
                "references",
                different(before.references(), after.references()),
                reference -> Values.of(reference, derived(reference)));
        block("checks", different(before.checks(), after.checks()), Values::of);
        block(
                "exclusions",
                different(before.relational().exclusions(), after.relational().exclusions()),
                Values::of);
        block("indexes", different(before.indexes(), after.indexes()), Values::of);
        if (!before.dependencies().equals(after.dependencies())) {
            list("dependencies", after.dependencies().stream().map(Values::of).toList());
        }
        if (!before.independences().equals(after.independences())) {
            list("independent", after.independences().stream().map(Values::of).toList());
        }
        return this;
    }

    private static <T> Map<String, T> different(Map<String, T> before, Map<String, T> after) {
        return after.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(before.get(entry.getKey())))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (one, other) -> other, LinkedHashMap::new));
    }
}
