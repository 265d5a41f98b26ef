package dev.schemaproof.discover.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.analysis.normal.AttributeSet;
import dev.schemaproof.discover.Rows;
import dev.schemaproof.discover.search.Discovered.End;
import dev.schemaproof.discover.table.RelationReader;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is found is what holds, no more and no less. */
class SearchTest {

    private static final long MEMORY = 64 << 20;
    private static final int TABLES = Integer.getInteger("schemaproof.tables", 2_000);

    @Test
    void findsWhatTheDefinitionSays() throws Exception {
        var random = new Random(20160626);
        for (var i = 0; i < TABLES; i++) {
            var width = 1 + random.nextInt(6);
            var rows = random(random, width, random.nextInt(i % 20 == 0 ? 150 : 14));
            var found = search(rows, width, MEMORY);

            assertThat(dependencies(found)).as(shown(rows)).isEqualTo(Definition.dependencies(rows, width));
            assertThat(keys(found)).as(shown(rows)).isEqualTo(Definition.keys(rows, width));
            assertThat(found.end()).isEqualTo(End.COMPLETE);
        }
    }

    /** A table whose columns differ in how many values they have, some copied from others, some constant or empty. */
    private static String[][] random(Random random, int width, int count) {
        var rows = new String[count][width];
        for (var column = 0; column < width; column++) {
            var kind = random.nextInt(12);
            var values = 1 + random.nextInt(kind < 4 ? 2 : kind < 8 ? 5 : 40);
            for (var row = 0; row < count; row++) {
                var value = String.valueOf(random.nextInt(values));
                if (kind == 1 && column > 0) {
                    value = "of " + rows[row][random.nextInt(20) == 0 ? 0 : column - 1];
                } else if (kind == 2) {
                    value = "constant";
                } else if (kind == 3 || random.nextInt(15) == 0) {
                    value = null;
                }
                rows[row][column] = value;
            }
        }
        for (var row = 1; row < count; row++) {
            if (random.nextInt(12) == 0) {
                rows[row] = rows[random.nextInt(row)].clone();
            }
        }
        return rows;
    }

    @Test
    void knowsAllSmallDeterminantsOfAWideTable() throws Exception {
        var random = new Random(7);
        var width = 66;
        var rows = new String[60][width];
        for (var row : rows) {
            Arrays.setAll(row, column -> String.valueOf(random.nextInt(2 + column % 5 * 8)));
        }
        var relation = RelationReader.read(Rows.of(rows), Long.MAX_VALUE, MEMORY);
        var found = Search.in(new Partitions(relation, MEMORY), Limits.from(2, Duration.ofHours(1), MEMORY));

        var expected = new TreeSet<String>();
        for (var right = 0; right < width; right++) {
            for (var a = 0; a < width; a++) {
                for (var b = a + 1; b < width; b++) {
                    if (a != right && b != right && holds(rows, right, a, b)) {
                        expected.add("[" + a + ", " + b + "] -> " + right);
                    }
                }
            }
        }
        assertThat(expected).isNotEmpty();
        assertThat(dependencies(found)).isEqualTo(expected);
        assertThat(found.explored()).isEqualTo(2);
        assertThat(found.end()).isEqualTo(End.SIZE);
    }

    private static boolean holds(String[][] rows, int right, int... left) {
        for (var row : rows) {
            for (var other : rows) {
                if (Arrays.stream(left).allMatch(column -> row[column].equals(other[column]))
                        && !row[right].equals(other[right])) {
                    return false;
                }
            }
        }
        return true;
    }

    @Test
    void givesUpTheLargestDeterminantsWhenMemoryIsShort() throws Exception {
        var random = new Random(11);
        var width = 12;
        var rows = new String[60][width];
        for (var row : rows) {
            Arrays.setAll(row, column -> String.valueOf(random.nextInt(2)));
        }
        var all = search(rows, width, MEMORY);
        var some = search(rows, width, 20_000);

        assertThat(some.end()).isEqualTo(End.MEMORY);
        assertThat(some.explored()).isBetween(1, width - 1);
        assertThat(dependencies(some))
                .isEqualTo(all.dependencies().stream()
                        .filter(dependency -> dependency.determinant().size() <= some.explored())
                        .flatMap(dependency -> dependency
                                .dependents()
                                .positions()
                                .mapToObj(right -> dependency.determinant() + " -> " + right))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void knowsNothingWhenThereIsNoTime() throws Exception {
        var relation = RelationReader.read(Rows.of("a b\n1 2\n1 3"), Long.MAX_VALUE, MEMORY);
        var found = Search.in(new Partitions(relation, MEMORY), Limits.from(9, Duration.ZERO, MEMORY));

        assertThat(found.explored()).isEqualTo(-1);
        assertThat(found.end()).isEqualTo(End.TIME);
        assertThat(found.dependencies()).isEmpty();
        assertThat(found.keys()).isEmpty();
    }

    @Test
    void takesAnythingForAKeyOfASingleRow() throws Exception {
        var found = search(new String[][] {{"1", null}}, 2, MEMORY);

        assertThat(found.keys()).containsExactly(AttributeSet.none());
        assertThat(dependencies(found)).containsExactly("[] -> 0", "[] -> 1");
    }

    private static Discovered search(String[][] rows, int width, long memory) throws Exception {
        var names = new String[width];
        Arrays.setAll(names, i -> "c" + i);
        var relation = RelationReader.read(new Rows(names, rows), Long.MAX_VALUE, MEMORY);
        return Search.in(new Partitions(relation, MEMORY), Limits.from(width, Duration.ofHours(1), memory));
    }

    private static TreeSet<String> dependencies(Discovered found) {
        var texts = new TreeSet<String>();
        found.dependencies()
                .forEach(dependency -> dependency
                        .dependents()
                        .positions()
                        .forEach(right -> texts.add(dependency.determinant() + " -> " + right)));
        return texts;
    }

    private static TreeSet<String> keys(Discovered found) {
        return found.keys().stream().map(AttributeSet::toString).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String shown(String[][] rows) {
        return Arrays.stream(rows).map(Arrays::toString).collect(Collectors.joining("\n"));
    }
}
