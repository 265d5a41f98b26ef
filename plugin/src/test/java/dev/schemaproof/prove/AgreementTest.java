package dev.schemaproof.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The verdict of the analysis on an index is what the database does with it: columns sought, range, order, index only. Random
 * entities, indexes and statements show so, on each version.
 *
 * <p>{@code mvn -pl plugin -Pagreement test} compares 20,000 cases on each of PostgreSQL 15, 17 and 18; the ordinary build is
 * content with fewer, on the oldest and the newest. {@code -Dschemaproof.agreement} says how many, {@code -Dschemaproof.seed}
 * with which seed to begin.
 */
class AgreementTest {

    private static final int CASES = Integer.getInteger("schemaproof.agreement", 400);
    /** The ordinary build makes partitions for fewer. */
    private static final int PARTITIONED_CASES = Integer.getInteger("schemaproof.agreement", 200);

    private static final long SEED = Long.getLong("schemaproof.seed", 1);

    /** Of a hundred cases so many may be told otherwise, as long as none is called served that reads everything. */
    private static final double MOST_DISAGREEMENTS = 0.5;

    static IntStream versions() {
        return Arrays.stream(System.getProperty("schemaproof.agreement.versions", "15,18")
                        .split(","))
                .mapToInt(Integer::parseInt);
    }

    @ParameterizedTest(name = "PostgreSQL {0}")
    @MethodSource("versions")
    void theDatabaseDoesWhatTheAnalysisSays(int version) throws Exception {
        compare(version, false, CASES);
    }

    @ParameterizedTest(name = "PostgreSQL {0}")
    @MethodSource("versions")
    void theDatabaseDoesSoInEachPartition(int version) throws Exception {
        compare(version, true, PARTITIONED_CASES);
    }

    private static void compare(int version, boolean partitioned, int least) throws Exception {
        var server = new TestServer(version);
        server.beforeAll(null);
        try (var connection = server.database().connect()) {
            try (var statement = connection.createStatement()) {
                statement.execute("CREATE EXTENSION pg_trgm");
            }
            var tally = new Tally();
            var agreement = new Agreement(connection, version, partitioned, tally);
            for (var seed = SEED; tally.cases() < least; seed++) {
                agreement.compare(seed);
            }
            System.out.printf(
                    "PostgreSQL %d%s from seed %d: %s%n", version, partitioned ? ", partitions" : "", SEED, tally);
            assertThat(tally.shown("SERVED", "WALK", "FIRST", "UNSERVED"))
                    .as("served, and yet everything is read; or unserved for no reason")
                    .isEmpty();
            assertThat(tally.share()).as(tally.shown("")).isLessThanOrEqualTo(MOST_DISAGREEMENTS);
            // A generator that makes nothing of interest would show nothing
            assertThat(tally.verdicts("SEEK")).isGreaterThan(tally.cases() / 3);
            assertThat(tally.verdicts("NONE")).isGreaterThan(tally.cases() / 10);
            assertThat(tally.verdicts("WALK")).isGreaterThan(tally.cases() / 100);
        } finally {
            server.afterAll(null);
        }
    }
}
