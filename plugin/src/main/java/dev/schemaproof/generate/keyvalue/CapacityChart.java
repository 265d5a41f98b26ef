package dev.schemaproof.generate.keyvalue;

import static dev.schemaproof.generate.keyvalue.DesignCharts.text;

import dev.schemaproof.analysis.keyvalue.cost.Bill;
import dev.schemaproof.analysis.keyvalue.cost.PartCapacity;
import dev.schemaproof.analysis.keyvalue.cost.PatternUnits;
import dev.schemaproof.analysis.keyvalue.cost.Reading.Bound;
import dev.schemaproof.analysis.keyvalue.cost.StoreCapacity;
import dev.schemaproof.analysis.keyvalue.cost.TableCapacity;
import dev.schemaproof.analysis.keyvalue.cost.Writing;
import dev.schemaproof.generate.keyvalue.DesignDocument.CapacityCharts;
import dev.schemaproof.generate.keyvalue.DesignDocument.CapacityRow;
import dev.schemaproof.generate.keyvalue.DesignDocument.PartRow;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes the charts of what access patterns use and cost. */
final class CapacityChart {

    private final StoreCapacity capacity;
    private final Bill bill;

    private CapacityChart(StoreCapacity capacity, Bill bill) {
        this.capacity = capacity;
        this.bill = bill;
    }

    /** The charts; nothing where the store has no tables yet. */
    static Optional<CapacityCharts> of(StoreCapacity capacity, Bill bill) {
        return capacity.tables().isEmpty() ? Optional.empty() : Optional.of(new CapacityChart(capacity, bill).charts());
    }

    private CapacityCharts charts() {
        return new CapacityCharts(
                CapacityWords.prices(bill.prices()),
                bill.prices().any(),
                capacity.patterns().stream().map(this::row).toList(),
                capacity.tables().stream()
                        .flatMap(table -> parts(table).stream())
                        .toList(),
                CapacityWords.remarks(capacity, bill.prices()));
    }

    private CapacityRow row(PatternUnits pattern) {
        var rate = pattern.rate();
        var known = pattern.known() && rate.isPresent();
        var read = pattern.read() * rate.orElse(0);
        var write = pattern.write() * rate.orElse(0);
        var billing = pattern.served().item().table().billing();
        return new CapacityRow(
                text(pattern.served().pattern().name().value()),
                call(pattern),
                rate.isPresent() ? CapacityNumbers.text(rate.getAsDouble()) : "",
                known ? units(read, write) : "",
                known ? month(read, write) : "",
                known ? cost(bill.used(billing, read, write)) : "",
                CapacityWords.counted(pattern));
    }

    private static String call(PatternUnits pattern) {
        if (!pattern.known()) {
            return "unknown";
        }
        var bound = pattern.reading()
                .filter(reading -> reading.bound() != Bound.EXPECTED)
                .map(reading -> reading.bound().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " ")
                .orElse("");
        return bound + units(pattern.read(), pattern.write()) + parts(pattern);
    }

    /** What an index adds to a write. */
    private static String parts(PatternUnits pattern) {
        return pattern.writings().size() < 2
                ? ""
                : ": "
                        + pattern.writings().stream()
                                .map(writing -> CapacityNumbers.text(writing.units()) + " " + place(writing))
                                .collect(Collectors.joining(", "));
    }

    private static String place(Writing writing) {
        var index = writing.index().map(DesignCharts::text);
        return writing.copies()
                .map(entity -> "copies in " + text(entity)
                        + index.map(name -> " by index " + name).orElse(""))
                .orElseGet(() -> index.orElse("table"));
    }

    private List<PartRow> parts(TableCapacity table) {
        var name = text(table.table().name().value());
        var rows = new ArrayList<PartRow>();
        var requests = Optional.of(BigDecimal.ZERO);
        for (var part : table.parts()) {
            var cost = bill.units(table, part);
            requests = requests.flatMap(sum -> cost.map(sum::add));
            rows.add(part(name, part, cost));
        }
        if (table.parts().size() > 1) {
            rows.add(new PartRow(
                    name,
                    "together",
                    "",
                    stored(table.bytes(), table.counted()),
                    units(table.readPerSecond(), table.writePerSecond()),
                    month(table.readPerSecond(), table.writePerSecond()),
                    cost(requests),
                    storage(table.bytes(), table.counted())));
        }
        return rows;
    }

    private PartRow part(String table, PartCapacity part, Optional<BigDecimal> cost) {
        return new PartRow(
                table,
                part.index()
                        .map(index -> text(index) + (part.local() ? ", local" : ""))
                        .orElse("table"),
                stands(part) ? CapacityNumbers.text(part.items()) : "",
                stored(part.bytes(), part.uncounted().isEmpty()),
                part.local() ? "" : units(part.readPerSecond(), part.writePerSecond()),
                part.local() ? "" : month(part.readPerSecond(), part.writePerSecond()),
                part.local() ? "" : cost(cost),
                storage(part.bytes(), part.uncounted().isEmpty()));
    }

    private static boolean stands(PartCapacity part) {
        return part.items() > 0 || part.uncounted().isEmpty();
    }

    private static String stored(double bytes, boolean counted) {
        if (counted) {
            return CapacityNumbers.bytes(bytes);
        }
        return bytes > 0 ? "at least " + CapacityNumbers.bytes(bytes) : "unknown";
    }

    private String storage(double bytes, boolean counted) {
        var cost = cost(bill.storage(bytes));
        if (counted || cost.isEmpty()) {
            return cost;
        }
        return bytes > 0 ? "at least " + cost : "";
    }

    private static String units(double read, double write) {
        var said = new ArrayList<String>();
        if (read > 0 || write == 0) {
            said.add(CapacityNumbers.text(read) + " read");
        }
        if (write > 0) {
            said.add(CapacityNumbers.text(write) + " write");
        }
        return String.join(", ", said);
    }

    /** Units of a month, in millions, as they are billed. */
    private static String month(double read, double write) {
        var seconds = Bill.HOURS * 3600 / 1e6;
        return units(read * seconds, write * seconds);
    }

    private String cost(Optional<BigDecimal> amount) {
        return amount.map(known -> CapacityNumbers.money(known, bill.prices().currency()))
                .orElse("");
    }
}
