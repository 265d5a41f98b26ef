package dev.schemaproof.discover.search;

import dev.schemaproof.analysis.normal.AttributeSet;
import dev.schemaproof.analysis.normal.FunctionalDependency;
import dev.schemaproof.discover.search.CandidateTree.Candidate;
import dev.schemaproof.discover.search.Discovered.End;
import dev.schemaproof.discover.table.Relation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Finds the minimal functional dependencies and unique column combinations of a table by the method of T. Papenbrock and
 * F. Naumann, "A Hybrid Approach to Functional Dependency Discovery" (HyFD), SIGMOD 2016: pairs of rows refute most candidates,
 * and what they leave is validated level by level on the whole table, where each violation is one more pair. Uniqueness is
 * found in the same pass, as what determines the row as a whole.
 *
 * <p>The number of minimal dependencies can be exponential in the number of columns, and so is the work in the worst case; it
 * is linear in the number of rows for each candidate. Levels are finished one after the other, so that whenever the search has
 * to end, all determinants up to some size are known.
 */
public final class Search {

    /** The first sampling goes on while one comparison in so many shows something new. */
    private static final double FIRST_THRESHOLD = 1.0 / 500;

    /** More refuted candidates than this share of a level ask for another sampling. */
    private static final double TOLERATED = 0.05;

    private final Relation relation;
    private final Limits limits;
    private final Partitions partitions;
    private final AgreeSets agreeSets;
    private final CandidateTree tree;
    private int taken;

    private Search(Partitions partitions, Limits limits) {
        this.partitions = partitions;
        this.limits = limits;
        relation = partitions.relation();
        agreeSets = new AgreeSets(relation);
        tree = new CandidateTree(relation.width(), Math.min(limits.largest(), relation.width()), limits.memory());
    }

    /** Finds all that the limits allow. */
    public static Discovered in(Partitions partitions, Limits limits) {
        return new Search(partitions, limits).run();
    }

    private Discovered run() {
        var sampler = new Sampler(partitions, agreeSets, limits);
        var threshold = FIRST_THRESHOLD;
        sampler.sample(threshold);
        takeIn();
        var level = 0;
        while (level <= tree.depth() && !limits.reached()) {
            var refuted = 0;
            var candidates = tree.level(level);
            for (var candidate : candidates) {
                if (limits.reached()) {
                    break;
                }
                if (!holds(candidate)) {
                    refuted++;
                }
                takeIn();
            }
            if (limits.reached()) {
                break;
            }
            level++;
            if (refuted > TOLERATED * candidates.size() && level <= tree.depth()) {
                threshold /= 2;
                sampler.sample(threshold);
                takeIn();
            }
        }
        return result(level - 1);
    }

    /** Lets the new pairs refute what they do; those that agree on most come first, as they make the fewest candidates. */
    private void takeIn() {
        if (taken == agreeSets.size()) {
            return;
        }
        var sets = IntStream.range(taken, agreeSets.size())
                .mapToObj(agreeSets::get)
                .sorted(Comparator.comparingInt(set -> -Words.size(set)))
                .toList();
        taken = agreeSets.size();
        for (var set : sets) {
            if (limits.reached()) {
                return;
            }
            tree.refute(set);
        }
    }

    /** Looks for rows that refute a part of the candidate; for each such part one pair is enough. */
    private boolean holds(Candidate candidate) {
        var open = candidate.right().clone();
        var refuted = new boolean[1];
        if (Words.isEmpty(open)) {
            return true;
        }
        if (candidate.left().length == 0) {
            everyRowIsLikeTheFirst(open, refuted);
        } else {
            partitions.visit(AttributeSet.of(candidate.left()), (rows, from, to) -> {
                for (var i = from + 1; i < to; i++) {
                    compare(rows[from], rows[i], open, refuted);
                }
                return !Words.isEmpty(open);
            });
        }
        return !refuted[0];
    }

    private void everyRowIsLikeTheFirst(long[] open, boolean[] refuted) {
        for (var row = 1; row < relation.rows() && !Words.isEmpty(open); row++) {
            compare(0, row, open, refuted);
        }
    }

    private void compare(int first, int row, long[] open, boolean[] refuted) {
        for (var word = 0; word < open.length; word++) {
            for (var rest = open[word]; rest != 0; rest &= rest - 1) {
                var right = (word << 6) + Long.numberOfTrailingZeros(rest);
                if (relation.code(first, right) != relation.code(row, right)) {
                    Words.remove(open, right);
                    agreeSets.compare(first, row);
                    refuted[0] = true;
                }
            }
        }
    }

    private Discovered result(int finished) {
        var end =
                finished < tree.depth() ? End.TIME : tree.trimmed() ? End.MEMORY : tree.cut() ? End.SIZE : End.COMPLETE;
        var explored = switch (end) {
            case TIME -> finished;
            case MEMORY, SIZE -> tree.largest();
            case COMPLETE -> relation.width();
        };
        var dependencies = new ArrayList<FunctionalDependency>();
        var keys = new ArrayList<AttributeSet>();
        for (var level = 0; level <= finished; level++) {
            for (var candidate : tree.level(level)) {
                var left = AttributeSet.of(candidate.left());
                var right = IntStream.range(0, relation.width())
                        .filter(column -> Words.has(candidate.right(), column))
                        .toArray();
                if (right.length > 0) {
                    dependencies.add(new FunctionalDependency(left, AttributeSet.of(right)));
                }
                if (Words.has(candidate.right(), relation.width())) {
                    keys.add(left);
                }
            }
        }
        dependencies.sort(Comparator.comparing(FunctionalDependency::determinant));
        keys.sort(Comparator.naturalOrder());
        return new Discovered(dependencies, keys, explored, end);
    }
}
