package dev.schemaproof.analysis.keyvalue.cost;

import dev.schemaproof.model.KeyValueTable;
import dev.schemaproof.model.KeyValueTable.Billing;
import java.util.List;

/**
 * What a table and its indexes are used for.
 *
 * @param table the table
 * @param parts the table itself, then its indexes in order of declaration
 */
public record TableCapacity(KeyValueTable table, List<PartCapacity> parts) {

    public TableCapacity {
        parts = List.copyOf(parts);
    }

    /** Read units a second of all parts. */
    public double readPerSecond() {
        return parts.stream().mapToDouble(PartCapacity::readPerSecond).sum();
    }

    /** Write units a second of all parts. */
    public double writePerSecond() {
        return parts.stream().mapToDouble(PartCapacity::writePerSecond).sum();
    }

    /** Bytes of all parts. */
    public double bytes() {
        return parts.stream().mapToDouble(PartCapacity::bytes).sum();
    }

    /** Whether the number of every item is declared. */
    public boolean counted() {
        return parts.stream().allMatch(part -> part.uncounted().isEmpty());
    }

    /** Whether a part needs more units than are provisioned for it, by the declared rates. */
    public boolean exceeds(PartCapacity part) {
        return table.billing() instanceof Billing.Provisioned units
                && (part.readPerSecond() > units.read() || part.writePerSecond() > units.write());
    }
}
