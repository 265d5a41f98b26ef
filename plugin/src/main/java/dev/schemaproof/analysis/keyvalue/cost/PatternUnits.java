package dev.schemaproof.analysis.keyvalue.cost;

import dev.schemaproof.analysis.keyvalue.Resolution;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one call of a pattern uses.
 *
 * @param served the request that serves the pattern
 * @param reading what it reads; nothing for a write, or where nothing can be said
 * @param writings what it writes, the table first, then every index that it changes, then what repeats the changed values
 * @param transaction whether all that is one transaction
 * @param assumptions what the numbers stand on
 */
public record PatternUnits(
        Resolution.Served served,
        Optional<Reading> reading,
        List<Writing> writings,
        boolean transaction,
        List<Assumption> assumptions) {

    private static final double MOST_CALLS = 1e15;

    public PatternUnits {
        writings = List.copyOf(writings);
        assumptions = List.copyOf(assumptions);
    }

    /** The table that it reads or writes. */
    public String table() {
        return served.request().table();
    }

    /** Whether anything is known of its units. */
    public boolean known() {
        return reading.isPresent() || !writings.isEmpty();
    }

    /** The read units of a call. */
    public double read() {
        return reading.map(Reading::units).orElse(0.0);
    }

    /** The write units of a call, all together. */
    public double write() {
        return writings.stream().mapToDouble(Writing::units).sum();
    }

    /** The calls a second, where the pattern has a rate; one beyond all reason is cut, so that it can be multiplied. */
    public OptionalDouble rate() {
        return served.pattern().header().rate().stream()
                .mapToDouble(rate -> Math.min(rate.perSecond(), MOST_CALLS))
                .findFirst();
    }
}
