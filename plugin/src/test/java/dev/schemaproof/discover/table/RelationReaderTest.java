package dev.schemaproof.discover.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.discover.Rows;
import dev.schemaproof.discover.table.Relation.Extent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers are equal where values are, and nothing else of a table is kept. */
class RelationReaderTest {

    private static final long MEMORY = 64 << 20;

    @Test
    void givesEqualNumbersToEqualValuesOnly() throws Exception {
        var random = new Random(99);
        var rows = new String[20_000][1];
        for (var row : rows) {
            row[0] = random.nextInt(10) == 0 ? null : text(random);
        }
        var relation = RelationReader.read(Rows.of(rows), Long.MAX_VALUE, MEMORY);

        var numbers = new HashMap<String, Integer>();
        for (var row = 0; row < rows.length; row++) {
            var number = relation.code(row, 0);
            assertThat(numbers.computeIfAbsent(rows[row][0], value -> number)).isEqualTo(number);
        }
        assertThat(new HashSet<>(numbers.values())).hasSameSizeAs(numbers.keySet());
        assertThat(numbers.get(null)).isZero();
        assertThat(relation.profile(0).values()).isEqualTo(numbers.size() - 1);
        assertThat(relation.distinctRows()).isEqualTo(numbers.size());
    }

    /** Texts that differ in length, in a single character, beyond ASCII, or in what a careless packing would lose. */
    private static String text(Random random) {
        var characters = "ab\0\1 \u00e9\u6f22\ud83d\ude00";
        var length = random.nextInt(3) == 0 ? random.nextInt(4) : 13 + random.nextInt(6);
        var text = new StringBuilder();
        for (var i = 0; i < length; i++) {
            text.append(i + 3 < length ? 'a' : characters.charAt(random.nextInt(characters.length())));
        }
        return text.toString();
    }

    @Test
    void knowsWhichRowsRepeatOthers() throws Exception {
        var relation = RelationReader.read(Rows.of("a b\n1 -\n1 2\n1 -\n- 1\n1 2"), Long.MAX_VALUE, MEMORY);

        assertThat(relation.distinctRows()).isEqualTo(3);
        assertThat(relation.code(2, 2)).isZero();
        assertThat(relation.code(3, 2)).isEqualTo(3);
        assertThat(relation.code(4, 2)).isEqualTo(1);
    }

    @Test
    void stopsAtASample() throws Exception {
        var relation = RelationReader.read(Rows.of("a\n1\n1\n2"), 2, MEMORY);

        assertThat(relation.rows()).isEqualTo(2);
        assertThat(relation.extent()).isEqualTo(Extent.SAMPLE);
        assertThat(relation.profile(0).values()).isEqualTo(1);
    }

    @Test
    void readsAllWhenThereAreNoMoreThanASample() throws Exception {
        assertThat(RelationReader.read(Rows.of("a\n1\n1"), 2, MEMORY).extent()).isEqualTo(Extent.ALL);
    }

    @Test
    void stopsWhenMemoryEnds() throws Exception {
        var rows = new String[200_000][2];
        for (var i = 0; i < rows.length; i++) {
            rows[i][0] = "value " + i;
            rows[i][1] = "x";
        }
        var relation = RelationReader.read(Rows.of(rows), Long.MAX_VALUE, 4 << 20);

        assertThat(relation.extent()).isEqualTo(Extent.MEMORY);
        assertThat(relation.rows()).isBetween(10_000, rows.length - 1);
        assertThat(relation.profile(0).values()).isEqualTo(relation.rows());
        assertThat(relation.profile(1).isConstant()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 2 -3 | int",
                "1 3000000000 | bigint",
                "2147483647 -2147483648 | int",
                "2147483648 | bigint",
                "12345678901234567890 1 | decimal(20,0)",
                "1.5 100 -0.25 | decimal(5,2)",
                "01234 10115 | text",
                "1e5 | text",
                "true f | boolean",
                "1 true | text",
                "2024-02-29 | date",
                "2024-13-01 | text",
                "2024-01-01T10:00:00Z 2024-01-01T10:00:00+01:00 | timestamptz",
                "2024-01-01T10:00:00 | timestamp",
                "2024-01-01T10:00:00 2024-01-01T10:00:00Z | text",
                "10:30 23:59:59.5 | time",
                "00000000-0000-0000-0000-00000000000a | uuid",
                "- - | text"
            })
    void guessesTheNarrowestType(String values, String type) throws Exception {
        var relation = RelationReader.read(Rows.of("a\n" + values.replace(' ', '\n')), Long.MAX_VALUE, MEMORY);

        assertThat(relation.profile(0).type()).isEqualTo(type);
    }
}
