package dev.schemaproof.prove.data;

import java.util.List;

/** Which of a column's values, counted from 0, a row has, from the number of the row alone. */
sealed interface Numbers {

    /** No value. */
    long NONE = -1;

    /**
     * The number of the row's value, or {@link #NONE}.
     *
     * @param attempt how often the row was drawn before; what has to be unique is the same each time
     */
    long of(long row, int attempt);

    /** How many different values there are at most. */
    long distinct();

    /**
     * Every row the next value, or the same where there are fewer: what counts up, as identities and clocks do.
     *
     * @param rows how many rows there are
     * @param distinct how many values, no more than rows
     */
    record Ascending(long rows, long distinct) implements Numbers {

        @Override
        public long of(long row, int attempt) {
            return distinct == rows ? row : row * distinct / rows;
        }
    }

    /**
     * Shares as declared, to the row: of nulls, of each frequent value, and the rest in equal parts. Where there are as
     * many values as rows, all differ.
     *
     * @param rows how many rows there are
     * @param distinct how many values; the first are the frequent ones
     * @param nulls the share of absent values
     * @param frequent the share of each frequent value among those that are present
     * @param fixed whether another attempt must come to the same
     */
    record Shared(Shuffle rows, long distinct, double nulls, List<Double> frequent, boolean fixed) implements Numbers {

        public Shared {
            frequent = List.copyOf(frequent);
        }

        @Override
        public long of(long row, int attempt) {
            long place = attempt == 0 || fixed
                    ? rows.at(row)
                    : Math.floorMod(Shuffle.mix(row + rows.key() * 31 + attempt * 0x632BE59BD9B4E019L), rows.bound());
            long absent = Math.round(nulls * rows.bound());
            long present = rows.bound() - absent;
            if (place < absent) {
                return NONE;
            }
            long rest = place - absent;
            double bound = 0;
            for (int i = 0; i < frequent.size(); i++) {
                bound += frequent.get(i) * present;
                if (rest < Math.round(bound)) {
                    return i;
                }
            }
            long others = distinct - frequent.size();
            return others <= 0 ? rest % distinct : frequent.size() + (rest - Math.round(bound)) % others;
        }
    }

    /**
     * One of several columns that are unique together: the row's number, written with a digit for each.
     *
     * @param rows how many rows there are
     * @param digits how many values each of the columns has; together no fewer combinations than rows
     * @param position which of the columns
     */
    record Digit(Shuffle rows, List<Shuffle> digits, int position) implements Numbers {

        public Digit {
            digits = List.copyOf(digits);
        }

        @Override
        public long distinct() {
            return digits.get(position).bound();
        }

        @Override
        public long of(long row, int attempt) {
            long rest = rows.at(row);
            long before = 0;
            for (int i = 0; ; i++) {
                Shuffle digit = digits.get(i);
                // Shuffled anew for every beginning, else the later columns would have few values
                long value = digit.at(rest % digit.bound(), before);
                if (i == position) {
                    return value;
                }
                rest /= digit.bound();
                before = Shuffle.mix(before * 31 + value);
            }
        }
    }
}
