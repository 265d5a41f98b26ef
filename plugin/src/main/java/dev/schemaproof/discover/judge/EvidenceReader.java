package dev.schemaproof.discover.judge;

import dev.schemaproof.analysis.normal.AttributeSet;
import dev.schemaproof.analysis.normal.DependencySet;
import dev.schemaproof.discover.search.Partitions;
import dev.schemaproof.discover.table.Relation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Weighs how surprising it is that a dependency holds: whether it could have failed often, and had there been no rule, would
 * have.
 *
 * <p>Three things make a dependency hold by accident, and each lowers the number of bits:
 *
 * <ul>
 *   <li>The dependent hardly varies. Groups with its most frequent value count for nothing, and the others by how rare their
 *       value is.
 *   <li>A part of the determinant nearly determines the dependent already. Then few of the repeated rows would be expected to
 *       contradict, and the last column is only there to tell those few apart.
 *   <li>The rows repeat facts of something larger: if a customer decides on name and zip code, then every order repeats them,
 *       but only the customers, not the orders, test whether name and zip code decide on the customer.
 * </ul>
 *
 * <p>Rows without a value in the determinant are left out.
 */
final class EvidenceReader {

    private final Partitions partitions;
    private final Relation relation;
    private final DependencySet found;
    private final List<AttributeSet> determinants;
    private final Map<AttributeSet, AttributeSet> closures = new HashMap<>();
    private final Map<AttributeSet, GroupCounts> counts = new HashMap<>();
    private final Map<Integer, int[]> frequencies = new HashMap<>();

    /**
     * A reader of evidence.
     *
     * @param found everything that holds
     * @param determinants those that evidence will be asked of, and keys; the likeliest first
     */
    EvidenceReader(Partitions partitions, DependencySet found, List<AttributeSet> determinants) {
        this.partitions = partitions;
        this.determinants = List.copyOf(determinants);
        relation = partitions.relation();
        this.found = found;
    }

    private AttributeSet closureOf(AttributeSet columns) {
        return closures.computeIfAbsent(columns, found::closure);
    }

    private GroupCounts countsOf(AttributeSet columns) {
        return counts.computeIfAbsent(columns, set -> GroupCounts.of(partitions, set));
    }

    /**
     * The evidence for each dependent of a determinant, in their order.
     *
     * @param enough bits below that are not looked at more closely
     */
    List<Evidence> of(AttributeSet determinant, int[] dependents, double enough) {
        var counted = countsOf(determinant);
        var byRarity = rarity(determinant, dependents);
        var evidence = new ArrayList<Evidence>();
        for (var i = 0; i < dependents.length; i++) {
            var tests =
                    Math.max(0, Math.min(counted.repeated(), facts(determinant, dependents[i]) - counted.allGroups()));
            var weight = counted.repeated() == 0 ? 0 : (double) tests / counted.repeated();
            var bits = byRarity[i] * weight;
            for (var column : determinant.positions().toArray()) {
                if (determinant.size() > 1 && bits >= enough) {
                    var share = contradictions(determinant.without(column), dependents[i]);
                    bits = Math.min(bits, -tests * log2(1 - share));
                }
            }
            evidence.add(new Evidence(
                    counted.groups(), counted.repeated(), tests, bits, counted.largest(), counted.largestRows()));
        }
        return evidence;
    }

    /** For each dependent the bits that the repeated rows show, by how rare their values are. */
    private double[] rarity(AttributeSet determinant, int[] dependents) {
        var positions = determinant.positions().toArray();
        var bits = new double[dependents.length];
        var modes = new int[dependents.length];
        var codes = new int[dependents.length][];
        for (var i = 0; i < dependents.length; i++) {
            codes[i] = frequenciesOf(dependents[i]);
            for (var code = 1; code < codes[i].length; code++) {
                modes[i] = codes[i][code] > codes[i][modes[i]] ? code : modes[i];
            }
        }
        var rowCount = (double) relation.rows();
        partitions.visit(determinant, (rows, from, to) -> {
            if (GroupCounts.hasValues(relation, rows[from], positions)) {
                for (var i = 0; i < dependents.length; i++) {
                    var code = relation.code(rows[from], dependents[i]);
                    if (code != modes[i]) {
                        bits[i] += (to - from - 1) * log2(rowCount / codes[i][code]);
                    }
                }
            }
            return true;
        });
        return bits;
    }

    private int[] frequenciesOf(int column) {
        return frequencies.computeIfAbsent(column, known -> {
            var counted = new int[relation.codes(column)];
            for (var row = 0; row < relation.rows(); row++) {
                counted[relation.code(row, column)]++;
            }
            return counted;
        });
    }

    /** Of the rows that repeat a value of these columns, the share that contradicts the first one in the dependent. */
    private double contradictions(AttributeSet columns, int dependent) {
        var counted = new long[2];
        partitions.visit(columns, (rows, from, to) -> {
            var first = relation.code(rows[from], dependent);
            for (var i = from + 1; i < to; i++) {
                counted[0] += relation.code(rows[i], dependent) == first ? 0 : 1;
            }
            counted[1] += to - from - 1;
            return true;
        });
        return counted[1] == 0 ? 0 : (double) counted[0] / (counted[1] + 1);
    }

    /**
     * How many facts there are that tell both determinant and dependent, as rows may repeat them: the different values of
     * other columns that decide on both. Of columns that decide on each other, only the likeliest are taken to be such.
     */
    private long facts(AttributeSet determinant, int dependent) {
        var closure = closureOf(determinant);
        var likelier = true;
        var least = (long) relation.rows();
        for (var other : determinants) {
            if (other.equals(determinant)) {
                likelier = false;
                continue;
            }
            var decided = closureOf(other);
            if (!other.containsAll(determinant)
                    && decided.containsAll(determinant)
                    && decided.contains(dependent)
                    && (likelier || !closure.containsAll(other))) {
                least = Math.min(least, countsOf(other).allGroups());
            }
        }
        return least;
    }

    private static double log2(double number) {
        return Math.log(number) / Math.log(2);
    }
}
