package dev.schemaproof.analysis.index;

import dev.schemaproof.analysis.index.TableWrites.Write;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an index costs when rows are written.
 *
 * <p>Each inserted row adds an entry. An update that changes no indexed column can be heap-only (HOT): it adds no entry to any index.
 * One that changes a column of some index adds an entry to all of them (PostgreSQL's {@code README.HOT}). Deleted rows leave
 * their entries to VACUUM.
 *
 * @param inserts the writes that add rows
 * @param updates the updates that change one of its columns
 * @param lostHot those of them that would be heap-only without it
 */
public record WriteCost(List<Write> inserts, List<Write> updates, List<Write> lostHot) {

    public WriteCost {
        inserts = List.copyOf(inserts);
        updates = List.copyOf(updates);
        lostHot = List.copyOf(lostHot);
    }

    /**
     * The cost of an index.
     *
     * @param columns the attributes that it holds or looks at: its key, what it carries, and its condition
     * @param others the same of each other index of the table
     */
    public static WriteCost of(List<Write> writes, Set<String> columns, Collection<Set<String>> others) {
        var inserts = writes.stream().filter(Write::inserts).toList();
        var updates = writes.stream()
                .filter(Write::updates)
                .filter(write -> write.changed().stream().anyMatch(columns::contains))
                .toList();
        var lost = updates.stream()
                .filter(write -> write.changed().stream()
                        .noneMatch(changed -> others.stream().anyMatch(other -> other.contains(changed))))
                .toList();
        return new WriteCost(inserts, updates, lost);
    }

    /** Entries a second, as far as rates are declared. */
    public double entriesPerSecond() {
        return Stream.concat(inserts.stream(), updates.stream())
                .distinct()
                .mapToDouble(write -> write.perSecond().orElse(0))
                .sum();
    }

    /** Whether some of the writes have no declared rate. */
    public boolean isPartial() {
        return Stream.concat(inserts.stream(), updates.stream())
                .anyMatch(write -> write.perSecond().isEmpty());
    }
}
