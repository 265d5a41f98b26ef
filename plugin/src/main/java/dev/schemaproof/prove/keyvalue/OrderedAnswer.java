package dev.schemaproof.prove.keyvalue;

import dev.schemaproof.prove.data.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Compares items with the rows that they must be of, where some of the rows may come in any order. */
final class OrderedAnswer {

    private static final int MOST_SHOWN = 5;

    private final Comparator<Row> order;
    private final Function<Row, Map<String, @Nullable Object>> part;

    /**
     * @param order of the rows; zero for those that may come in any order
     * @param part what must come of a row
     */
    OrderedAnswer(Comparator<Row> order, Function<Row, Map<String, @Nullable Object>> part) {
        this.order = order;
        this.part = part;
    }

    /**
     * What is wrong with the items.
     *
     * @param expected the rows, in their order
     * @param number how many of them must come
     */
    Optional<String> difference(
            String entity, List<Row> expected, int number, List<Map<String, @Nullable Object>> got) {
        if (got.size() != number) {
            return Optional.of("returns " + got.size() + " of " + entity + ", and the rows are " + number + ": "
                    + shown(got) + " and not " + shown(parts(expected)));
        }
        // Rows that the order leaves equal may come in any order, and a limit may cut anywhere among them
        var at = 0;
        for (var from = 0; at < number; ) {
            var to = from + 1;
            while (to < expected.size() && order.compare(expected.get(from), expected.get(to)) == 0) {
                to++;
            }
            var group = new ArrayList<>(parts(expected.subList(from, to)));
            for (var i = from; i < to && at < number; i++, at++) {
                if (!group.remove(got.get(at))) {
                    return Optional.of("returns, in place " + (at + 1) + ", " + shown(List.of(got.get(at)))
                            + ", where the rows have " + shown(group));
                }
            }
            from = to;
        }
        return Optional.empty();
    }

    private List<Map<String, @Nullable Object>> parts(List<Row> rows) {
        return rows.stream().map(part).toList();
    }

    static String shown(List<Map<String, @Nullable Object>> items) {
        var texts = items.stream().limit(MOST_SHOWN).map(RequestForm::line).toList();
        return String.join(", ", texts) + (items.size() > MOST_SHOWN ? ", ..." : texts.isEmpty() ? "nothing" : "");
    }
}
