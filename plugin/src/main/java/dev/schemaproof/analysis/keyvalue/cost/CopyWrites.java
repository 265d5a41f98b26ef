package dev.schemaproof.analysis.keyvalue.cost;

import dev.schemaproof.analysis.keyvalue.CapacityUnits;
import dev.schemaproof.analysis.keyvalue.ItemCopies;
import dev.schemaproof.analysis.keyvalue.ItemDesign;
import dev.schemaproof.analysis.keyvalue.KeyPair;
import dev.schemaproof.analysis.keyvalue.Request;
import dev.schemaproof.analysis.keyvalue.ResolvedPath;
import dev.schemaproof.analysis.keyvalue.StoredAttribute;
import dev.schemaproof.analysis.keyvalue.TableDesign;
import dev.schemaproof.analysis.keyvalue.cost.Assumption.Kind;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The writes that follow a write: every item that repeats a changed value is written too. Where a contract allows no stale copy, that happens in
 * one transaction, and each write of a transaction costs two, by "Read and write operations" in DynamoDB's developer guide.
 */
final class CopyWrites {

    private static final int TRANSACTION = 2;

    /** Who repeats a value, by its entity and attribute. */
    private final Map<List<String>, List<Copy>> copies = new HashMap<>();

    /**
     * A value that items repeat.
     *
     * @param rows how many of them belong to one row that has the value
     * @param transaction whether they change with it
     */
    private record Copy(ItemDesign item, StoredAttribute stored, OptionalLong rows, boolean transaction) {}

    CopyWrites(Model model, List<TableDesign> tables) {
        var contracts = new ItemCopies(model);
        for (var table : tables) {
            for (var item : table.items()) {
                for (var stored : item.stored().values()) {
                    if (stored.copied()) {
                        var path = stored.path();
                        copies.computeIfAbsent(key(path.owner(), path), name -> new ArrayList<>())
                                .add(new Copy(
                                        item,
                                        stored,
                                        rows(model, item.entity(), path),
                                        transaction(contracts, item, path)));
                    }
                }
            }
        }
    }

    private static List<String> key(Entity owner, ResolvedPath path) {
        return List.of(owner.name().value(), path.attribute().name().value());
    }

    /** The rows of all references on the way together. */
    private static OptionalLong rows(Model model, Entity entity, ResolvedPath path) {
        var rows = 1L;
        var at = Optional.of(entity);
        for (var role : path.canonical().roles()) {
            var reference = at.flatMap(from -> from.reference(role));
            if (reference.isEmpty() || reference.get().perParent().isEmpty()) {
                return OptionalLong.empty();
            }
            rows *= reference.get().perParent().getAsLong();
            at = model.entity(reference.get().entity().value());
        }
        return OptionalLong.of(rows);
    }

    private static boolean transaction(ItemCopies contracts, ItemDesign item, ResolvedPath path) {
        return contracts
                .contractFor(item.entity(), path.written().toString())
                .flatMap(Contract::staleness)
                .flatMap(Contract.Staleness::allowed)
                .filter(allowed -> allowed.value().isZero())
                .isPresent();
    }

    /** A write together with those that follow it. */
    PatternUnits after(PatternUnits write) {
        var served = write.served();
        var replaces =
                served.request() instanceof Request.PutItem put && put.onlyNew().isEmpty();
        Map<ItemDesign, List<Copy>> changed = new LinkedHashMap<>();
        for (var stored : served.item().stored().values()) {
            if (!stored.copied() && (replaces || sets(served.request(), stored.name()))) {
                copies.getOrDefault(key(served.item().entity(), stored.path()), List.of())
                        .forEach(copy -> changed.computeIfAbsent(copy.item(), item -> new ArrayList<>())
                                .add(copy));
            }
        }
        if (changed.isEmpty()) {
            return write;
        }
        var writings = new ArrayList<>(write.writings());
        var assumptions = new ArrayList<>(write.assumptions());
        changed.forEach((item, those) -> {
            var rows = those.stream()
                    .mapToLong(copy -> copy.rows().orElse(0))
                    .max()
                    .orElse(0);
            if (rows == 0) {
                assumptions.add(new Assumption(Kind.UNKNOWN_COPIES, item.name()));
            } else if (replaces) {
                assumptions.add(new Assumption(Kind.OTHER_COPIES, item.name()));
            }
            collect(item, those, rows, writings);
        });
        var transaction = changed.values().stream().flatMap(List::stream).anyMatch(Copy::transaction);
        return new PatternUnits(
                served,
                Optional.empty(),
                transaction
                        ? writings.stream()
                                .map(writing -> writing.times(TRANSACTION))
                                .toList()
                        : writings,
                transaction,
                assumptions);
    }

    private static boolean sets(Request request, String attribute) {
        return request instanceof Request.UpdateItem update
                && update.assignments().stream()
                        .anyMatch(assignment -> !assignment.onlyIfAbsent()
                                && assignment.attribute().equals(attribute));
    }

    private static void collect(ItemDesign item, List<Copy> changed, long rows, List<Writing> writings) {
        if (rows == 0) {
            return;
        }
        var table = item.table().name().value();
        EntrySize.of(item, Optional.empty())
                .ifPresent(size -> writings.add(new Writing(
                        table,
                        Optional.empty(),
                        Optional.of(item.name()),
                        (double) rows,
                        rows * CapacityUnits.write(size.bytes()))));
        item.indexes()
                .forEach((index, key) -> EntrySize.of(item, Optional.of(index)).ifPresent(size -> {
                    var entries = rows * size.share() * entries(changed, key, size);
                    if (entries > 0) {
                        writings.add(new Writing(
                                table,
                                Optional.of(index),
                                Optional.of(item.name()),
                                entries,
                                entries * CapacityUnits.write(size.bytes())));
                    }
                }));
    }

    private static int entries(List<Copy> changed, KeyPair key, EntrySize size) {
        var most = 0;
        for (var copy : changed) {
            var inKey = key.templates().stream()
                    .flatMap(template -> template.variables().stream())
                    .anyMatch(variable -> variable.path()
                            .canonical()
                            .equals(copy.stored().path().canonical()));
            var carried = size.attributes().contains(copy.stored().name());
            most = Math.max(most, inKey ? 2 : carried ? 1 : 0);
        }
        return most;
    }
}
