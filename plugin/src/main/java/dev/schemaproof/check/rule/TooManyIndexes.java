package dev.schemaproof.check.rule;

import static dev.schemaproof.dialect.dynamodb.DynamoLimits.INDEXES;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import java.util.stream.Stream;

/** A DynamoDB table with more secondary indexes than an account may have. */
public final class TooManyIndexes implements Rule {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.model()
                .keyValueStores()
                .flatMap(store -> store.tables().values().stream())
                .filter(table -> table.indexes().size() > INDEXES)
                .map(table -> finding(
                                table.indexes().values().stream()
                                        .skip(INDEXES)
                                        .findFirst()
                                        .orElseThrow()
                                        .name()
                                        .at(),
                                table.name().value(),
                                "table `" + table.name() + "` has "
                                        + table.indexes().size() + " indexes, and DynamoDB allows " + INDEXES
                                        + " global ones")
                        .withHelp(
                                "let entities share indexes: a key attribute such as `GSI1PK` can hold `EMAIL#{email}` for"
                                        + " one entity and `TAG#{tag}` for another"));
    }
}
