package dev.schemaproof.analysis.access;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * How the rows of an {@link EntityUse} are found.
 *
 * @param means the kind of way
 * @param seeks the indexes taken: several where alternatives each need one, none where the table itself is read
 * @param order how much of its block's order it gives
 * @param orderedFor where it gives that order only for each row of other uses, those; else empty
 * @param presorted how many keys of that order come in order, from the first; those that have one value are not counted
 * @param indexOnly whether an index holds all that is asked for
 * @param singleRow whether there is at most one row for each set of values
 * @param others further indexes that could lead to the rows, some only if other uses are found first
 * @param filters the conditions that are left to test row by row
 * @param unfit why each other index doesn't serve, the nearest first
 * @param proposals indexes that would serve, where none does
 * @param pruning in which partitions they are looked for, if there are any
 * @param version the major version of the server that it is said of
 */
public record Coverage(
        EntityUse use,
        Means means,
        List<Seek> seeks,
        Order order,
        Set<Integer> orderedFor,
        int presorted,
        boolean indexOnly,
        boolean singleRow,
        Set<IndexPath> others,
        List<String> filters,
        List<Unfit> unfit,
        List<IndexProposal> proposals,
        Optional<Pruning> pruning,
        int version) {

    public Coverage {
        seeks = List.copyOf(seeks);
        orderedFor = Set.copyOf(orderedFor);
        others = Set.copyOf(others);
        filters = List.copyOf(filters);
        unfit = List.copyOf(unfit);
        proposals = List.copyOf(proposals);
    }

    /** The ways to find rows. */
    public enum Means {
        /** An index leads to them. */
        SEEK,
        /** An index is walked in its order until the limit is reached. */
        WALK,
        /** Any rows will do until the limit is reached. */
        FIRST,
        /** All rows are read, and there are few. */
        SMALL,
        /** All rows are read, and the model accepts that. */
        ACCEPTED,
        /** All rows are read. */
        NONE
    }

    /** The plans of which it can be said that they read no more than they must. */
    public enum Plans {
        /** All: those made once for any values of the parameters, and those made for certain values. */
        ANY,
        /** Those that are made when the values are known, for some values. */
        WITH_VALUES,
        NONE
    }

    /** How much of a wanted order comes for free. */
    public enum Order {
        FULL,
        PREFIX,
        NONE
    }

    /**
     * A way into an index.
     *
     * @param sought the terms that bound what is read, in the order of the index, without a range
     * @param range the term whose range ends it
     * @param skipped leading terms of few values that are skipped
     */
    public record Seek(IndexPath index, List<Term> sought, Optional<Term> range, Set<Term> skipped) {

        public Seek {
            sought = List.copyOf(sought);
            skipped = Set.copyOf(skipped);
        }

        /** How many terms bound what is read. */
        public int depth() {
            return sought.size() + (range.isPresent() ? 1 : 0);
        }

        @Override
        public String toString() {
            var terms = java.util.stream.Stream.concat(sought.stream(), range.stream())
                    .map(Term::text)
                    .toList();
            var whole = index.unique() && sought.size() == index.parts().size();
            return index.words() + (terms.isEmpty() || whole ? "" : " (" + String.join(", ", terms) + ")");
        }
    }

    /** Why an index doesn't serve. */
    public enum Reason {
        LEADING_TERM_UNBOUND,
        FUNCTION_ON_COLUMN,
        METHOD,
        OPERATOR_CLASS,
        PREDICATE_NOT_IMPLIED,
        /** It would serve if the value of a parameter were known when the query is planned. */
        VALUE_UNKNOWN,
        HARDLY_NARROWS
    }

    /**
     * An index that doesn't serve.
     *
     * @param words the reason, in words that follow the index's name; made when asked for, as nobody asks for most
     */
    public record Unfit(IndexPath index, Reason reason, Supplier<String> words) {

        /** The reason, in words that follow the index's name. */
        public String sentence() {
            return words.get();
        }
    }

    Coverage withOthers(Set<IndexPath> paths) {
        return new Coverage(
                use,
                means,
                seeks,
                order,
                orderedFor,
                presorted,
                indexOnly,
                singleRow,
                paths,
                filters,
                unfit,
                proposals,
                pruning,
                version);
    }

    /** Whether no more is read than the pattern needs, or the model accepts that. */
    public boolean served() {
        return means != Means.NONE;
    }

    /** For which plans it is served. */
    public Plans plans() {
        if (served()) {
            return Plans.ANY;
        }
        return unfit.stream().anyMatch(other -> other.reason() == Reason.VALUE_UNKNOWN)
                ? Plans.WITH_VALUES
                : Plans.NONE;
    }

    /** Whether the index or key of this name is taken. */
    public boolean takes(String indexName) {
        return seeks.stream().anyMatch(seek -> seek.index().name().equals(indexName));
    }

    /** In a line: {@code posts by idx_posts_author_created (author_id)}. */
    @Override
    public String toString() {
        return way() + pruning.map(partitions -> " " + partitions).orElse("");
    }

    private String way() {
        var table = use.entity().table().value();
        return switch (means) {
            case SEEK ->
                table + " by " + seeks.stream().map(Seek::toString).distinct().collect(Collectors.joining(" and "));
            case WALK -> table + " in the order of " + seeks.get(0).index().words();
            case FIRST -> table + " until its limit";
            case SMALL -> table + " as a whole, as it is small";
            case ACCEPTED -> table + " as a whole, as accepted";
            case NONE -> table + " as a whole";
        };
    }
}
