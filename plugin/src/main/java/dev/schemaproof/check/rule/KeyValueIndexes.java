package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.keyvalue.KeyValueAnalysis.StoreFacts;
import dev.schemaproof.analysis.keyvalue.Resolution;
import dev.schemaproof.analysis.keyvalue.TableDesign;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.KeyValueTable;
import dev.schemaproof.model.KeyValueTable.KeyAttribute;
import dev.schemaproof.model.KeyValueTable.SecondaryIndex;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What rules on indexes say of those of DynamoDB tables. */
final class KeyValueIndexes {

    private KeyValueIndexes() {}

    /** Indexes with the key of their table or of an earlier index. */
    static Stream<Finding> duplicates(Rule rule, Facts facts) {
        return facts.model()
                .keyValueStores()
                .flatMap(store -> store.tables().values().stream())
                .flatMap(table -> duplicates(rule, table));
    }

    private static Stream<Finding> duplicates(Rule rule, KeyValueTable table) {
        var indexes = List.copyOf(table.indexes().values());
        return IntStream.range(0, indexes.size()).boxed().flatMap(i -> {
            var index = indexes.get(i);
            if (names(index.partitionKey(), index.sortKey()).equals(names(table.partitionKey(), table.sortKey()))) {
                return Stream.of(rule.finding(
                                index.name().at(),
                                table.name() + "." + index.name(),
                                "`" + index.name() + "` has the key of its table `" + table.name() + "`")
                        .withHelp("remove it: whatever it serves, the table itself serves"));
            }
            return indexes.subList(0, i).stream()
                    .filter(other -> names(other.partitionKey(), other.sortKey())
                            .equals(names(index.partitionKey(), index.sortKey())))
                    .findFirst()
                    .map(other -> duplicate(rule, table, index, other))
                    .stream();
        });
    }

    private static List<String> names(KeyAttribute partition, Optional<KeyAttribute> sort) {
        return Stream.concat(Stream.of(partition), sort.stream())
                .map(key -> key.name().value())
                .toList();
    }

    /** What differs in its projection serves something of its own, but one that carries both would do. */
    private static Finding duplicate(Rule rule, KeyValueTable table, SecondaryIndex index, SecondaryIndex other) {
        var same = index.projection().equals(other.projection());
        return Finding.of(
                        rule.id(),
                        same ? rule.severity() : Severity.WARNING,
                        index.name().at(),
                        table.name() + "." + index.name(),
                        "`" + index.name() + "` has the key of index `" + other.name()
                                + "`, so that every write is paid" + " for twice")
                .withHelp(same ? "remove it" : "keep one of them, and let it `project` what the patterns need of both")
                .withRelated(other.name().at(), "the other one");
    }

    /** Indexes that no pattern reads, where every pattern of the store is served. */
    static Stream<Finding> unread(Rule rule, Facts facts) {
        return facts.keyValue().stores().stream()
                .filter(store -> !store.resolutions().isEmpty()
                        && store.resolutions().stream().allMatch(Resolution.Served.class::isInstance))
                .flatMap(store -> store.tables().stream()
                        .filter(table -> table.unjudged().isEmpty())
                        .flatMap(table -> table.table().indexes().values().stream()
                                .filter(index -> !read(store, table, index))
                                .map(index -> rule.finding(
                                                index.name().at(),
                                                table.name() + "." + index.name(),
                                                "no access pattern reads index `" + index.name() + "` of table `"
                                                        + table.name() + "`, and every write pays for it")
                                        .withHelp("remove it, or add the query that needs it to `accessPatterns`"))));
    }

    private static boolean read(StoreFacts store, TableDesign table, SecondaryIndex index) {
        return store.resolutions().stream()
                .map(Resolution.Served.class::cast)
                .anyMatch(served -> served.request().table().equals(table.name())
                        && served.index().filter(index.name().value()::equals).isPresent());
    }
}
