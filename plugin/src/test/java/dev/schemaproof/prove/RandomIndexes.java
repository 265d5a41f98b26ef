package dev.schemaproof.prove;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Gives an entity two to four indexes, many of which begin alike or hold the same columns in another order, and makes
 * statements whose conditions and order are about columns of several of them, together or as alternatives.
 */
final class RandomIndexes {

    private final Random random;
    private final RandomAccess access;

    RandomIndexes(Random random, RandomAccess access) {
        this.random = random;
        this.access = access;
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** Two to four different indexes. */
    List<RandomAccess.Index> indexes() {
        var count = 2 + random.nextInt(3);
        var found = new LinkedHashSet<RandomAccess.Index>();
        while (found.size() < count) {
            var next = access.index();
            found.add(found.isEmpty() || chance(45) ? next : near(any(List.copyOf(found)), next));
        }
        return List.copyOf(found);
    }

    /** An index that begins as one does, or has its parts in another order, and goes on as another. */
    private RandomAccess.Index near(RandomAccess.Index one, RandomAccess.Index other) {
        if (!one.method().equals("btree") || !other.method().equals("btree")) {
            return other;
        }
        var kept = new ArrayList<>(
                one.parts().subList(0, 1 + random.nextInt(one.parts().size())));
        if (chance(40)) {
            Collections.shuffle(kept, random);
        }
        var terms = kept.stream().map(RandomAccess.Part::term).collect(Collectors.toSet());
        other.parts().stream()
                .filter(part -> !terms.contains(part.term()))
                .limit(random.nextInt(3))
                .forEach(kept::add);
        var all = kept.stream().map(RandomAccess.Part::term).collect(Collectors.toSet());
        return new RandomAccess.Index(
                "btree",
                kept,
                other.include().stream().filter(name -> !all.contains(name)).toList(),
                chance(50) ? one.where() : other.where(),
                chance(8));
    }

    /** A statement about columns of several indexes. */
    RandomAccess.Query query(List<RandomAccess.Index> indexes) {
        var one = access.query(any(indexes));
        if (chance(25)) {
            return one;
        }
        var other = renumbered(access.query(any(indexes)));
        var conditions = new LinkedHashSet<>(one.conditions());
        if (chance(40)) {
            var arms = IntStream.range(0, 2 + random.nextInt(2))
                    .mapToObj(this::number)
                    .flatMap(number -> arm(access.query(any(indexes)), number).stream())
                    .distinct()
                    .toList();
            if (arms.size() > 1) {
                conditions.clear();
                conditions.add("(" + String.join(" or ", arms) + ")");
                one.conditions().stream()
                        .filter(condition -> !condition.contains(" or ") && chance(30))
                        .forEach(conditions::add);
            }
        } else {
            conditions.addAll(other.conditions());
        }
        var kept = new ArrayList<>(conditions);
        while (kept.size() > 4) {
            kept.remove(random.nextInt(kept.size()));
        }
        var order = chance(50) ? one : other;
        return new RandomAccess.Query(any(List.of(one.items(), other.items())), kept, order.order(), chance(30));
    }

    private int number(int arm) {
        return 200 + 100 * arm;
    }

    /** One of a statement's conditions, to be an alternative. */
    private Set<String> arm(RandomAccess.Query query, int number) {
        var simple = query.conditions().stream()
                .filter(condition -> !condition.contains(" or "))
                .toList();
        return simple.isEmpty() ? Set.of() : Set.of(renumbered(any(simple), number));
    }

    private static RandomAccess.Query renumbered(RandomAccess.Query query) {
        return new RandomAccess.Query(
                query.items(),
                query.conditions().stream()
                        .map(condition -> renumbered(condition, 100))
                        .toList(),
                query.order(),
                query.limited());
    }

    /** With parameters of its own, as each of another statement may have another type. */
    private static String renumbered(String condition, int by) {
        return condition.replaceAll(":p(\\d+)", ":p" + by + "$1");
    }
}
