package dev.schemaproof.analysis.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In which partitions rows are looked for; {@code PruningAgreementTest} compares it with what databases do. */
class PruningTest {

    private static final String MODEL = """
            schema: pruning
            entities:
              T:
                table: t
                attributes: {id: int, k: int, m: int}
                key: [id, k, m]
                partition: %s
                indexes: {t_k: {on: [k, m]}, t_m: {on: [m]}}
              D: {table: d, attributes: {id: int, x: int}, key: [id]}
            accessPatterns:
              it:
                sql: |
                  select t.id from %s
            """;

    private static final String RANGE =
            "{by: range, on: [k], partitions: {p0: {from: 0, to: 1}, p1: {from: 1, to: 4%s}}}";

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '¦', textBlock = """
            range ¦ t where k = :x                           ¦ t by t_k (k) in one partition by `k`
            range ¦ t where k > :x                           ¦ t by t_k (k) in the partitions that `k` leaves
            range ¦ t where k in (:x, :y)                    ¦ t by t_k (k) in the partitions that `k` leaves
            range ¦ t where k = any(:x)                      ¦ t by t_k (k) in every partition
            range ¦ t where m = :x                           ¦ t by t_m (m) in every partition
            range ¦ d join t on t.k = d.x where d.id = :x    ¦ t by t_k (k) in one partition by `k`
            two   ¦ t where k = :x and m = :y                ¦ t by t_k (k, m) in one partition by `k` and `m`
            two   ¦ t where k = :x                           ¦ t by t_k (k) in the partitions that `k` leaves
            two   ¦ t where m = :x                           ¦ t by t_m (m) in the partitions that `m` leaves
            list  ¦ t where k < :x                           ¦ t by t_k (k) in the partitions that `k` leaves
            hash  ¦ t where k = :x and m = :y                ¦ t by t_k (k, m) in one partition by `k` and `m`
            hash  ¦ t where k = :x and m in (:y, :z)         ¦ t by t_k (k, m) in every partition
            hash  ¦ t where k = :x                           ¦ t by t_k (k) in every partition
            """)
    void tellsThePartitionsThatAreRead(String by, String statement, String verdict) {
        var partition = switch (by) {
            case "range" -> RANGE.formatted("");
            case "two" -> RANGE.formatted(", partition: {by: hash, on: [m], partitions: 2}");
            case "list" -> "{by: list, on: [k], partitions: {p0: {in: 0}, p1: {in: [1, 2]}}}";
            default -> "{by: hash, on: [k, m], partitions: 3}";
        };
        var coverages = new Facts(Models.read(MODEL.formatted(partition, statement)))
                .access()
                .of("it")
                .orElseThrow()
                .coverages();
        assertThat(coverages)
                .filteredOn(coverage -> coverage.use().name().equals("t"))
                .singleElement()
                .hasToString(verdict);
    }
}
