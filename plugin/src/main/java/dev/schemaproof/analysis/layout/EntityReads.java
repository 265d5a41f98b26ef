package dev.schemaproof.analysis.layout;

import dev.schemaproof.analysis.layout.EntityColumns.Sorting;
import dev.schemaproof.analysis.normal.AttributeSet;
import dev.schemaproof.model.AccessPattern.Find;
import dev.schemaproof.model.AccessPattern.Order;
import dev.schemaproof.model.AccessPattern.Read;
import dev.schemaproof.model.Condition;
import dev.schemaproof.model.Condition.Operator;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Turns the reads of an entity into what they ask of keys. */
final class EntityReads {

    /** Of more columns under equality, only the smallest and the largest sets that tell the row are looked at. */
    private static final int MOST_EQUAL = 5;

    private static final Set<Operator> RANGES = EnumSet.of(
            Operator.LESS,
            Operator.LESS_OR_EQUAL,
            Operator.GREATER,
            Operator.GREATER_OR_EQUAL,
            Operator.BETWEEN,
            Operator.STARTS_WITH);

    private final EntityColumns columns;
    private final EntityWrites writes;

    EntityReads(EntityColumns columns, EntityWrites writes) {
        this.columns = columns;
        this.writes = writes;
    }

    /**
     * What the read asks; nothing where it needs no key, as a scan is allowed, or where what it says is reported elsewhere.
     *
     * @throws NoKeyException where no key of the family serves it
     */
    Optional<Ask> ask(Read read) throws NoKeyException {
        if (!read.header().sound() || !known(read)) {
            return Optional.empty();
        }
        var compared = with(read, EnumSet.of(Operator.EQUAL));
        var equal = AttributeSet.none();
        for (var column : compared.positions().toArray()) {
            if (columns.writable(column) && !writes.changesElsewhere(column)) {
                equal = equal.with(column);
            }
        }
        var present = with(read, EnumSet.complementOf(EnumSet.of(Operator.IS_NULL)));
        if (!equal.isEmpty() && columns.identify(equal)) {
            return Optional.of(new Ask(read, identifying(equal), present));
        }
        var order = order(read, columns.closure(compared), present);
        if (read.header().scan().isPresent() && order.isEmpty() && equal.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Ask(read, finding(read, equal, order), present));
    }

    private boolean known(Read read) {
        return read.where().stream()
                        .allMatch(condition ->
                                columns.position(condition.attribute().value()).isPresent())
                && read.orderBy().stream()
                        .allMatch(order ->
                                columns.position(order.attribute().value()).isPresent());
    }

    private int column(Condition condition) {
        return columns.position(condition.attribute().value()).orElseThrow();
    }

    private AttributeSet with(Read read, Set<Operator> operators) {
        return read.where().stream()
                .filter(condition -> operators.contains(condition.operator()))
                .map(this::column)
                .reduce(AttributeSet.none(), AttributeSet::with, AttributeSet::union);
    }

    /** Any columns that tell the row will do: what is compared besides is looked at in the one item. */
    private List<Form> identifying(AttributeSet equal) {
        var forms = new ArrayList<Form>();
        var positions = equal.positions().toArray();
        if (positions.length <= MOST_EQUAL) {
            for (var size = 1; size <= positions.length; size++) {
                subsets(positions, size).stream()
                        .filter(columns::identify)
                        .map(Form::equal)
                        .forEach(forms::add);
            }
            return forms;
        }
        var entity = columns.entity();
        var keys = new ArrayList<>(List.of(entity.keyNames()));
        entity.uniques().forEach(unique -> keys.add(unique.names()));
        keys.stream()
                .map(columns::own)
                .filter(key -> !key.isEmpty() && equal.containsAll(key) && columns.identify(key))
                .distinct()
                .map(Form::equal)
                .forEach(forms::add);
        forms.add(Form.equal(equal));
        return forms;
    }

    private static List<AttributeSet> subsets(int[] positions, int size) {
        return IntStream.range(1, 1 << positions.length)
                .filter(mask -> Integer.bitCount(mask) == size)
                .mapToObj(mask -> AttributeSet.of(IntStream.range(0, positions.length)
                        .filter(i -> (mask >> i & 1) == 1)
                        .map(i -> positions[i])
                        .toArray()))
                .toList();
    }

    private List<Form> finding(Read read, AttributeSet equal, List<Integer> order) throws NoKeyException {
        var suffixes = order.isEmpty() ? bounds(read, equal) : List.of(order);
        var forms = suffixes.stream()
                .filter(suffix -> narrows(read, equal, suffix))
                .map(suffix -> form(read, equal, suffix, !order.isEmpty()))
                .toList();
        if (forms.isEmpty()) {
            throw new NoKeyException(
                    "no condition leads to a part of the rows by a key, so that every `" + read.entity()
                            + "` would be read and those dropped that don't fit",
                    "compare an attribute with one value, or accept that all is read: `scan: allowed` with a `reason`");
        }
        return forms;
    }

