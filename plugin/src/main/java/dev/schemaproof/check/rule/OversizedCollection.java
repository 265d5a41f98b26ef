package dev.schemaproof.check.rule;

import static dev.schemaproof.dialect.dynamodb.DynamoLimits.COLLECTION_BYTES;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.keyvalue.CollectionSize;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import java.util.stream.Stream;

/** An item collection that grows beyond what DynamoDB takes of a table with local indexes. */
public final class OversizedCollection implements Rule {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.keyValue().stores().stream()
                .flatMap(store -> store.tables().stream())
                .filter(table -> !table.table().localIndexes().isEmpty())
                .flatMap(table -> CollectionSize.of(facts.model(), table).stream())
                .filter(size -> size.bytes() > COLLECTION_BYTES)
                .map(this::finding);
    }

    private Finding finding(CollectionSize size) {
        var finding = finding(
                        size.key().source().at(),
                        size.item().name(),
                        "a table with local indexes takes 10 GB for one value of its partition key, and `" + size.key()
                                + "` gets some " + SizeText.number(size.rows()) + " items of `"
                                + size.item().name()
                                + "`, " + SizeText.bytes(size.bytes()) + " with their entries")
                .withHelp("make the local indexes global ones, which have no such limit, or add an ingredient to the"
                        + " partition key, such as a month");
        return size.declared() ? finding : finding.withSeverity(Severity.WARNING);
    }
}
