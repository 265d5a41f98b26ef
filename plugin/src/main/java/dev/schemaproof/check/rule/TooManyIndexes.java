package dev.schemaproof.check.rule;

import static dev.schemaproof.dialect.dynamodb.DynamoLimits.INDEXES;
import static dev.schemaproof.dialect.dynamodb.DynamoLimits.LOCAL_INDEXES;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.KeyValueTable;
import dev.schemaproof.model.KeyValueTable.SecondaryIndex;
import java.util.List;
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
                .flatMap(table -> Stream.concat(
                        beyond(table, table.globalIndexes(), INDEXES, "global")
                                .map(finding -> finding.withHelp(
                                        "let entities share indexes: a key attribute such as `GSI1PK` can hold"
                                                + " `EMAIL#{email}` for one entity and `TAG#{tag}` for another")),
                        beyond(table, table.localIndexes(), LOCAL_INDEXES, "local")
                                .map(finding ->
                                        finding.withHelp("make it a global one, with a `partitionKey` of its own"))));
    }

    private Stream<Finding> beyond(KeyValueTable table, List<SecondaryIndex> indexes, int limit, String kind) {
        return indexes.stream()
                .skip(limit)
                .limit(1)
                .map(index -> finding(
                        index.name().at(),
                        table.name().value(),
                        "table `" + table.name() + "` has " + indexes.size() + " " + kind
                                + " indexes, and DynamoDB allows " + limit));
    }
}
