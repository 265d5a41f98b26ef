package dev.schemaproof.check.rule;

import static dev.schemaproof.dialect.dynamodb.DynamoLimits.PARTITION_READ_UNITS;
import static dev.schemaproof.dialect.dynamodb.DynamoLimits.PARTITION_WRITE_UNITS;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.keyvalue.PartitionLoad;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A partition of a DynamoDB table or index of which the access patterns ask more than one partition gives. */
public final class HotPartition implements Rule {

    /** Up to so many partitions, unknown rates are worth a warning. */
    private static final double FEW = 0.1;

    /** For examples where no rate is known. */
    private static final int UNKNOWN_EXCESS = 5;

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.keyValue().stores().stream()
                .flatMap(store -> PartitionLoad.of(facts.model(), store).stream())
                .flatMap(this::check);
    }

    private Stream<Finding> check(PartitionLoad load) {
        var tooMuch = Stream.concat(
                        over(load, load.writes(), "write", PARTITION_WRITE_UNITS),
                        over(load, load.reads(), "read", PARTITION_READ_UNITS))
                .toList();
        return tooMuch.isEmpty() ? unrated(load) : tooMuch.stream();
    }

    private Stream<Finding> over(PartitionLoad load, List<PartitionLoad.Traffic> streams, String kind, int limit) {
        if (sum(streams.stream()) <= limit) {
            return Stream.empty();
        }
        var shown = sum(streams.stream().filter(stream -> stream.share().shown())) > limit;
        var total = sum(streams.stream());
        var summary =
                place(load) + " gives one partition " + limit + " " + kind + " units a second, and the busiest of `"
                        + load.key() + "` gets at least " + SizeText.number(total) + ": "
                        + streams.stream()
                                .filter(PartitionLoad.Traffic::rated)
                                .map(HotPartition::part)
                                .collect(Collectors.joining("; "));
        return Stream.of(finding(load, shown ? severity() : Severity.WARNING, summary)
                .withHelp(kind.equals("write") ? spread(load, total / limit) : cache(load, total / limit)));
    }

    private static double sum(Stream<PartitionLoad.Traffic> streams) {
        return streams.mapToDouble(PartitionLoad.Traffic::perSecond).sum();
    }

    private static String part(PartitionLoad.Traffic stream) {
        var rate = stream.pattern().header().rate().orElseThrow().text();
        var units = stream.units() == 1 ? "" : " of " + SizeText.number(stream.units()) + " units";
        return "`" + stream.pattern().name() + "` " + rate + units
                + (stream.share().reasons().isEmpty() ? ", always this one" : ", " + why(stream));
    }

    private static String why(PartitionLoad.Traffic stream) {
        return String.join(" and ", stream.share().reasons());
    }

    /** Where all goes to a few partitions, it is a matter of rates, which nobody has declared. */
    private Stream<Finding> unrated(PartitionLoad load) {
        var unrated = load.writes().stream()
                .filter(stream -> !stream.rated() && stream.share().least() >= FEW)
                .toList();
        if (unrated.isEmpty() || load.item().entity().small()) {
            return Stream.empty();
        }
        var worst = unrated.get(0);
        var share = worst.share().least() == 1
                ? "all"
                : "at least " + SizeText.percent(worst.share().least());
        var reason = worst.share().reasons().isEmpty() ? "" : ", as " + why(worst);
        return Stream.of(finding(
                        load,
                        Severity.WARNING,
                        place(load) + " takes " + PARTITION_WRITE_UNITS
                                + " write units a second for one partition, and "
                                + share + " that `" + worst.pattern().name() + "` writes goes to one of `" + load.key()
                                + "`" + reason)
                .withHelp("declare how often it runs, such as `rate: 20/s`, which settles whether that is too much; or "
                        + spread(load, UNKNOWN_EXCESS)));
    }

    private static String spread(PartitionLoad load, double times) {
        var spread = load.key().variables().stream()
                .flatMapToInt(variable -> variable.shards().stream())
                .findFirst();
        return spread.isPresent()
                ? "spread it over more than " + spread.getAsInt() + " shards: " + shards(times * spread.getAsInt() / 2)
                        + " would do"
                : "spread it over more partitions: `shards: " + shards(times) + "` beside `"
                        + load.key().name() + ": \"" + load.key()
                        + "\"`, with which a read asks each shard, or an ingredient with many values";
    }

    private static String cache(PartitionLoad load, double times) {
        return "read it from a cache, or keep " + shards(times) + " copies of it in partitions of their own; where many"
                + " items make up the load, add an ingredient with many values to `" + load.key() + "`";
    }

    /** Twice as many as are needed, as a hash never spreads evenly. */
    private static int shards(double times) {
        return Math.max(2, Math.min(1000, (int) Math.ceil(2 * times)));
    }

    private static String place(PartitionLoad load) {
        return load.index()
                .map(index -> "index `" + index + "`")
                .orElseGet(() -> "table `" + load.item().table().name() + "`");
    }

    private Finding finding(PartitionLoad load, Severity severity, String summary) {
        var subject =
                load.item().name() + load.index().map(index -> "." + index).orElse("");
        return Finding.of(id(), severity, load.key().source().at(), subject, summary);
    }
}
