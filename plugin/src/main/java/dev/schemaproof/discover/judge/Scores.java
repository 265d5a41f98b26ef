package dev.schemaproof.discover.judge;

import dev.schemaproof.analysis.normal.AttributeSet;
import dev.schemaproof.discover.table.Relation;
import java.util.Comparator;
import java.util.stream.DoubleStream;

/**
 * How much sets of columns look like what a designer would choose, in the manner of T. Papenbrock and F. Naumann, "Data-driven
 * Schema Normalization", EDBT 2017: short determinants with short values, whose columns stand together, and which are repeated
 * often. Names and evidence are added to these. Each part is from 0 to 1, and so is their mean.
 */
final class Scores {

    /** Values of so many characters are as short as identifiers are. */
    private static final int SHORT = 8;

    private final Relation relation;

    Scores(Relation relation) {
        this.relation = relation;
    }

    /**
     * The score of a dependency.
     *
     * @param sureness from 0 to 1, how far it is from an accident
     */
    double of(AttributeSet determinant, AttributeSet dependents, long determinants, double sureness) {
        return mean(
                length(determinant, dependents),
                value(determinant),
                (near(determinant) + near(dependents)) / 2,
                coverage(dependents, determinants),
                names(determinant, dependents),
                sureness);
    }

    /** The score of a key. */
    double of(AttributeSet key) {
        var left = key.positions().min().orElse(0);
        return mean(
                1.0 / Math.max(1, key.size()),
                value(key),
                (1.0 / (left + 1) + near(key)) / 2,
                identifies(key) ? 1 : 0,
                isRequired(key) ? 1 : 0);
    }

    boolean isRequired(AttributeSet key) {
        return key.positions().allMatch(column -> relation.profile(column).absent() == 0);
    }

    /** Of columns that decide on each other: few, always there, named like identifiers, and the first ones. */
    Comparator<AttributeSet> likeliestDeterminant() {
        return Comparator.comparingInt(AttributeSet::size)
                .thenComparing(columns -> !isRequired(columns))
                .thenComparing(columns -> !identifies(columns))
                .thenComparing(Comparator.naturalOrder());
    }

    private boolean identifies(AttributeSet columns) {
        return columns.positions().anyMatch(column -> NameHints.identifies(name(column)));
    }

    private double length(AttributeSet determinant, AttributeSet dependents) {
        return (1.0 / determinant.size() + (double) dependents.size() / Math.max(1, relation.width() - 2)) / 2;
    }

    private double value(AttributeSet columns) {
        var longest = columns.positions()
                .map(column -> relation.profile(column).longest())
                .sum();
        return 1.0 / Math.max(1, longest - SHORT + 1);
    }

    /** 1 if no other column stands between them. */
    private static double near(AttributeSet columns) {
        var first = columns.positions().min().orElse(0);
        var last = columns.positions().max().orElse(0);
        return 1.0 / (last - first + 1 - columns.size() + 1);
    }

    /** How much less would be written if what depends were written once. */
    private double coverage(AttributeSet dependents, long determinants) {
        var rows = (double) Math.max(1, relation.rows());
        var groups = dependents
                .positions()
                .map(column -> relation.profile(column).groups())
                .max()
                .orElse(0);
        return (2 - determinants / rows - groups / rows) / 2;
    }

    private double names(AttributeSet determinant, AttributeSet dependents) {
        var together = determinant
                .positions()
                .anyMatch(left ->
                        dependents.positions().anyMatch(right -> NameHints.belongTogether(name(left), name(right))));
        return (identifies(determinant) ? 0.5 : 0) + (together ? 0.5 : 0);
    }

    private String name(int column) {
        return relation.columns().get(column).name();
    }

    private static double mean(double... parts) {
        return DoubleStream.of(parts).average().orElse(0);
    }
}
