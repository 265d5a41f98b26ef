package dev.schemaproof.check.rule;

import static dev.schemaproof.dialect.dynamodb.DynamoLimits.COLLECTION_BYTES;
import static dev.schemaproof.dialect.dynamodb.DynamoLimits.PARTITION_READ_UNITS;
import static dev.schemaproof.dialect.dynamodb.DynamoLimits.PARTITION_WRITE_UNITS;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.keyvalue.CollectionSize;
import dev.schemaproof.analysis.keyvalue.KeyTemplate.Part.Variable;
import dev.schemaproof.analysis.keyvalue.KeyValueAnalysis.StoreFacts;
import dev.schemaproof.analysis.keyvalue.PartitionLoad;
import dev.schemaproof.analysis.keyvalue.PartitionLoad.Traffic;
import dev.schemaproof.analysis.keyvalue.Spread;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shards that reads pay for, and that no load asks for or that stay empty. */
public final class NeedlessShards implements Rule {

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.keyValue().stores().stream()
                .flatMap(store -> PartitionLoad.together(facts.model(), store).stream()
                        .filter(load -> !large(facts, store, load))
                        .flatMap(this::check));
    }

    private Stream<Finding> check(PartitionLoad load) {
        var paying = load.reads().stream().filter(read -> read.requests() > 1).toList();
        return paying.isEmpty()
                ? Stream.empty()
                : load.key().variables().stream()
                        .filter(variable -> variable.shards().isPresent())
                        .flatMap(shard -> check(load, shard, paying));
    }

    private Stream<Finding> check(PartitionLoad load, Variable shard, List<Traffic> paying) {
        var count = shard.shards().orElseThrow();
        var values = Spread.values(shard).orElse(count);
        if (values < count) {
            var used = SizeText.number(values);
            return Stream.of(finding(
                            load,
                            shard,
                            severity(),
                            "`" + shard.path() + "` has " + used + " values, so that no more than " + used + " of "
                                    + count + " shards hold anything; " + price(paying))
                    .withHelp("spread by an attribute with many values, such as `shards: {count: " + count
                            + ", by: ...}`, or over " + used + " shards"));
        }
        var unrated = Stream.concat(load.writes().stream(), load.reads().stream())
                .filter(traffic -> !traffic.rated())
                .map(traffic -> "`" + traffic.pattern().name() + "`")
                .distinct()
                .collect(Collectors.joining(", "));
        var writes = sum(load.writes());
        var reads = sum(load.reads());
        if (writes > PARTITION_WRITE_UNITS || reads > PARTITION_READ_UNITS) {
            return Stream.empty();
        }
        var all = "all of `" + load.key() + "` together";
        if (!unrated.isEmpty()) {
            return Stream.of(finding(
                            load,
                            shard,
                            Severity.INFO,
                            "nothing says that " + all
                                    + " would be too much for one partition, as no rate is declared of " + unrated
                                    + "; " + price(paying))
                    .withHelp(
                            "declare how often they run, such as `rate: 1500/s`, which shows what the shards are for"));
        }
        return Stream.of(finding(
                        load,
                        shard,
                        severity(),
                        all + " takes " + SizeText.number(writes) + " write and " + SizeText.number(reads)
                                + " read units a second, and one partition gives " + PARTITION_WRITE_UNITS + " and "
                                + PARTITION_READ_UNITS + "; " + price(paying))
                .withHelp("take the shards out, or declare the rates that ask for them"));
    }

    private static double sum(List<Traffic> traffic) {
        return traffic.stream()
                .mapToDouble(part -> part.perSecond() * part.requests())
                .sum();
    }

    private static String price(List<Traffic> paying) {
        return paying.stream()
                .map(read -> "`" + read.pattern().name() + "` costs " + read.requests() + " requests")
                .collect(Collectors.joining(", "));
    }

    /** Local indexes bound what one value of the partition key holds, which is a reason of its own. */
    private static boolean large(Facts facts, StoreFacts store, PartitionLoad load) {
        var table = load.item().table();
        if (load.index().isPresent() || table.localIndexes().isEmpty()) {
            return false;
        }
        var shards = load.key().variables().stream()
                .mapToDouble(variable -> variable.shards().orElse(1))
                .reduce(1, (one, other) -> one * other);
        return store.tables().stream()
                .filter(design -> design.table().equals(table))
                .flatMap(design -> CollectionSize.of(facts.model(), design).stream())
                .filter(size -> size.key().toString().equals(load.key().toString()))
                .anyMatch(size -> size.bytes() * shards > COLLECTION_BYTES);
    }

    private Finding finding(PartitionLoad load, Variable shard, Severity severity, String summary) {
        var subject =
                load.item().name() + load.index().map(index -> "." + index).orElse("");
        return Finding.of(id(), severity, shard.at(), subject, summary);
    }
}
