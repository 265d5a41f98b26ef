package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.dialect.postgresql.CatalogFacts;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Index;
import dev.schemaproof.model.Partitioning;
import dev.schemaproof.model.Partitioning.Bound;
import dev.schemaproof.model.Partitioning.Partition;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.SourceText;
import dev.schemaproof.sql.SqlExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A bound that can't say which rows a partition takes. */
public final class BrokenPartitionBound extends RelationalRule {

    @Override
    Stream<Finding> check(Entity entity, RelationalStore store, Facts facts) {
        return Division.of(entity).stream().flatMap(division -> {
            var found = new ArrayList<Finding>();
            var partitioning = division.partitioning();
            for (var partition : partitioning.partitions().values()) {
                if (partition.bound() instanceof Bound.Range range) {
                    end(entity, partition, partitioning, "from", range.from(), facts, found);
                    end(entity, partition, partitioning, "to", range.to(), facts, found);
                } else if (partition.bound() instanceof Bound.In list) {
                    list.values().stream()
                            .filter(Partitioning::isLimit)
                            .forEach(limit -> found.add(finding(
                                            limit.at(),
                                            entity.name().value(),
                                            "`" + limit + "` is no value that partition `" + partition.name()
                                                    + "` could take")
                                    .withHelp("list values; what no other partition takes goes to `<name>: default`")));
                } else if (partition.bound() instanceof Bound.Hash hash) {
                    hash(entity, partition, hash, found);
                }
            }
            factors(entity, partitioning, found);
            partitioning.partitions().values().forEach(partition -> chances(entity, store, partition, facts, found));
            return found.stream();
        });
    }

    private void end(
            Entity entity,
            Partition partition,
            Partitioning partitioning,
            String word,
            List<SourceText> values,
            Facts facts,
            List<Finding> found) {
        var key = partitioning.on();
        var subject = entity.name().value();
        if (values.size() != key.size()) {
            found.add(finding(
                            values.isEmpty()
                                    ? partition.bound().at()
                                    : values.get(0).at(),
                            subject,
                            "`" + word + "` of partition `" + partition.name() + "` has "
                                    + Words.counted(values.size(), "value") + ", and the partition key is "
                                    + named(key))
                    .withHelp("give one value for each: `" + word + ": [...]`")
                    .withRelated(key.get(0).text().at(), "the partition key"));
            return;
        }
        SourceText limit = null;
        for (var i = 0; i < values.size(); i++) {
            var value = values.get(i);
            if (limit != null
                    && !limit.value().strip().equalsIgnoreCase(value.value().strip())) {
                found.add(finding(
                                value.at(),
                                subject,
                                "`" + value.value().strip() + "` stands behind `" + limit
                                        + "`, where nothing else counts any more")
                        .withHelp("write `" + limit.value().strip().toLowerCase(Locale.ROOT) + "` there too"));
                return;
            }
            limit = Partitioning.isLimit(value) ? value : limit;
            if (new BoundReader(facts).value(value, key.get(i), entity).rank() == BoundValue.Rank.NULL) {
                found.add(
                        finding(
                                        value.at(),
                                        subject,
                                        "null is in no range, and partition `" + partition.name()
                                                + "` begins or ends with it")
                                .withHelp(
                                        "write `minvalue` or `maxvalue`; rows without a value go to a partition that is the default: `<name>: default`"));
            }
        }
    }

    /** What chance decides is another partition in each database, and may be none that fits the others. */
    private void chances(Entity entity, RelationalStore store, Partition partition, Facts facts, List<Finding> found) {
        var catalog = facts.typing().system(store).catalog();
        values(partition)
                .flatMap(value -> facts.typing().text(value).stream())
                .forEach(text -> text.tree()
                        .walk()
                        .filter(node -> node instanceof SqlExpression.Call call && isVolatile(catalog, call.function()))
                        .findFirst()
                        .ifPresent(call -> {
                            var words = text.text(call.span());
                            found.add(finding(
                                            text.locate(call.span()),
                                            entity.name().value(),
                                            "`" + words + "` gives another value each time, and partition `"
                                                    + partition.name() + "` would be another in each database")
                                    .withHelp("write the value: run `select " + words
                                            + "` once, and put what it gives here"));
                        }));
    }

    private static boolean isVolatile(CatalogFacts catalog, String function) {
        var routines = catalog.routines(function);
        return !routines.isEmpty() && routines.stream().allMatch(routine -> routine.volatility() == 'v');
    }

    private static Stream<SourceText> values(Partition partition) {
        if (partition.bound() instanceof Bound.Range range) {
            return Stream.concat(range.from().stream(), range.to().stream());
        }
        return partition.bound() instanceof Bound.In list ? list.values().stream() : Stream.empty();
    }

    private static String named(List<Index.Part> key) {
        return key.stream()
                .map(part -> part.text().value().strip())
                .collect(Collectors.collectingAndThen(Collectors.toList(), Words::listed));
    }

    private void hash(Entity entity, Partition partition, Bound.Hash hash, List<Finding> found) {
        if (hash.modulus() < 1 || hash.modulus() > Integer.MAX_VALUE) {
            found.add(finding(
                            hash.at(),
                            entity.name().value(),
                            "the modulus of partition `" + partition.name() + "` is " + hash.modulus()
                                    + ", and no hash can be divided by that")
                    .withHelp("write the number of partitions, such as `modulus: 4`"));
        } else if (hash.remainder() < 0 || hash.remainder() >= hash.modulus()) {
            found.add(finding(
                            hash.at(),
                            entity.name().value(),
                            "partition `" + partition.name() + "` takes remainder " + hash.remainder()
                                    + ", which no division by " + hash.modulus() + " leaves")
                    .withHelp("write a remainder from 0 to " + (hash.modulus() - 1)));
        }
    }

    /** Every modulus has to be a factor of the next larger one. */
    private void factors(Entity entity, Partitioning partitioning, List<Finding> found) {
        var byModulus = new TreeMap<Long, Partition>();
        partitioning.partitions().values().forEach(partition -> {
            if (partition.bound() instanceof Bound.Hash hash && hash.modulus() > 0) {
                byModulus.putIfAbsent(hash.modulus(), partition);
            }
        });
        byModulus.forEach((modulus, partition) -> {
            var smaller = byModulus.lowerEntry(modulus);
            if (smaller != null && modulus % smaller.getKey() != 0) {
                found.add(finding(
                                partition.bound().at(),
                                entity.name().value(),
                                "partition `" + partition.name() + "` divides by " + modulus + ", and partition `"
                                        + smaller.getValue().name() + "` by " + smaller.getKey()
                                        + ", which is no factor of it")
                        .withHelp("divide by a multiple of " + smaller.getKey() + ", such as `modulus: "
                                + 2 * smaller.getKey() + "`")
                        .withRelated(smaller.getValue().bound().at(), "the smaller modulus"));
            }
        });
    }
}
