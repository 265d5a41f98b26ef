package dev.schemaproof.generate.keyvalue;

import static dev.schemaproof.generate.keyvalue.DesignCharts.code;
import static dev.schemaproof.generate.keyvalue.DesignCharts.text;

import dev.schemaproof.analysis.keyvalue.cost.Assumption;
import dev.schemaproof.analysis.keyvalue.cost.Bill;
import dev.schemaproof.analysis.keyvalue.cost.PartCapacity;
import dev.schemaproof.analysis.keyvalue.cost.PatternUnits;
import dev.schemaproof.analysis.keyvalue.cost.Price;
import dev.schemaproof.analysis.keyvalue.cost.Prices;
import dev.schemaproof.analysis.keyvalue.cost.Reading;
import dev.schemaproof.analysis.keyvalue.cost.StoreCapacity;
import dev.schemaproof.analysis.keyvalue.cost.TableCapacity;
import dev.schemaproof.model.KeyValueTable.Billing;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a chart of capacity says in words. */
final class CapacityWords {

    private CapacityWords() {}

    /** The prices that costs are counted by. */
    static String prices(Prices prices) {
        if (!prices.any()) {
            return "No prices are configured, so only units are counted. `prices` of the plugin, or `-Dschema.prices`, takes yours.";
        }
        return "Prices: "
                + prices.amounts().entrySet().stream()
                        .map(price -> price.getValue().toPlainString()
                                + prices.currency().map(code -> " " + code).orElse("") + " for "
                                + price.getKey().of())
                        .collect(Collectors.joining(", "))
                + ". A month has " + Bill.HOURS
                + " hours. No free tier, reserved capacity, backup, stream or transfer is counted.";
    }

    /** What a call is counted by. */
    static String counted(PatternUnits pattern) {
        var said = new ArrayList<String>();
        pattern.reading().ifPresent(reading -> said.add(reading(reading)));
        if (pattern.transaction()) {
            said.add("one transaction, which costs twice");
        }
        pattern.assumptions().stream().map(CapacityWords::assumption).forEach(said::add);
        return String.join("; ", said);
    }

    private static String reading(Reading reading) {
        var items = CapacityNumbers.text(reading.items());
        return items
                + (items.equals("1") ? " item, " : " items, ")
                + CapacityNumbers.bytes(reading.bytes())
                + (reading.pages() > 1 ? ", in " + reading.pages() + " pages" : "");
    }

    private static String assumption(Assumption assumption) {
        var about = assumption.about();
        return switch (assumption.kind()) {
            case ONE_ITEM -> "nothing says how many items have one value of " + code(about);
            case ONE_OF_EACH -> "nothing says how many items of " + text(about) + " lie together";
            case WHOLE_PARTITION ->
                "all of a partition, as nothing says what the condition on " + code(about) + " leaves";
            case FILTERED_TO_THE_END -> "all that could be read, as nothing says how soon enough pass the filter";
            case UP_TO_LIMIT -> "as many as the limit allows";
            case UNKNOWN_TABLE -> "a scan reads the whole table, and " + text(about) + " has no `rows`";
            case OTHER_KEYS -> "as if the row was there, with another key in index " + text(about);
            case OTHER_COPIES -> "as if the row was there, with other values that " + text(about) + " repeats";
            case UNKNOWN_COPIES ->
                "without the items of " + text(about) + " that repeat what changes, as no `perParent` says how many";
        };
    }

    /** What the sums leave out, and where what is provisioned doesn't do. */
    static List<String> remarks(StoreCapacity capacity, Prices prices) {
        var said = new ArrayList<String>();
        for (var table : capacity.tables()) {
            table.parts().stream().filter(table::exceeds).forEach(part -> said.add(exceeded(table, part)));
        }
        var undeclared = capacity.undeclared();
        list("No `rate`, so no part of the sums", undeclared.rates(), said);
        list("No `rows`, so no storage is counted", undeclared.rows(), said);
        list("No `values.width`, so the shortest value is counted", undeclared.widths(), said);
        list("No `values.nulls`, so counted as always there", undeclared.nulls(), said);
        if (prices.any()) {
            list("No price, so no cost of what is billed by it", missing(capacity, prices), said);
        }
        return said;
    }

    private static String exceeded(TableCapacity table, PartCapacity part) {
        var units = (Billing.Provisioned) table.table().billing();
        return part.index().map(index -> "Index " + code(index) + " of table ").orElse("Table ")
                + code(table.table().name().value()) + " has " + units.read() + " read and " + units.write()
                + " write units a second, and needs " + CapacityNumbers.text(part.readPerSecond()) + " read and "
                + CapacityNumbers.text(part.writePerSecond()) + " write at the declared rates.";
    }

    private static void list(String what, List<String> names, List<String> said) {
        if (!names.isEmpty()) {
            said.add(what + ": " + DesignCharts.codes(names) + ".");
        }
    }

    private static List<String> missing(StoreCapacity capacity, Prices prices) {
        var needed = new ArrayList<Price>();
        var billings =
                capacity.tables().stream().map(table -> table.table().billing()).toList();
        if (billings.stream().anyMatch(Billing.OnDemand.class::isInstance)) {
            needed.addAll(List.of(Price.ON_DEMAND_READ, Price.ON_DEMAND_WRITE));
        }
        if (billings.stream().anyMatch(Billing.Provisioned.class::isInstance)) {
            needed.addAll(List.of(Price.PROVISIONED_READ, Price.PROVISIONED_WRITE));
        }
        needed.add(Price.STORAGE);
        return needed.stream()
                .filter(price -> prices.of(price).isEmpty())
                .map(Price::key)
                .toList();
    }
}
