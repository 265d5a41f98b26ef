package dev.schemaproof.generate.keyvalue;

import dev.schemaproof.analysis.keyvalue.cost.Assumption;
import dev.schemaproof.analysis.keyvalue.cost.Bill;
import dev.schemaproof.analysis.keyvalue.cost.PartCapacity;
import dev.schemaproof.analysis.keyvalue.cost.PatternUnits;
import dev.schemaproof.analysis.keyvalue.cost.Prices;
import dev.schemaproof.analysis.keyvalue.cost.Reading;
import dev.schemaproof.analysis.keyvalue.cost.StoreCapacity;
import dev.schemaproof.analysis.keyvalue.cost.TableCapacity;
import dev.schemaproof.analysis.keyvalue.cost.Undeclared;
import dev.schemaproof.analysis.keyvalue.cost.Writing;
import dev.schemaproof.model.KeyValueTable.Billing;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What {@code capacity.json} says; what isn't known has no key. */
final class CapacityJson {

    private final StoreCapacity capacity;
    private final Bill bill;

    private CapacityJson(StoreCapacity capacity, Bill bill) {
        this.capacity = capacity;
        this.bill = bill;
    }

    static Map<String, Object> of(String model, String store, StoreCapacity capacity, Bill bill) {
        return new CapacityJson(capacity, bill).file(model, store);
    }

    private Map<String, Object> file(String model, String store) {
        var file = new LinkedHashMap<String, Object>();
        file.put("schema", model);
        file.put("store", store);
        file.put("hoursOfMonth", Bill.HOURS);
        if (bill.prices().any()) {
            file.put("prices", prices(bill.prices()));
        }
        file.put("patterns", capacity.patterns().stream().map(this::pattern).toList());
        file.put("tables", capacity.tables().stream().map(this::table).toList());
        file.put("undeclared", undeclared(capacity.undeclared()));
        return file;
    }

    private static Map<String, Object> prices(Prices prices) {
        var entry = new LinkedHashMap<String, Object>();
        prices.currency().ifPresent(code -> entry.put(Prices.CURRENCY, code));
        prices.amounts().forEach((price, amount) -> entry.put(price.key(), amount));
        return entry;
    }

    private Map<String, Object> pattern(PatternUnits pattern) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("name", pattern.served().pattern().name().value());
        entry.put("table", pattern.table());
        pattern.served().index().ifPresent(index -> entry.put("index", index));
        entry.put("operation", pattern.served().request().operation());
        pattern.reading().ifPresent(reading -> entry.put("reads", reading(reading)));
        if (!pattern.writings().isEmpty()) {
            entry.put(
                    "writes",
                    pattern.writings().stream().map(CapacityJson::writing).toList());
        }
        if (pattern.transaction()) {
            entry.put("transaction", true);
        }
        if (pattern.known()) {
            entry.put("perCall", units(pattern.read(), pattern.write()));
        }
        pattern.rate().ifPresent(rate -> {
            entry.put("callsPerSecond", CapacityNumbers.exact(rate));
            if (pattern.known()) {
                var read = pattern.read() * rate;
                var write = pattern.write() * rate;
                entry.put("perSecond", units(read, write));
                entry.put("perMonth", month(read, write));
                cost(bill.used(pattern.served().item().table().billing(), read, write), "costPerMonth", entry);
            }
        });
        if (!pattern.assumptions().isEmpty()) {
            entry.put(
                    "assumed",
                    pattern.assumptions().stream().map(CapacityJson::assumption).toList());
        }
        return entry;
    }

    private static Map<String, Object> reading(Reading reading) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("items", CapacityNumbers.exact(reading.items()));
        entry.put("bytes", CapacityNumbers.exact(reading.bytes()));
        entry.put("pages", reading.pages());
        entry.put("bound", word(reading.bound()));
        return entry;
    }

    private static Map<String, Object> writing(Writing writing) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("table", writing.table());
        writing.index().ifPresent(index -> entry.put("index", index));
        writing.copies().ifPresent(entity -> entry.put("copiesIn", entity));
        entry.put("entries", CapacityNumbers.exact(writing.entries()));
        entry.put("units", CapacityNumbers.exact(writing.units()));
        return entry;
    }

    private static Map<String, Object> assumption(Assumption assumption) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("kind", word(assumption.kind()));
        if (!assumption.about().isEmpty()) {
            entry.put("about", assumption.about());
        }
        return entry;
    }

    private Map<String, Object> table(TableCapacity table) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("name", table.table().name().value());
        if (table.table().billing() instanceof Billing.Provisioned units) {
            entry.put("billing", "provisioned");
            entry.put("provisioned", units((double) units.read(), (double) units.write()));
        } else {
            entry.put("billing", "on-demand");
        }
        entry.put("parts", table.parts().stream().map(part -> part(table, part)).toList());
        entry.put("perSecond", units(table.readPerSecond(), table.writePerSecond()));
        entry.put("perMonth", month(table.readPerSecond(), table.writePerSecond()));
        var requests = Optional.of(BigDecimal.ZERO);
        for (var part : table.parts()) {
            var cost = bill.units(table, part);
            requests = requests.flatMap(sum -> cost.map(sum::add));
        }
        cost(requests, "unitsCostPerMonth", entry);
        storage(table.bytes(), table.counted(), entry);
        return entry;
    }

    private Map<String, Object> part(TableCapacity table, PartCapacity part) {
        var entry = new LinkedHashMap<String, Object>();
        part.index().ifPresent(index -> entry.put("index", index));
        entry.put("items", CapacityNumbers.exact(part.items()));
        entry.put("storedBytes", CapacityNumbers.exact(part.bytes()));
        if (!part.uncounted().isEmpty()) {
            entry.put("uncounted", part.uncounted());
        }
        if (!part.local()) {
            entry.put("perSecond", units(part.readPerSecond(), part.writePerSecond()));
            cost(bill.units(table, part), "unitsCostPerMonth", entry);
        }
        storage(part.bytes(), part.uncounted().isEmpty(), entry);
        if (table.exceeds(part)) {
            entry.put("exceedsProvisioned", true);
        }
        return entry;
    }

    /** Of what is counted; where nothing is, no cost is known. */
    private void storage(double bytes, boolean counted, Map<String, Object> entry) {
        if (counted || bytes > 0) {
            cost(bill.storage(bytes), "storageCostPerMonth", entry);
        }
    }

    private static Map<String, Object> undeclared(Undeclared undeclared) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("rates", undeclared.rates());
        entry.put("rows", undeclared.rows());
        entry.put("widths", undeclared.widths());
        entry.put("nulls", undeclared.nulls());
        return entry;
    }

    private static Map<String, Object> month(double read, double write) {
        var seconds = Bill.HOURS * 3600.0;
        return units(read * seconds, write * seconds);
    }

    private static Map<String, Object> units(double read, double write) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("read", CapacityNumbers.exact(read));
        entry.put("write", CapacityNumbers.exact(write));
        return entry;
    }

    /** Only where there are prices: without any, what isn't used costs nothing too, and is no news. */
    private void cost(Optional<BigDecimal> amount, String key, Map<String, Object> entry) {
        if (bill.prices().any()) {
            amount.ifPresent(known -> entry.put(key, CapacityNumbers.exact(known)));
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