    /** The columns that the sort key has to put in order. */
    private List<Integer> order(Read read, AttributeSet known, AttributeSet present) throws NoKeyException {
        var order = new ArrayList<Integer>();
        var decided = known;
        Optional<Boolean> descending = Optional.empty();
        for (var by : read.find() == Find.COUNT ? List.<Order>of() : read.orderBy()) {
            var column = columns.position(by.attribute().value()).orElseThrow();
            if (decided.contains(column)) {
                continue;
            }
            if (descending.isPresent() && descending.get() != by.descending()) {
                throw unordered(by, "a sort key is read in one direction, and the order has two");
            }
            if (columns.optional(column) && !present.contains(column)) {
                throw new NoKeyException(
                        "an index by `" + by.attribute() + "` leaves out the rows without it",
                        "if the pattern doesn't want them, say so: `where: [..., " + by.attribute() + " is not null]`");
            }
            if (writes.changesElsewhere(column)) {
                throw unordered(by, "it changes with another row, which leaves the keys of this one behind");
            }
            descending = Optional.of(by.descending());
            order.add(column);
            decided = columns.closure(decided.with(column));
        }
        requireSortable(read, order);
        return order;
    }

    private void requireSortable(Read read, List<Integer> order) throws NoKeyException {
        for (var i = 0; i < order.size(); i++) {
            var column = order.get(i);
            var by = read.orderBy().stream()
                    .filter(candidate ->
                            columns.position(candidate.attribute().value()).orElse(-1) == column)
                    .findFirst()
                    .orElseThrow();
            var sorting = columns.sorting(column);
            if (sorting == Sorting.NEVER) {
                throw unordered(by, "no key sorts as its values do");
            } else if (sorting == Sorting.LAST_TEXT && i < order.size() - 1) {
                throw unordered(
                        by,
                        "it may hold what sorts before the `#` behind it; say what it is made of, such as `check: \""
                                + by.attribute() + " ~ '^[a-z0-9_]+$'\"`");
            } else if (sorting == Sorting.NUMBER && order.size() > 1) {
                throw unordered(by, "only a numeric sort key sorts it, which holds nothing else");
            }
        }
    }

    private static NoKeyException unordered(Order by, String why) {
        return new NoKeyException(
                "no sort key gives the order by `" + by.attribute() + "`: " + why,
                "sort in the application and drop `orderBy`, or order by what a key can sort");
    }

    /** The single columns that could narrow what is read; none of them where there is nothing to narrow by. */
    private List<List<Integer>> bounds(Read read, AttributeSet equal) {
        var bounds = read.where().stream()
                .filter(condition -> RANGES.contains(condition.operator()))
                .filter(condition -> columns.sorting(column(condition)) != Sorting.NEVER)
                .map(this::column)
                .filter(column -> usable(column, equal))
                .distinct()
                .map(List::of)
                .toList();
        if (!bounds.isEmpty()) {
            return bounds;
        }
        return read.where().stream()
                .filter(condition -> condition.operator() == Operator.IS_NOT_NULL)
                .map(this::column)
                .filter(column -> columns.optional(column) && columns.writable(column) && usable(column, equal))
                .map(List::of)
                .findFirst()
                .map(List::of)
                .orElse(List.of(List.of()));
    }

    private boolean usable(int column, AttributeSet equal) {
        return !equal.contains(column) && !writes.changesElsewhere(column);
    }

    /** To read all rows and drop what doesn't fit is a scan, which only a small entity may have. */
    private boolean narrows(Read read, AttributeSet equal, List<Integer> suffix) {
        return !equal.isEmpty()
                || columns.entity().small()
                || read.where().stream()
                        .allMatch(condition ->
                                condition.operator() == Operator.IS_NOT_NULL && suffix.contains(column(condition)))
                || read.where().stream()
                        .anyMatch(condition -> RANGES.contains(condition.operator())
                                && !suffix.isEmpty()
                                && column(condition) == suffix.get(0));
    }

    private Form form(Read read, AttributeSet equal, List<Integer> suffix, boolean ordered) {
        var kept = equal;
        var stale = writes.stale(suffix.stream().reduce(equal, AttributeSet::with, AttributeSet::union));
        // The filter keeps what an update couldn't keep in a key
        if (!equal.minus(stale).isEmpty() && suffix.stream().noneMatch(stale::contains)) {
            kept = equal.minus(stale);
        }
        var bounded = !suffix.isEmpty()
                && read.where().stream()
                        .anyMatch(condition -> column(condition) == suffix.get(0)
                                && RANGES.contains(condition.operator())
                                && condition.operator() != Operator.STARTS_WITH);
        var sorts = ordered || bounded;
        var tail = suffix.isEmpty() ? Sorting.NEVER : columns.sorting(suffix.get(suffix.size() - 1));
        return new Form(kept, suffix, sorts && tail == Sorting.LAST_TEXT, sorts && tail == Sorting.NUMBER);
    }
}
