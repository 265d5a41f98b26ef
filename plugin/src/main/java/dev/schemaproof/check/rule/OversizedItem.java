package dev.schemaproof.check.rule;

import static dev.schemaproof.dialect.dynamodb.DynamoLimits.ITEM_BYTES;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.keyvalue.ItemDesign;
import dev.schemaproof.analysis.keyvalue.ItemSize;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import java.util.Optional;
import java.util.stream.Stream;

/** Items of a DynamoDB table that are larger than DynamoDB takes, or may become so. */
public final class OversizedItem implements Rule {

    /** An average of a quarter of the limit leaves little room for the largest ones. */
    private static final int LARGE = ITEM_BYTES / 4;

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.keyValue().stores().stream()
                .flatMap(store -> store.tables().stream())
                .flatMap(table -> table.items().stream())
                .flatMap(item -> check(item).stream());
    }

    private Optional<Finding> check(ItemDesign item) {
        var size = ItemSize.of(item);
        var total = ItemSize.withLocalEntries(item);
        var entries = item.table().localIndexes().isEmpty() ? "" : "with their entries in local indexes ";
        var items = "items of `" + item.name() + "` " + entries;
        if (total.average() > ITEM_BYTES) {
            return Optional.of(finding(
                    item,
                    severity(),
                    items + "take " + SizeText.bytes(total.average())
                            + " on average, by the declared widths, and DynamoDB refuses more than 400 KB",
                    size.heaviest()));
        }
        if (total.average() > LARGE) {
            return Optional.of(finding(
                    item,
                    Severity.WARNING,
                    items + "take " + SizeText.bytes(total.average())
                            + " on average, by the declared widths, which leaves little room for the largest: DynamoDB"
                            + " refuses more than 400 KB",
                    size.heaviest()));
        }
        if (total.most().isPresent() && total.most().getAsLong() > ITEM_BYTES) {
            return Optional.of(finding(
                    item,
                    Severity.WARNING,
                    items + "may take " + SizeText.bytes((double) total.most().getAsLong())
                            + ", and DynamoDB refuses more than 400 KB",
                    size.longest()));
        }
        return Optional.empty();
    }

    private Finding finding(ItemDesign item, Severity severity, String summary, String attribute) {
        return Finding.of(id(), severity, item.item().entity().at(), item.name(), summary)
                .withHelp(
                        "`" + attribute + "` takes most of it: keep it in an object store and its address here, or cut"
                                + " it into items of their own that one query reads together");
    }
}
