package dev.schemaproof.check.rule;

import static dev.schemaproof.dialect.dynamodb.DynamoLimits.TRANSACTION_BYTES;
import static dev.schemaproof.dialect.dynamodb.DynamoLimits.TRANSACTION_ITEMS;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.keyvalue.ItemCopies;
import dev.schemaproof.analysis.keyvalue.ItemDesign;
import dev.schemaproof.analysis.keyvalue.ItemSize;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Reference;
import java.util.Optional;
import java.util.stream.Stream;

/** Copies in DynamoDB items that may never be stale, but are more than one transaction can write. */
public final class OversizedTransaction implements Rule {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        var copies = new ItemCopies(facts.model());
        return facts.keyValue().stores().stream()
                .flatMap(store -> store.tables().stream())
                .flatMap(table -> table.items().stream())
                .flatMap(item -> item.item().copies().stream()
                        .flatMap(copy -> copies.contractFor(item.entity(), copy.value()).stream()
                                .filter(OversizedTransaction::neverStale)
                                .flatMap(contract -> check(item, copy, contract).stream())));
    }

    private static boolean neverStale(Contract contract) {
        return contract.staleness()
                .flatMap(Contract.Staleness::allowed)
                .filter(allowed -> allowed.value().isZero())
                .isPresent();
    }

    private Optional<Finding> check(ItemDesign item, Located<String> copy, Contract contract) {
        var role = copy.value().substring(0, Math.max(0, copy.value().indexOf('.')));
        return item.entity().reference(role).flatMap(reference -> check(item, copy, contract, reference));
    }

    private Optional<Finding> check(ItemDesign item, Located<String> copy, Contract contract, Reference reference) {
        var begin = "contract `" + contract.name() + "` allows no stale copy of `" + copy + "`";
        if (reference.perParent().isEmpty()) {
            return Optional.of(finding(
                            item,
                            copy,
                            begin + ", and nothing says whether the items of one `" + reference.entity()
                                    + "` fit into one transaction of " + TRANSACTION_ITEMS)
                    .withSeverity(Severity.WARNING)
                    .withHelp("say how many there are: `" + reference.role() + ": {entity: " + reference.entity()
                            + ", perParent: 20}`, or how stale the copy may be: `staleness: {allowed: 1m, ...}`"));
        }
        // The row itself is written too
        var items = reference.perParent().getAsLong() + 1;
        var bytes =
                reference.perParent().getAsLong() * ItemSize.of(item).total().average();
        if (items <= TRANSACTION_ITEMS && bytes <= TRANSACTION_BYTES) {
            return Optional.empty();
        }
        var much = items > TRANSACTION_ITEMS
                ? items + " items, and one transaction writes at most " + TRANSACTION_ITEMS
                : "items of " + SizeText.bytes(bytes) + ", and one transaction takes at most 4 MB";
        return Optional.of(finding(item, copy, begin + ", but a change of it writes " + much)
                .withHelp(
                        "say how stale the copy may be, such as `staleness: {allowed: 1m, ...}`, and write the items one"
                                + " after the other; or read `" + copy + "` with a pattern of its own"));
    }

    private Finding finding(ItemDesign item, Located<String> copy, String summary) {
        return finding(copy.at(), item.name() + "." + copy, summary);
    }
}
