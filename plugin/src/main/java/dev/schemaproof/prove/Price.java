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
 * @param run what it costs to bring the copy up to date once, where something has to be run for that
 * @param why why the writes or the run could not be tried, where there are such
 */
public record Price(double bytes, List<Write> writes, List<String> shared, Optional<Run> run, Optional<String> why) {

    /** Of a copy that is free, as far as can be seen. */
    static final Price NONE = new Price(0, List.of(), List.of(), Optional.empty(), Optional.empty());

    public Price {
        Objects.requireNonNull(run, "run");
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

    /**
     * What brings the copy up to date, once.
     *
     * @param means what is run
     * @param changed how many rows of the source were changed before; none before a refresh, which takes all in any case
     * @param pages how many pages are touched, of tables and indexes, in two digits
     * @param wal how many bytes the log of changes takes, the median
     * @param millis how long it takes, the median
     */
    public record Run(Means means, int changed, double pages, double wal, double millis) {}

    /** What brings copies up to date. */
    public enum Means {
        REFRESH("refresh"),
        JOB("run of the job"),
        CONSUMER("call of the consumer"),
        FOLD("fold");

        private final String word;

        Means(String word) {
            this.word = word;
        }

        /** In the reports. */
        public String word() {
            return word;
        }

        /** Whether it does so much the more, the more rows were changed, so that each change has its share. */
        boolean growsWithChanges() {
            return this == CONSUMER || this == FOLD;
        }
    }

    /** The cost of a kind of write to a row. */
    public Optional<Write> of(Kind kind) {
        return writes.stream().filter(write -> write.kind() == kind).findFirst();
    }

    /** How many pages are touched for a changed row later, in a run that takes many. */
    double later() {
        return run.filter(one -> one.means().growsWithChanges())
                .map(one -> one.pages() / one.changed())
                .orElse(0.0);
    }
}
