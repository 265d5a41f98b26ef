package dev.schemaproof.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Where a table has several indexes, the one that the analysis names serves as it says, no other serves better, and what it
 * says of several together, or that there is none, is what the database does: in its plans, and in the pages that it reads.
 *
 * <p>{@code mvn -pl plugin -Pagreement test} compares 20,000 plans and 2,000 runs on each of PostgreSQL 15, 17 and 18, the
 * ordinary build fewer; with the properties of {@link AgreementTest}.
 */
class SeveralAgreementTest {

    private static final int CASES = Integer.getInteger("schemaproof.agreement", 200);
    private static final int RUNS = Integer.getInteger("schemaproof.agreement", 640) / 10;
    private static final long SEED = Long.getLong("schemaproof.seed", 1);
    private static final double MOST_DISAGREEMENTS = 0.5;

    static IntStream versions() {
        return AgreementTest.versions();
    }

    @ParameterizedTest(name = "PostgreSQL {0}")
    @MethodSource("versions")
    void theDatabaseTakesWhatTheAnalysisSays(int version) throws Exception {
        var server = new TestServer(version);
        server.beforeAll(null);
        try (var connection = server.database().connect()) {
            try (var statement = connection.createStatement()) {
                statement.execute("CREATE EXTENSION pg_trgm");
            }
            var tally = new Tally();
            var agreement = new SeveralAgreement(connection, version, tally);
            for (var seed = SEED; tally.cases() < CASES; seed++) {
                agreement.compare(seed);
            }
            System.out.printf("PostgreSQL %d, several indexes from seed %d: %s%n", version, SEED, tally);
            assertThat(tally.shown("SERVED", "WALK", "FIRST"))
                    .as("served, and yet everything is read")
                    .isEmpty();
            assertThat(tally.share()).as(tally.shown("")).isLessThanOrEqualTo(MOST_DISAGREEMENTS);
            // A generator that makes nothing of interest would show nothing
            assertThat(tally.verdicts("SEEK")).isGreaterThan(tally.cases() / 3);
            assertThat(tally.verdicts("NONE")).isGreaterThan(tally.cases() / 10);
            assertThat(tally.verdicts("SEVERAL")).isGreaterThan(tally.cases() / 100);
        } finally {
            server.afterAll(null);
        }
    }

    @ParameterizedTest(name = "PostgreSQL {0}")
    @MethodSource("versions")
    void noMorePagesAreReadThanTheVerdictBounds(int version) throws Exception {
        var server = new TestServer(version);
        server.beforeAll(null);
        try (var connection = server.database().connect()) {
            var tally = new Tally();
            var pages = new SeveralPages(connection, version, tally);
            for (var seed = SEED; tally.cases() < RUNS; seed++) {
                pages.compare(seed);
            }
            System.out.printf("PostgreSQL %d, pages of several indexes from seed %d: %s%n", version, SEED, tally);
            assertThat(tally.shown("SERVED")).isEmpty();
            assertThat(tally.share()).as(tally.shown("")).isLessThanOrEqualTo(MOST_DISAGREEMENTS);
            assertThat(tally.verdicts("SEEK")).isGreaterThan(tally.cases() / 3);
            assertThat(tally.verdicts("NONE")).isPositive();
            assertThat(tally.verdicts("SEVERAL")).isPositive();
        } finally {
            server.afterAll(null);
        }
    }
}
