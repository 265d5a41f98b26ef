package dev.schemaproof.prove.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.model.Entity;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many tables share a number of rows. */
class VolumeTest {

    /** Of tables of a million rows each, beside one that is small at any volume. */
    @ParameterizedTest
    @CsvSource({"0, 10000", "19, 10000", "20, 5000", "39, 5000", "40, 2000", "99, 2000", "100, 1000", "500, 1000"})
    void isAPartOfTheMostWhereThereAreManyTables(int tables, long most) {
        var volume = Volume.atMost(10_000, 200_000, entities(tables));

        assertThat(volume).isEqualTo(Volume.atMost(most));
    }

    @ParameterizedTest
    @CsvSource({"1000, 1000", "4000, 1000", "6000, 1200"})
    void isNeverLessThanWhatIsSmall(long most, long least) {
        assertThat(Volume.atMost(most, 140_000, entities(100)).most()).isEqualTo(least);
    }

    private static List<Entity> entities(int tables) {
        var text = IntStream.range(0, tables)
                .mapToObj(i -> "  T%d: {rows: 1M, attributes: {id: int}, key: [id]}\n".formatted(i))
                .collect(Collectors.joining());
        return List.copyOf(
                Models.read("schema: s\nentities:\n  Small: {rows: 999, attributes: {id: int}, key: [id]}\n" + text)
                        .entities()
                        .values());
    }
}
