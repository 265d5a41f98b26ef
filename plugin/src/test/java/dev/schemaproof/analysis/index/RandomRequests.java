package dev.schemaproof.analysis.index;

import dev.schemaproof.analysis.index.SortedColumn.Sorting;
import dev.schemaproof.analysis.normal.AttributeSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Requests, fixed indexes and costs at random, the same for a number each time. */
record RandomRequests(int columns, List<Request> requests, List<List<SortedColumn>> fixed, ColumnCosts costs) {

    /**
     * A random instance.
     *
     * @param choices of how many requests one leaves a choice, or 0
     */
    static RandomRequests of(int number, int mostColumns, int mostRequests, int choices) {
        var random = new Random(number);
        var columns = 1 + random.nextInt(mostColumns);
        var plain = random.nextInt(3) == 0;
        var requests = IntStream.rangeClosed(0, random.nextInt(mostRequests))
                .mapToObj(i -> {
                    var more = choices > 0 && random.nextInt(choices) == 0 ? 1 + random.nextInt(2) : 0;
                    return new Request(IntStream.rangeClosed(0, more)
                            .mapToObj(j -> demand(random, columns, plain))
                            .toList());
                })
                .toList();
        var fixed = IntStream.range(0, random.nextInt(3))
                .mapToObj(i -> key(random, columns))
                .toList();
        var changed = new BitSet();
        for (var i = 0; i < columns; i++) {
            changed.set(i, random.nextInt(3) == 0);
        }
        var bytes = random.ints(columns, 1, random.nextBoolean() ? 3 : 20).toArray();
        return new RandomRequests(columns, requests, fixed, new ColumnCosts(bytes, changed));
    }

    private static List<Integer> shuffled(Random random, int columns) {
        var positions = new ArrayList<>(IntStream.range(0, columns).boxed().toList());
        Collections.shuffle(positions, random);
        return positions;
    }

    private static List<SortedColumn> key(Random random, int columns) {
        return shuffled(random, columns).subList(0, 1 + random.nextInt(columns)).stream()
                .map(SortedColumn::ascending)
                .toList();
    }

    /** With something to ask for. */
    private static Demand demand(Random random, int columns, boolean plain) {
        var positions = shuffled(random, columns);
        var width = 1 + random.nextInt(Math.min(columns, 6));
        var equal = plain ? width : random.nextInt(width + 1);
        var behind = positions.subList(equal, width);
        return new Demand(
                AttributeSet.of(positions.subList(0, equal).stream()
                        .mapToInt(Integer::intValue)
                        .toArray()),
                behind.size() == 1 && random.nextBoolean()
                        ? List.of(
                                random.nextInt(4) == 0
                                        ? new SortedColumn(behind.get(0), false, Sorting.BYTES)
                                        : SortedColumn.range(behind.get(0)))
                        : behind.stream()
                                .map(column -> new SortedColumn(
                                        column,
                                        random.nextInt(3) == 0,
                                        random.nextInt(6) == 0 ? Sorting.NULLS_LEAST : Sorting.NULLS_GREATEST))
                                .toList());
    }
}
