package dev.schemaproof.analysis.keyvalue.cost;

import dev.schemaproof.analysis.keyvalue.AttributePath;
import dev.schemaproof.analysis.keyvalue.CapacityUnits;
import dev.schemaproof.analysis.keyvalue.ItemDesign;
import dev.schemaproof.analysis.keyvalue.KeyPair;
import dev.schemaproof.analysis.keyvalue.Request;
import dev.schemaproof.analysis.keyvalue.Resolution.Served;
import dev.schemaproof.analysis.keyvalue.cost.Assumption.Kind;
import dev.schemaproof.model.AccessPattern.Write;
import dev.schemaproof.model.AccessPattern.WriteKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The write units of requests. By "Using Global Secondary Indexes in DynamoDB" in the developer guide, an index takes one write for an entry
 * that comes, goes or changes what it carries, two where the value of its key changes, and none where an item isn't in it or nothing that it
 * carries changes. The same holds of local indexes.
 */
final class WriteUnits {

    private WriteUnits() {}

    /** @param served a write */
    static PatternUnits of(Served served) {
        var item = served.item();
        var table = served.request().table();
        var writings = new ArrayList<Writing>();
        var assumptions = new ArrayList<Assumption>();
        EntrySize.of(item, Optional.empty())
                .ifPresent(size -> writings.add(
                        new Writing(table, Optional.empty(), Optional.empty(), 1, CapacityUnits.write(size.bytes()))));
        item.indexes()
                .forEach((index, key) -> EntrySize.of(item, Optional.of(index)).ifPresent(size -> {
                    var entries = entries(served, key, size.attributes());
                    if (upsert(served) && entries == 2) {
                        assumptions.add(new Assumption(Kind.OTHER_KEYS, index));
                    }
                    if (entries * size.share() > 0) {
                        writings.add(new Writing(
                                table,
                                Optional.of(index),
                                Optional.empty(),
                                entries * size.share(),
                                entries * size.share() * CapacityUnits.write(size.bytes())));
                    }
                }));
        return new PatternUnits(served, Optional.empty(), writings, false, assumptions);
    }

    private static boolean upsert(Served served) {
        return served.pattern() instanceof Write write && write.kind() == WriteKind.UPSERT;
    }

    private static int entries(Served served, KeyPair key, Set<String> carried) {
        if (served.request() instanceof Request.PutItem put) {
            return put.onlyNew().isPresent() || identifying(served.item(), key) ? 1 : 2;
        }
        if (!(served.request() instanceof Request.UpdateItem update)) {
            return 1;
        }
        var names = update.assignments().stream()
                .filter(assignment -> !assignment.onlyIfAbsent())
                .map(Request.Assignment::attribute)
                .toList();
        if (names.stream().anyMatch(key.names()::contains)) {
            return 2;
        }
        // A row that is new gets its entry
        return upsert(served) || names.stream().anyMatch(carried::contains) ? 1 : 0;
    }

    /** Whether the index's key is made of what tells the row, so that another item of the same row can't have another one. */
    private static boolean identifying(ItemDesign item, KeyPair key) {
        var told = paths(item.key());
        item.entity().keyNames().forEach(name -> told.add(new AttributePath(List.of(), name)));
        return told.containsAll(paths(key));
    }

    private static Set<AttributePath> paths(KeyPair key) {
        return key.templates().stream()
                .flatMap(template -> template.variables().stream())
                .map(variable -> variable.path().canonical())
                .collect(Collectors.toSet());
    }
}
