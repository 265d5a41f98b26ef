package dev.schemaproof.prove.data;

import dev.schemaproof.model.Entity;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one entity, each a function of its number: what refers to a row makes its key up anew, and none is kept.
 * For use by one thread.
 */
final class NumberedRows {

    private final Entity entity;
    private final long rows;
    private final Map<String, Cell> cells;
    /** Rows that the database would not take. */
    private final BitSet missing = new BitSet();

    /**
     * @param cells by attribute, in the order of columns
     */
    NumberedRows(Entity entity, long rows, Map<String, Cell> cells) {
        this.entity = entity;
        this.rows = rows;
        this.cells = cells;
    }

    Entity entity() {
        return entity;
    }

    long rows() {
        return rows;
    }

    /** How many of them are in the table. */
    long present() {
        return rows - missing.cardinality();
    }

    void miss(long row) {
        missing.set((int) row);
    }

    /** The attributes that have values. */
    List<String> attributes() {
        return List.copyOf(cells.keySet());
    }

    /**
     * The value of an attribute; null also where the database gives it by itself, so that it cannot be known.
     *
     * @param attempt how often the row was drawn before
     */
    @Nullable
    String value(String attribute, long row, int attempt) {
        Cell cell = cells.get(attribute);
        return cell == null ? null : cell.of(row, attempt);
    }

    /** What an attribute refers to, where that could not be referred to when the row was written. */
    Optional<Later> later(String attribute) {
        return cells.get(attribute) instanceof Later later ? Optional.of(later) : Optional.empty();
    }

    /** The row itself, or the next one that is in the table; negative when there is none. */
    private long near(long row) {
        if (missing.isEmpty() || rows == 0) {
            return rows == 0 ? -1 : row % rows;
        }
        long next = missing.nextClearBit((int) (row % rows));
        return next < rows ? next : missing.nextClearBit(0) < rows ? missing.nextClearBit(0) : -1;
    }

    /** What one column of a row holds. */
    sealed interface Cell {

        @Nullable
        String of(long row, int attempt);
    }

    /** A value of the row's own. */
    record Own(NumberedValues values, Numbers numbers) implements Cell {

        @Override
        public @Nullable String of(long row, int attempt) {
            long number = numbers.of(row, attempt);
            return number == Numbers.NONE ? null : values.of(number);
        }
    }

    /** No value yet: it refers to rows that come later, which may not be referred to before. */
    record Later(Cell then) implements Cell {

        @Override
        public @Nullable String of(long row, int attempt) {
            return null;
        }
    }

    /** Part of the key of the row that is referred to. */
    record Referring(Parent parent, String attribute) implements Cell {

        @Override
        public @Nullable String of(long row, int attempt) {
            return parent.value(attribute, row, attempt);
        }
    }

    /** Which row of another table, or of the same, each row refers to. */
    static final class Parent {

        private final Supplier<Optional<NumberedRows>> target;
        private final Numbers numbers;
        private final long key;
        private final List<String> frequent;
        private final boolean itself;
        private final Agreement agreement;
        private boolean asked;
        private long lastRow = -1;
        private int lastAttempt;
        private long lastParent;

        /**
         * @param target asked for when rows are made, as it may be the same table, or one that comes later; nothing when that
         *     cannot be filled
         * @param numbers which of the parents; those that are referred to are counted from 0
         * @param key the order in which the parents are counted
         * @param frequent keys that come first in the count
         * @param itself whether the other table is the same, of which only earlier rows can be referred to
         * @param agreement what else the parent must have in common with the row
         */
        Parent(
                Supplier<Optional<NumberedRows>> target,
                Numbers numbers,
                long key,
                List<String> frequent,
                boolean itself,
                Agreement agreement) {
            this.target = target;
            this.numbers = numbers;
            this.key = key;
            this.frequent = List.copyOf(frequent);
            this.itself = itself;
            this.agreement = agreement;
        }

        /** Part of the parent's key; null where keys refer to each other in a circle. */
        @Nullable
        String value(String attribute, long row, int attempt) {
            if (asked) {
                return null;
            }
            asked = true;
            try {
                return ask(attribute, row, attempt);
            } finally {
                asked = false;
            }
        }

        private @Nullable String ask(String attribute, long row, int attempt) {
            if (!frequent.isEmpty()) {
                long number = numbers.of(row, attempt);
                if (number >= 0 && number < frequent.size()) {
                    return frequent.get((int) number);
                }
            }
            if (row != lastRow || attempt != lastAttempt) {
                lastParent = parent(row, attempt);
                lastRow = row;
                lastAttempt = attempt;
            }
            return lastParent < 0 ? null : target.get().orElseThrow().value(attribute, lastParent, 0);
        }

        private long parent(long row, int attempt) {
            long number = numbers.of(row, attempt);
            if (number == Numbers.NONE || target.get().isEmpty()) {
                return -1;
            }
            NumberedRows parents = target.get().get();
            if (parents.rows() == 0) {
                return -1;
            } else if (!agreement.names().isEmpty()) {
                return agreement.of(parents, row, attempt, number, itself);
            } else if (itself) {
                return parents.near(row == 0 ? 0 : number % row);
            }
            return parents.near(new Shuffle(parents.rows(), key).at(number % parents.rows()));
        }
    }

    /**
     * The row and its parent have the same values in some attributes, as another reference says already what they are.
     *
     * @param own the row's cells that are known before
     * @param names the parent's attributes that must equal them
     * @param groups the parents by those values; filled when it is first asked for, some bytes for each parent
     */
    record Agreement(List<Cell> own, List<String> names, Map<List<String>, List<Long>> groups) {

        static final Agreement NONE = new Agreement(List.of(), List.of(), Map.of());

        static Agreement on(List<Cell> own, List<String> names) {
            return new Agreement(own, names, new HashMap<>());
        }

        /** A parent that agrees; negative when there is none. */
        long of(NumberedRows target, long row, int attempt, long number, boolean itself) {
            if (groups.isEmpty()) {
                for (long i = 0; i < target.rows(); i++) {
                    List<@Nullable String> values = new ArrayList<>();
                    for (String name : names) {
                        values.add(target.value(name, i, 0));
                    }
                    groups.computeIfAbsent(values, group -> new ArrayList<>()).add(i);
                }
            }
            List<@Nullable String> values = new ArrayList<>();
            own.forEach(cell -> values.add(cell.of(row, attempt)));
            List<Long> fitting = groups.getOrDefault(values, List.of());
            int known = fitting.size();
            if (itself) {
                int place = Collections.binarySearch(fitting, row);
                known = place < 0 ? -place - 1 : place;
            }
            return known == 0 ? -1 : target.near(fitting.get((int) (number % known)));
        }
    }
}
