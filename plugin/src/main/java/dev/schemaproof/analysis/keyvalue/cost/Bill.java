package dev.schemaproof.analysis.keyvalue.cost;

import dev.schemaproof.model.KeyValueTable.Billing;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/**
 * What a month costs, in exact decimals until they are shown. A month has 730 hours, as in the estimates of AWS, and a GB 2^30 bytes, as
 * "Constraints in Amazon DynamoDB" says of all its sizes.
 *
 * @param prices the user's
 */
public record Bill(Prices prices) {

    /** Hours of a month: 365 days in twelve parts. */
    public static final int HOURS = 730;

    private static final BigDecimal MONTH_SECONDS = BigDecimal.valueOf(HOURS * 3600L);
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal GIGABYTE = BigDecimal.valueOf(1L << 30);

    /**
     * The units that are used: on demand they are billed one by one; provisioned, it is the price of as many units for every hour of the month.
     *
     * @return nothing where a price is missing
     */
    public Optional<BigDecimal> used(Billing billing, double readPerSecond, double writePerSecond) {
        return billing instanceof Billing.OnDemand
                ? sum(onDemand(Price.ON_DEMAND_READ, readPerSecond), onDemand(Price.ON_DEMAND_WRITE, writePerSecond))
                : sum(
                        provisioned(Price.PROVISIONED_READ, BigDecimal.valueOf(readPerSecond)),
                        provisioned(Price.PROVISIONED_WRITE, BigDecimal.valueOf(writePerSecond)));
    }

    /**
     * The units of one part of a table: those used, or those provisioned, which are the same for the table and each global index.
     *
     * @return nothing where a price is missing
     */
    public Optional<BigDecimal> units(TableCapacity table, PartCapacity part) {
        if (table.table().billing() instanceof Billing.Provisioned units) {
            return part.local()
                    ? Optional.of(BigDecimal.ZERO)
                    : sum(
                            provisioned(Price.PROVISIONED_READ, BigDecimal.valueOf(units.read())),
                            provisioned(Price.PROVISIONED_WRITE, BigDecimal.valueOf(units.write())));
        }
        return used(table.table().billing(), part.readPerSecond(), part.writePerSecond());
    }

    /**
     * The bytes that are stored.
     *
     * @return nothing where the price is missing
     */
    public Optional<BigDecimal> storage(double bytes) {
        return cost(Price.STORAGE, BigDecimal.valueOf(bytes).divide(GIGABYTE, MathContext.DECIMAL128));
    }

    private Optional<BigDecimal> onDemand(Price price, double perSecond) {
        return cost(
                price, BigDecimal.valueOf(perSecond).multiply(MONTH_SECONDS).divide(MILLION, MathContext.DECIMAL128));
    }

    private Optional<BigDecimal> provisioned(Price price, BigDecimal units) {
        return cost(price, units.multiply(BigDecimal.valueOf(HOURS)));
    }

    /** What isn't used costs nothing at any price. */
    private Optional<BigDecimal> cost(Price price, BigDecimal amount) {
        return amount.signum() == 0
                ? Optional.of(BigDecimal.ZERO)
                : prices.of(price).map(amount::multiply);
    }

    private static Optional<BigDecimal> sum(Optional<BigDecimal> one, Optional<BigDecimal> other) {
        return one.flatMap(first -> other.map(first::add));
    }
}
