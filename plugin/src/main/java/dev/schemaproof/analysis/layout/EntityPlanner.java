package dev.schemaproof.analysis.layout;

import dev.schemaproof.analysis.index.ColumnCosts;
import dev.schemaproof.analysis.index.LowerBound;
import dev.schemaproof.analysis.index.SmallestIndexes;
import dev.schemaproof.analysis.layout.TableKeys.TableKey;
import dev.schemaproof.model.AccessPattern.Read;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Chooses the keys of an entity: for each key that the table may have, the fewest keys for what that one leaves. */
final class EntityPlanner {

    private final EntityColumns columns;
    private final EntityWrites writes;
    private final List<Ask> asks;
    private final Map<BitSet, Rest> rests = new HashMap<>();

    EntityPlanner(EntityColumns columns, EntityWrites writes, List<Ask> asks) {
        this.columns = columns;
        this.writes = writes;
        this.asks = List.copyOf(asks);
    }

    /** What a key of the table leaves, and the keys for it. */
    private record Rest(Classes classes, List<Ask> asks, SmallestIndexes keys) {}

    /**
     * A key of the table and what comes of it.
     *
     * @param unserved how many patterns it leaves without a request
     * @param apart whether it could lie in the item collection of a row that it refers to, and doesn't
     * @param coarser by how many columns its partition is coarser than it could be
     */
    private record Choice(TableKey key, BitSet served, long unserved, Rest rest, boolean apart, int coarser) {}

    private static final Comparator<Choice> BEST = Comparator.<Choice>comparingLong(Choice::unserved)
            .thenComparingInt(choice -> choice.rest.keys.indexes().size())
            .thenComparing(Choice::apart)
            .thenComparingInt(Choice::coarser)
            .thenComparingInt(choice -> choice.key.columns().size());

    /** The plans, the best one first; none where nothing tells the rows apart. */
    List<EntityPlan> plans() {
        var tables = new TableKeys(columns, writes, asks);
        return tables.all().entrySet().stream()
                .map(entry -> choice(entry.getKey(), entry.getValue()))
                .sorted(BEST)
                .map(choice -> plan(choice, tables.complete()))
                .toList();
    }

    private Choice choice(TableKey key, int coarser) {
        var served = new BitSet();
        IntStream.range(0, asks.size())
                .filter(i -> asks.get(i).forms().stream()
                        .anyMatch(form -> form.isServedBy(
                                key.columns(), key.partition(), columns.entity().small())))
                .forEach(served::set);
        var inconsistent = IntStream.range(0, asks.size())
                .filter(i -> asks.get(i).pattern().consistent() && !served.get(i))
                .count();
        return new Choice(
                key,
                served,
                inconsistent + writes.unserved(key.set()),
                rests.computeIfAbsent(served, this::rest),
                isApart(key),
                coarser);
    }

    private boolean isApart(TableKey key) {
        var partition = new TableKey(key.columns().subList(0, key.partition()), 0).set();
        return TableKeys.identifying(columns.entity()).stream()
                .noneMatch(reference -> columns.own(reference.names()).equals(partition));
    }

    private Rest rest(BitSet served) {
        var open = IntStream.range(0, asks.size())
                .filter(i -> !served.get(i) && !asks.get(i).pattern().consistent())
                .mapToObj(asks::get)
                .toList();
        var classes = new Classes(columns, open);
        var bytes = new int[classes.width()];
        Arrays.fill(bytes, 0, columns.size(), 1);
        var changed = new BitSet();
        IntStream.range(0, columns.size()).filter(writes::changes).forEach(changed::set);
        return new Rest(
                classes,
                open,
                SmallestIndexes.of(
                        open.stream().map(classes::request).toList(), List.of(), new ColumnCosts(bytes, changed)));
    }

    private EntityPlan plan(Choice choice, boolean complete) {
        var rest = choice.rest();
        var indexes = new ArrayList<KeyPlan>();
        var placed = new BitSet();
        for (var chosen : rest.keys.indexes()) {
            var mine = chosen.requests().stream().filter(i -> !placed.get(i)).toList();
            mine.forEach(placed::set);
            if (!mine.isEmpty()) {
                indexes.add(
                        index(rest, chosen, mine.stream().map(rest.asks::get).toList()));
            }
        }
        indexes.sort(Comparator.comparingInt(key -> rest.asks.stream()
                .map(Ask::pattern)
                .toList()
                .indexOf(key.reads().get(0))));
        var served =
                choice.served().stream().mapToObj(i -> asks.get(i).pattern()).toList();
        return new EntityPlan(
                columns,
                KeyPlan.of(choice.key().columns(), choice.key().partition(), false, served),
                indexes,
                members(rest.keys.bound())
                        .map(member -> rest.asks.get(member.request()).pattern())
                        .distinct()
                        .toList(),
                complete && rest.keys.smallest());
    }

    private KeyPlan index(Rest rest, SmallestIndexes.Chosen chosen, List<Ask> served) {
        var key = chosen.key().stream()
                .map(sorted -> sorted.column())
                .filter(column -> !rest.classes.isMark(column))
                .toList();
        var reads = served.stream().map(Ask::pattern).toList();
        if (rest.classes.isNumeric(chosen.key())) {
            return KeyPlan.of(key, key.size() - 1, true, reads);
        }
        var partition = served.stream()
                .mapToInt(ask -> rest.classes.demands(ask).stream()
                        .filter(option -> option.demand().isServedBy(chosen.key()))
                        .mapToInt(Classes.Option::partition)
                        .max()
                        .orElseThrow())
                .min()
                .orElseThrow();
        return KeyPlan.of(key, legible(key, partition), false, reads);
    }

    /** A partition key that can be read in one way only, where one of fewer columns is. */
    private int legible(List<Integer> key, int partition) {
        return IntStream.iterate(partition, size -> size > 0, size -> size - 1)
                .filter(size -> key.subList(0, size).stream()
                                .filter(columns::holdsDelimiter)
                                .count()
                        <= 1)
                .findFirst()
                .orElse(partition);
    }

    private static Stream<LowerBound.Member> members(LowerBound bound) {
        if (bound instanceof LowerBound.Antichain antichain) {
            return antichain.members().stream();
        } else if (bound instanceof LowerBound.Sum sum) {
            return sum.parts().stream().flatMap(EntityPlanner::members);
        }
        // Of several cases, the first stands for them
        return ((LowerBound.Split) bound).cases().stream().limit(1).flatMap(EntityPlanner::members);
    }

    /** The reads of which the plan says that a key serves them. */
    static List<Read> promised(EntityPlan plan) {
        return Stream.concat(Stream.of(plan.table()), plan.indexes().stream())
                .flatMap(key -> key.reads().stream())
                .toList();
    }
}
