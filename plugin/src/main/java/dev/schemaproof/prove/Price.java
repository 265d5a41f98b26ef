package dev.schemaproof.prove;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What a copy costs.
 *
 * @param bytes how many bytes of a row hold it, on average
 * @param writes what each kind of write to the source costs more with the triggers than without; none where no trigger keeps it
 * @param shared the contracts that the same triggers keep, beside this one: the price is of all together
 * @param refresh how long it takes to make a materialized view anew, in milliseconds
 * @param why why the writes could not be tried, where a trigger keeps the copy
 */
public record Price(
        double bytes, List<Write> writes, List<String> shared, Optional<Double> refresh, Optional<String> why) {

    public Price {
        Objects.requireNonNull(refresh, "refresh");
        Objects.requireNonNull(why, "why");
        writes = List.copyOf(writes);
        shared = List.copyOf(shared);
    }

    /**
     * A kind of write.
     *
     * @param kind what is done
     * @param table the source's table
     * @param rows how many rows a statement writes; the figures are for each
     * @param pages how many pages are touched more, of tables and indexes
     * @param wal how many bytes the log of changes takes more, the median
     * @param millis how much longer the statement takes, by medians
     * @param base how long it takes without the triggers
     */
    public record Write(Kind kind, String table, int rows, double pages, double wal, double millis, double base) {}

    /** What is done to the source. */
    public enum Kind {
        INSERT,
        UPDATE,
        DELETE,
        BULK_INSERT;

        /** In the reports. */
        public String word() {
            return this == BULK_INSERT ? "insert of many" : name().toLowerCase(Locale.ROOT);
        }
    }

    /** The cost of a kind of write to a row. */
    public Optional<Write> of(Kind kind) {
        return writes.stream().filter(write -> write.kind() == kind).findFirst();
    }
}
