package dev.schemaproof.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

    private static final int CASES = Integer.getInteger("schemaproof.agreement", 600);
    /** The ordinary build makes partitions for fewer. */
    private static final int PARTITIONED_CASES = Integer.getInteger("schemaproof.agreement", 200);

    private static final long SEED = Long.getLong("schemaproof.seed", 1);

    /** Of a hundred cases so many may be told otherwise, as long as none is called served that reads everything. */
    private static final double MOST_DISAGREEMENTS = 0.5;

    private static final int SHOWN = 3;

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
            var agreement = new Agreement(connection, version, partitioned);
            for (var seed = SEED; agreement.cases() < least; seed++) {
                agreement.compare(seed);
            }
            var count = agreement.disagreements().values().stream()
                    .mapToInt(cases -> cases.size())
                    .sum();
            var share = 100.0 * count / agreement.cases();
            System.out.printf(
                    "PostgreSQL %d%s: %d cases from seed %d, %d disagreements (%.2f %%) %s; verdicts %s; explained %s%n",
                    version,
                    partitioned ? ", partitions" : "",
                    agreement.cases(),
                    SEED,
                    count,
                    share,
                    agreement.disagreements().entrySet().stream()
                            .map(entry ->
                                    entry.getKey() + " " + entry.getValue().size())
                            .toList(),
                    agreement.verdicts(),
                    agreement.reasons());
            assertThat(shown(agreement, "SERVED", "WALK", "FIRST", "UNSERVED"))
                    .as("served, and yet everything is read; or unserved for no reason")
                    .isEmpty();
            assertThat(share).as(shown(agreement, "")).isLessThanOrEqualTo(MOST_DISAGREEMENTS);
            // A generator that makes nothing of interest would show nothing
            assertThat(agreement.verdicts().get("SEEK")).isGreaterThan(agreement.cases() / 3);
            assertThat(agreement.verdicts().get("NONE")).isGreaterThan(agreement.cases() / 10);
            assertThat(agreement.verdicts().get("WALK")).isGreaterThan(agreement.cases() / 100);
        } finally {
            server.afterAll(null);
        }
    }

    private static String shown(Agreement agreement, String... kinds) {
        return agreement.disagreements().entrySet().stream()
                .filter(entry -> Stream.of(kinds).anyMatch(entry.getKey()::startsWith))
                .flatMap(entry -> Stream.concat(
                        Stream.of(entry.getKey() + ": " + entry.getValue().size()),
                        entry.getValue().stream().limit(SHOWN)))
                .collect(Collectors.joining("\n"));
    }
}
