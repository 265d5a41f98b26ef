package dev.schemaproof.analysis.layout;

import dev.schemaproof.model.AccessPattern.Find;
import dev.schemaproof.model.AccessPattern.Read;
import dev.schemaproof.model.AccessPattern.Write;
import dev.schemaproof.model.AccessPattern.WriteKind;
import dev.schemaproof.model.Condition;
import dev.schemaproof.model.Condition.Operator;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.ScalarKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The fewest keys by trying all of them, with nothing of what chooses them: every key of an entity's attributes is held against every read by
 * the words of the package's description. Knows only what {@link RandomStore} makes.
 */
final class ExhaustiveLayout {

    private static final Set<Operator> RANGES =
            EnumSet.of(Operator.LESS, Operator.LESS_OR_EQUAL, Operator.GREATER, Operator.GREATER_OR_EQUAL);

    private final Entity entity;
    private final List<Read> reads;
    private final List<Write> writes;
    private final List<Key> keys = new ArrayList<>();

    /** A key: the attributes of its partition, and those that its sort key is made of in order. */
    private record Key(Set<String> partition, List<String> sort, boolean numeric) {

        Set<String> attributes() {
            var all = new HashSet<>(partition);
            all.addAll(sort);
            return all;
        }
    }

    /** How many patterns have no request, and how many keys the rest needs in indexes. */
    record Best(long unserved, int indexes) {}

    /**
     * @param reads those that some key serves
     */
    ExhaustiveLayout(Entity entity, List<Read> reads, List<Write> writes) {
        this.entity = entity;
        this.reads = reads;
        this.writes = writes;
        var names = List.copyOf(entity.attributes().keySet());
        for (var mask = 0; mask < 1 << names.size(); mask++) {
            var partition = new LinkedHashSet<String>();
            for (var i = 0; i < names.size(); i++) {
                if ((mask >> i & 1) == 1) {
                    partition.add(names.get(i));
                }
            }
            sorts(partition, names, new ArrayList<>());
        }
    }

    private void sorts(Set<String> partition, List<String> names, List<String> sort) {
        keys.add(new Key(partition, List.copyOf(sort), false));
        if (sort.size() == 1 && type(sort.get(0)).startsWith("decimal")) {
            keys.add(new Key(partition, List.copyOf(sort), true));
        }
        for (var name : names) {
            if (!partition.contains(name) && !sort.contains(name)) {
                sort.add(name);
                sorts(partition, names, sort);
                sort.remove(sort.size() - 1);
            }
        }
    }

    Best best() {
        var best = new Best(Long.MAX_VALUE, 0);
        var served = keys.stream().mapToLong(this::served).distinct().toArray();
        for (var key : keys) {
            if (!key.numeric && isOfTable(key)) {
                var here = served(key);
                var left = 0L;
                var unserved =
                        writes.stream().filter(write -> !isServed(write, key)).count();
                for (var i = 0; i < reads.size(); i++) {
                    if ((here >> i & 1) == 0) {
                        if (reads.get(i).consistent()) {
                            unserved++;
                        } else {
                            left |= 1L << i;
                        }
                    }
                }
                if (unserved <= best.unserved) {
                    var indexes = cover(left, served);
                    if (unserved < best.unserved || indexes < best.indexes) {
                        best = new Best(unserved, indexes);
                    }
                }
            }
        }
        return best;
    }

    /** The fewest of the sets that together hold all of what is left. */
    private static int cover(long left, long[] sets) {
        var level = new HashSet<>(Set.of(left));
        for (var count = 0; !level.isEmpty(); count++) {
            if (level.contains(0L)) {
                return count;
            }
            var next = new HashSet<Long>();
            for (long some : level) {
                for (var set : sets) {
                    if ((some & set) != 0) {
                        next.add(some & ~set);
                    }
                }
            }
            level = next;
        }
        return Integer.MAX_VALUE;
    }

    private long served(Key key) {
        var bits = 0L;
        for (var i = 0; i < reads.size(); i++) {
            if (isServed(reads.get(i), key)) {
                bits |= 1L << i;
            }
        }
        return bits;
    }

    /** Always there, never changed where it doesn't tell the rows apart, and telling them apart. */
    private boolean isOfTable(Key key) {
        return key.attributes().containsAll(entity.keyNames())
                && key.attributes().stream()
                        .allMatch(name -> !optional(name) && (entity.keyNames().contains(name) || !isChanged(name)))
                && (!key.partition.isEmpty() || entity.small());
    }

    private boolean isChanged(String name) {
        return writes.stream().anyMatch(write -> Located.values(write.set()).contains(name));
    }

    private boolean isServed(Write write, Key key) {
        return write.kind() == WriteKind.INSERT || known(write).containsAll(key.attributes());
    }

    private static Set<String> known(Write write) {
        var known = new HashSet<String>();
        write.where().forEach(condition -> known.add(condition.attribute().value()));
        return known;
    }

    private boolean optional(String name) {
        return entity.attribute(name).orElseThrow().optional();
    }

    private String type(String name) {
        return entity.attribute(name).orElseThrow().type().value().toString();
    }

