package dev.schemaproof.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The verdict of the analysis on statements that join tables, in either direction, is what the database does with each of them.
 *
 * <p>{@code mvn -pl plugin -Pagreement test} compares 20,000 cases on each of PostgreSQL 15, 17 and 18, the ordinary build
 * fewer; with the properties of {@link AgreementTest}.
 */
class JoinAgreementTest {

    private static final int CASES = Integer.getInteger("schemaproof.agreement", 240);
    private static final long SEED = Long.getLong("schemaproof.seed", 1);
    private static final double MOST_DISAGREEMENTS = 0.5;

    static IntStream versions() {
        return AgreementTest.versions();
    }

    @ParameterizedTest(name = "PostgreSQL {0}")
    @MethodSource("versions")
    void theDatabaseJoinsAsTheAnalysisSays(int version) throws Exception {
        var server = new TestServer(version);
        server.beforeAll(null);
        try (var connection = server.database().connect()) {
            var tally = new Tally();
            var agreement = new JoinAgreement(connection, version, tally);
            for (var seed = SEED; tally.cases() < CASES; seed++) {
                agreement.compare(seed);
            }
            System.out.printf("PostgreSQL %d, joins from seed %d: %s%n", version, SEED, tally);
            assertThat(tally.shown("SERVED", "WALK", "FIRST", "UNSERVED"))
                    .as("served, and yet everything is read; or unserved for no reason")
                    .isEmpty();
            assertThat(tally.share()).as(tally.shown("")).isLessThanOrEqualTo(MOST_DISAGREEMENTS);
            // A generator that makes nothing of interest would show nothing
            assertThat(tally.verdicts("SEEK")).isGreaterThan(tally.cases() / 3);
            assertThat(tally.verdicts("NONE")).isGreaterThan(tally.cases() / 10);
            assertThat(tally.reasons("HASH_JOIN")).isPositive();
        } finally {
            server.afterAll(null);
        }
    }
}
