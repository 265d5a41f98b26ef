package dev.schemaproof.discover.search;

import dev.schemaproof.analysis.normal.AttributeSet;
import dev.schemaproof.discover.table.Relation;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** The groups of rows that agree on sets of columns, of which those that were used last are kept as far as memory allows. */
public final class Partitions {

    private final Relation relation;
    private final Clusters[] singles;
    private final Refinement refinement;
    private final long memory;
    private final LinkedHashMap<AttributeSet, Clusters> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long keptBytes;

    /**
     * The groups of a table.
     *
     * @param memory the bytes that may be used for those of several columns
     */
    public Partitions(Relation relation, long memory) {
        this.relation = relation;
        this.memory = memory;
        singles = new Clusters[relation.width()];
        for (var column = 0; column < singles.length; column++) {
            singles[column] = Clusters.of(relation, column);
        }
        refinement = new Refinement(relation);
    }

    /** The groups of a column; the order of rows in a group may be changed. */
    Clusters single(int column) {
        return singles[column];
    }

    /** The groups of a set of columns, which is not empty. */
    Clusters of(AttributeSet columns) {
        if (columns.size() == 1) {
            return singles[columns.positions().findFirst().orElseThrow()];
        }
        var known = kept.get(columns);
        if (known != null) {
            return known;
        }
        var step = step(columns);
        refinement.split(step.base(), step.column(), (rows, from, to) -> true);
        return keep(columns, refinement.clusters());
    }

    /**
     * Looks at the groups of a set of columns, which is not empty.
     *
     * @return whether the visitor let it finish
     */
    public boolean visit(AttributeSet columns, GroupVisitor visitor) {
        var known = columns.size() == 1 ? of(columns) : kept.get(columns);
        if (known != null) {
            for (var i = 0; i < known.count(); i++) {
                if (!visitor.visit(known.rows(), known.starts()[i], known.starts()[i + 1])) {
                    return false;
                }
            }
            return true;
        }
        var step = step(columns);
        var finished = refinement.split(step.base(), step.column(), visitor);
        if (finished) {
            keep(columns, refinement.clusters());
        }
        return finished;
    }

    private record Step(Clusters base, int column) {}

    /** From which smaller set to get there: from the one with the fewest rows, of those that are known. */
    private Step step(AttributeSet columns) {
        Clusters best = null;
        var left = -1;
        var positions = columns.positions().toArray();
        for (var position : positions) {
            var smaller = known(columns.without(position));
            if (smaller != null && (best == null || smaller.size() < best.size())) {
                best = smaller;
                left = position;
            }
        }
        if (best != null) {
            return new Step(best, left);
        }
        var widest = positions[0];
        for (var position : positions) {
            if (singles[position].size() > singles[widest].size()) {
                widest = position;
            }
        }
        return new Step(of(columns.without(widest)), widest);
    }

    private @Nullable Clusters known(AttributeSet columns) {
        return columns.size() == 1 ? of(columns) : kept.get(columns);
    }

    private Clusters keep(AttributeSet columns, Clusters clusters) {
        if (clusters.bytes() > memory / 4) {
            return clusters;
        }
        kept.put(columns, clusters);
        keptBytes += clusters.bytes();
        var oldest = kept.entrySet().iterator();
        while (keptBytes > memory) {
            keptBytes -= oldest.next().getValue().bytes();
            oldest.remove();
        }
        return clusters;
    }

    /** The table. */
    public Relation relation() {
        return relation;
    }
}
