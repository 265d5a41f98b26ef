package dev.schemaproof.generate.relational;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.model.Contract;
import dev.schemaproof.prove.TestServer;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows in partitions count, whether a statement names the table, a partition, or a part of one. */
class PartitionedRowsTest {

    @RegisterExtension
    static final TestServer OLDEST = new TestServer(15);

    @RegisterExtension
    static final TestServer NEWEST = new TestServer();

    private static final String MODEL = """
            schema: meters
            entities:
              Meter:
                attributes:
                  id: int
                  readings: {type: int, default: 0}
                  total: {type: bigint, default: 0}
                  highest: {type: int, optional: true}
                key: [id]
              Reading:
                table: "the readings"
                attributes: {meter_id: int, day: date, n: int, value: int}
                key: [meter_id, day, n]
                references: {meter: {entity: Meter, onDelete: cascade, onUpdate: cascade}}
                partition:
                  by: range
                  on: [day]
                  partitions:
                    readings_2026: {from: "'2026-01-01'", to: "'2027-01-01'"}
                    readings_2027:
                      from: "'2027-01-01'"
                      to: "'2028-01-01'"
                      partition: {by: hash, on: [meter_id], partitions: 2}
                    "other readings": default
            denormalizations:
              readings:
                duplicates: {into: Meter.readings, from: {count: Reading, by: meter}}
                sync: {by: trigger, mode: %1$s, every: 1s}
                staleness: {allowed: none, effect: x, repair: every night}
              total:
                duplicates: {into: Meter.total, from: {sum: Reading.value, by: meter, where: value > 0}}
                sync: {by: trigger, mode: %1$s, every: 1s}
                staleness: {allowed: none, effect: x, repair: every night}
              highest:
                duplicates: {into: Meter.highest, from: {max: Reading.value, by: meter}}
                sync: {by: trigger, mode: %2$s}
                staleness: {allowed: none, effect: x, repair: every night}
            """;

    @ParameterizedTest
    @Withstands({26, 27})
    @StaysExact("rows that change their partition")
    @EnumSource(Contract.Mode.class)
    void countWhateverIsNamed(Contract.Mode mode) throws Exception {
        for (var server : List.of(OLDEST, NEWEST)) {
            try (var bed = new SyncBed(
                            server.database(),
                            Models.read(MODEL.formatted(
                                    mode.word(), (mode.isFolded() ? Contract.Mode.DEFERRED : mode).word())))
                    .applied()) {
                bed.execute("INSERT INTO meter (id) VALUES (1), (2), (3)");
                var names = new String[] {
                    "\"the readings\"", "readings_2026", "readings_2027", "\"other readings\"", leaf(bed)
                };
                for (var i = 0; i < names.length; i++) {
                    var table = names[i];
                    var base = 10 * i;
                    var day = table.contains("2026") ? "2026" : table.startsWith("\"") ? "2030" : "2027";
                    // In which meters fit depends on the hash
                    var meters = "FROM meter WHERE "
                            + (i == 4 ? "satisfies_hash_partition('readings_2027'::regclass, 2, 0, id)" : "true");
                    bed.execute(
                            "INSERT INTO " + table + " SELECT id, '" + day + "-05-05', " + base + " + n, 10 * id + n "
                                    + meters.replace("FROM meter", "FROM meter CROSS JOIN generate_series(1, 3) n"));
                    exact(bed, "INSERT into " + table);
                    bed.execute("UPDATE " + table + " SET value = value - 15 WHERE n = " + (base + 2));
                    exact(bed, "UPDATE of " + table);
                    bed.execute("DELETE FROM " + table + " WHERE n = " + (base + 3));
                    exact(bed, "DELETE from " + table);
                }
                bed.execute("UPDATE \"the readings\" SET day = '2027-07-07' WHERE day = '2026-05-05'");
                exact(bed, "rows that change their partition");
                bed.execute("UPDATE meter SET id = 9 WHERE id = 1");
                exact(bed, "a key that changes");
                bed.fold();
                assertThat(bed.query("SELECT sum(readings) FROM meter")).doesNotContain("0");
                bed.execute("BEGIN; DELETE FROM \"the readings\" WHERE n % 10 = 1; TRUNCATE readings_2027; COMMIT");
                exact(bed, "TRUNCATE of a partition");
                bed.fold();
                assertThat(bed.query("SELECT sum(readings) FROM meter")).doesNotContain("0");
                bed.execute("DELETE FROM meter WHERE id = 2");
                exact(bed, "a parent that is deleted");
                bed.execute("TRUNCATE \"the readings\"");
                exact(bed, "TRUNCATE");
                bed.fold();
                exact(bed, "a fold");
                assertThat(bed.aside()).isZero();
                assertThat(bed.query("SELECT sum(readings) FROM meter")).containsExactly("0");
            }
        }
    }

    private static void exact(SyncBed bed, String after) throws Exception {
        assertThat(bed.drift()).as(after).isEmpty();
    }

    private static String leaf(SyncBed bed) throws Exception {
        return bed.query("SELECT relid::regclass::text FROM pg_partition_tree('readings_2027') WHERE isleaf ORDER BY 1")
                .get(0);
    }
}
