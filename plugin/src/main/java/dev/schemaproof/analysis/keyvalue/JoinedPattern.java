package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.analysis.keyvalue.Refusal.RefusedException;
import dev.schemaproof.analysis.keyvalue.Resolution.Flaw;
import dev.schemaproof.model.AccessPattern.Include;
import dev.schemaproof.model.AccessPattern.Order;
import dev.schemaproof.model.AccessPattern.Read;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Resolves a read that includes other entities: by the key of the table or of the first index that holds them together. */
final class JoinedPattern {

    private final Model model;
    private final Paths paths;
    private final List<TableDesign> tables;
    private final Read pattern;

    private JoinedPattern(Model model, Paths paths, List<TableDesign> tables, Read pattern) {
        this.model = model;
        this.paths = paths;
        this.tables = List.copyOf(tables);
        this.pattern = pattern;
    }

    /** @param items the items that the pattern is about, one at least */
    static Resolution resolve(
            Model model,
            Paths paths,
            List<TableDesign> tables,
            List<ItemDesign> items,
            Read pattern,
            Bindings bindings) {
        return new JoinedPattern(model, paths, tables, pattern).resolve(items, bindings);
    }

    private Resolution resolve(List<ItemDesign> items, Bindings bindings) {
        var entity = items.get(0).entity();
        if (!pattern.include().stream().allMatch(this::judged)) {
            return new Resolution.Unjudged(pattern);
        }
        var astray = pattern.include().stream()
                .filter(include -> !leadsTo(include, entity))
                .findFirst();
        if (astray.isPresent()) {
            return astray(astray.get(), entity);
        }
        var refused = new ArrayList<Refusal>();
        for (var item : items) {
            var neighbours = PatternResolver.neighbours(tables, item);
            var places = new ArrayList<Optional<String>>(List.of(Optional.empty()));
            item.indexes().keySet().forEach(index -> places.add(Optional.of(index)));
            for (var index : places) {
                var key = index.flatMap(
                                name -> Optional.ofNullable(item.indexes().get(name)))
                        .orElse(item.key());
                try {
                    return new JoinedReadResolver(paths, neighbours, item, pattern, index, key, bindings).resolve();
                } catch (RefusedException e) {
                    refused.add(e.refusal());
                }
            }
        }
        return nearest(items.get(0), refused);
    }

    /** Whether all that it names is there; what isn't is reported elsewhere. */
    private boolean judged(Include include) {
        var name = include.entity().value();
        var entity = model.entity(name).filter(Entity::sound);
        var named = Stream.concat(include.orderBy().stream().map(Order::attribute), include.select().stream())
                .map(Located::value);
        return entity.isPresent()
                && tables.stream().noneMatch(table -> table.unjudged().contains(name))
                && entity.get()
                        .reference(include.by().value())
                        .filter(reference -> !reference.names().isEmpty())
                        .isPresent()
                && named.allMatch(path -> paths.find(entity.get(), path).isPresent());
    }

    /** Whether its rows refer to those of the other entity, and are others. */
    private boolean leadsTo(Include include, Entity entity) {
        return !include.entity().value().equals(entity.name().value())
                && model.entity(include.entity().value())
                        .flatMap(other -> other.reference(include.by().value()))
                        .filter(reference ->
                                reference.entity().value().equals(entity.name().value()))
                        .isPresent();
    }

    private Resolution astray(Include include, Entity entity) {
        if (include.entity().value().equals(entity.name().value())) {
            return new Resolution.Refused(
                    pattern,
                    Flaw.SCATTERED,
                    include.entity().at(),
                    "`" + entity.name() + "` can't include rows of its own: nothing tells their items apart",
                    Optional.of("read them by a pattern of their own"));
        }
        var referring = model.entity(include.entity().value()).stream()
                .flatMap(other -> other.references().values().stream())
                .filter(reference ->
                        reference.entity().value().equals(entity.name().value()))
                .map(reference -> "`" + reference.role() + "`")
                .collect(Collectors.joining(", "));
        return new Resolution.Refused(
                pattern,
                Flaw.SCATTERED,
                include.by().at(),
                "`" + include.entity() + "." + include.by() + "` doesn't refer to `" + entity.name() + "`",
                Optional.of(
                        referring.isEmpty()
                                ? "include entities that refer to `" + entity.name() + "`; `" + include.entity()
                                        + "` has no reference to it"
                                : "name a role that does: " + referring));
    }

    private Resolution nearest(ItemDesign item, List<Refusal> refused) {
        var nearest = refused.get(0);
        for (var refusal : refused) {
            nearest = refusal.stage().compareTo(nearest.stage()) > 0 ? refusal : nearest;
        }
        if (nearest.stage() != Refusal.Stage.KEY) {
            return nearest.of(pattern);
        }
        return new Resolution.Refused(
                pattern,
                Flaw.SCANNED,
                pattern.name().at(),
                "no key of `" + item.name() + "` follows from the conditions, so that no item collection is known",
                Optional.of(refused.stream().map(Refusal::summary).distinct().collect(Collectors.joining("\n"))));
    }
}