    /** Text that no check bounds: it may hold what sorts before the delimiter. */
    private boolean open(String name) {
        var attribute = entity.attribute(name).orElseThrow();
        return attribute.type().value() instanceof DataType.Scalar scalar
                && scalar.kind() == ScalarKind.TEXT
                && attribute.check().isEmpty();
    }

    private static Set<String> compared(Read read) {
        var equal = new HashSet<String>();
        read.where().stream()
                .filter(condition -> condition.operator() == Operator.EQUAL)
                .forEach(condition -> equal.add(condition.attribute().value()));
        return equal;
    }

    private boolean isServed(Read read, Key key) {
        var absent = key.attributes().stream()
                .anyMatch(name -> optional(name)
                        && read.where().stream()
                                .noneMatch(condition ->
                                        condition.attribute().value().equals(name)));
        if (absent) {
            return false;
        }
        var equal = compared(read);
        if (equal.containsAll(entity.keyNames())) {
            return isFound(key, equal);
        }
        for (var suffix : suffixes(read, equal)) {
            if (isServed(read, key, kept(equal, suffix), suffix)) {
                return true;
            }
        }
        return false;
    }

    /** The row is known, and the key leads to it: its beginning holds the entity's key and nothing that isn't compared. */
    private boolean isFound(Key key, Set<String> equal) {
        if (!equal.containsAll(key.partition) || key.partition.isEmpty() && !entity.small() || key.numeric) {
            return key.numeric && equal.containsAll(key.partition) && key.partition.containsAll(entity.keyNames());
        }
        var begin = new HashSet<>(key.partition);
        for (var i = 0; ; i++) {
            if (begin.containsAll(entity.keyNames())) {
                return true;
            }
            if (i == key.sort.size() || !equal.contains(key.sort.get(i))) {
                return false;
            }
            begin.add(key.sort.get(i));
        }
    }

    /** What has to follow: the order, or else one of the ranges, or a value that has to be there. */
    private List<List<String>> suffixes(Read read, Set<String> equal) {
        var order = new ArrayList<String>();
        if (read.find() != Find.COUNT) {
            for (var by : read.orderBy()) {
                var name = by.attribute().value();
                if (!equal.contains(name) && !order.contains(name)) {
                    order.add(name);
                }
                var known = new HashSet<>(equal);
                known.addAll(order);
                if (known.containsAll(entity.keyNames())) {
                    break;
                }
            }
        }
        if (!order.isEmpty()) {
            return List.of(order);
        }
        var ranges = read.where().stream()
                .filter(condition -> RANGES.contains(condition.operator()))
                .map(Condition::attribute)
                .map(Located::value)
                .filter(name -> !equal.contains(name) && !type(name).startsWith("colour"))
                .map(List::of)
                .toList();
        if (!ranges.isEmpty()) {
            return ranges;
        }
        return read.where().stream()
                .filter(condition -> condition.operator() == Operator.IS_NOT_NULL)
                .map(condition -> condition.attribute().value())
                .filter(name -> optional(name) && !equal.contains(name))
                .map(List::of)
                .findFirst()
                .map(List::of)
                .orElse(List.of(List.of()));
    }

    /** Without what an update changes that doesn't know the rest; unless nothing would be left, or the suffix needs it. */
    private Set<String> kept(Set<String> equal, List<String> suffix) {
        var all = new HashSet<>(equal);
        all.addAll(suffix);
        var stale = new HashSet<String>();
        for (var write : writes) {
            var set = new HashSet<>(Located.values(write.set()));
            var rest = new HashSet<>(all);
            rest.removeAll(set);
            if (all.stream().anyMatch(set::contains) && !known(write).containsAll(rest)) {
                set.retainAll(all);
                stale.addAll(set);
            }
        }
        var kept = new HashSet<>(equal);
        kept.removeAll(stale);
        return kept.isEmpty() || suffix.stream().anyMatch(stale::contains) ? equal : kept;
    }

    private boolean isServed(Read read, Key key, Set<String> equal, List<String> suffix) {
        if (!equal.containsAll(key.partition)
                || key.partition.isEmpty() != equal.isEmpty() && !(key.partition.isEmpty() && entity.small())) {
            return false;
        }
        var rest = equal.size() - key.partition.size();
        if (key.sort.size() < rest + suffix.size()
                || !equal.containsAll(key.sort.subList(0, rest))
                || !key.sort.subList(rest, rest + suffix.size()).equals(suffix)) {
            return false;
        }
        var sorts = !suffix.isEmpty()
                && (read.find() != Find.COUNT
                                && read.orderBy().stream()
                                        .anyMatch(by -> by.attribute().value().equals(suffix.get(0)))
                        || read.where().stream()
                                .anyMatch(condition -> RANGES.contains(condition.operator())
                                        && condition.attribute().value().equals(suffix.get(0))));
        var last = suffix.isEmpty() ? "" : suffix.get(suffix.size() - 1);
        if (sorts && type(last).startsWith("decimal")) {
            return key.numeric && rest == 0;
        }
        if (key.numeric) {
            return rest == 0;
        }
        return !sorts || !open(last) || key.sort.size() == rest + suffix.size();
    }
}
