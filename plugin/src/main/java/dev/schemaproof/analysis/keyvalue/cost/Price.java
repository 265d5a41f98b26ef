package dev.schemaproof.analysis.keyvalue.cost;

import java.util.Optional;
import java.util.stream.Stream;

/** What DynamoDB bills, by the name that a price has in the configuration. */
public enum Price {
    ON_DEMAND_READ("onDemandReadPerMillion", "a million read request units"),
    ON_DEMAND_WRITE("onDemandWritePerMillion", "a million write request units"),
    PROVISIONED_READ("provisionedReadUnitHour", "a read capacity unit for an hour"),
    PROVISIONED_WRITE("provisionedWriteUnitHour", "a write capacity unit for an hour"),
    STORAGE("storageGbMonth", "a GB for a month");

    private final String key;
    private final String of;

    Price(String key, String of) {
        this.key = key;
        this.of = of;
    }

    /** Its name in the configuration. */
    public String key() {
        return key;
    }

    /** What it is the price of. */
    public String of() {
        return of;
    }

    static Optional<Price> named(String key) {
        return Stream.of(values()).filter(price -> price.key.equals(key)).findFirst();
    }
}
