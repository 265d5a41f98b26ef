package dev.schemaproof.check.rule;

import static dev.schemaproof.dialect.dynamodb.DynamoLimits.KEY_NAME_BYTES;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.KeyValueStore;
import dev.schemaproof.model.KeyValueTable;
import dev.schemaproof.model.KeyValueTable.KeyAttribute;
import dev.schemaproof.model.Located;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A name of a table, an index or a key attribute that DynamoDB refuses, or a table's that people take for another's. */
public final class UnfitName implements Rule {

    private static final Pattern FIT = Pattern.compile("[A-Za-z0-9_.-]{3,255}");

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.model()
                .keyValueStores()
                .flatMap(store -> Stream.concat(store.tables().values().stream().flatMap(this::check), alike(store)));
    }

    private Stream<Finding> check(KeyValueTable table) {
        var names = Stream.concat(
                        Stream.of(table.name()),
                        table.indexes().values().stream().map(index -> index.name()))
                .filter(name -> !FIT.matcher(name.value()).matches())
                .map(name -> finding(
                                name.at(),
                                table.name().value(),
                                "`" + name
                                        + "` is no name for DynamoDB, which takes 3 to 255 letters from `A` to `z`, digits,"
                                        + " `_`, `.` and `-`")
                        .withHelp("name it otherwise, such as `" + fit(name.value()) + "`"));
        var keys = Stream.concat(
                        Stream.concat(Stream.of(table.partitionKey()), table.sortKey().stream()),
                        table.indexes().values().stream()
                                .flatMap(index ->
                                        Stream.concat(Stream.of(index.partitionKey()), index.sortKey().stream())))
                .map(KeyAttribute::name)
                .filter(name ->
                        name.value().isEmpty() || name.value().getBytes(StandardCharsets.UTF_8).length > KEY_NAME_BYTES)
                .map(name -> finding(
                                name.at(),
                                table.name().value(),
                                "the name of a key attribute has 1 to " + KEY_NAME_BYTES + " bytes, and this one has "
                                        + name.value().getBytes(StandardCharsets.UTF_8).length)
                        .withHelp("name it otherwise, such as `PK`"));
        return Stream.concat(names, keys);
    }

    private static String fit(String name) {
        var fit = name.replaceAll("[^A-Za-z0-9_.-]+", "-");
        fit = fit.length() < 3 ? "by-" + fit : fit;
        return fit.substring(0, Math.min(fit.length(), 40));
    }

    /** DynamoDB keeps them apart, but people and file systems don't. */
    private Stream<Finding> alike(KeyValueStore store) {
        var first = new HashMap<String, Located<String>>();
        return store.tables().values().stream().map(KeyValueTable::name).flatMap(name -> {
            var before = first.putIfAbsent(name.value().toLowerCase(Locale.ROOT), name);
            return before == null
                    ? Stream.empty()
                    : Stream.of(finding(
                                    name.at(),
                                    name.value(),
                                    "tables `" + before + "` and `" + name + "` differ only in upper and lower case")
                            .withSeverity(Severity.WARNING)
                            .withHelp("name one of them otherwise")
                            .withRelated(before.at(), "the other one"));
        });
    }
}
