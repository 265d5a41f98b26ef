package dev.schemaproof.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.generate.Artifact;
import dev.schemaproof.model.Model;
import dev.schemaproof.prove.engine.RunningDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ProverTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final Model MODEL = Models.read("schema: s\nentities: {T: {attributes: {id: int}, key: [id]}}\n");

    @Test
    void stopsBetweenStepsWhenTimeIsOver() throws SQLException {
        var database = SERVER.database();
        var results = prove(database, Deadline.in(Duration.ZERO), new AppliesCleanly(), new CatalogMatches());

        assertThat(results).extracting(ProofResult::verdict).containsExactly(Verdict.FAILED, Verdict.NOT_PROVEN);
        assertThat(results)
                .extracting(ProofResult::statement)
                .containsExactly(
                        "time ran out; `schema.timeout` sets how much there is",
                        "not tried, as time ran out; `schema.timeout` sets how much there is");
        assertThat(connections(database)).isZero();
    }

    @Test
    void cancelsAStatementWhenTimeIsOver() throws SQLException {
        var database = SERVER.database();
        var results = prove(database, Deadline.in(Duration.ofSeconds(1)), running("SELECT pg_sleep(600)"));

        assertThat(results)
                .singleElement()
                .satisfies(result -> assertThat(result.statement())
                        .isEqualTo("time ran out; `schema.timeout` sets how much there is"));
        assertThat(connections(database)).isZero();
    }

    @Test
    void cutsOffAServerThatDoesNotCancel() throws SQLException {
        var database = SERVER.database();
        var results = prove(
                database,
                Deadline.in(Duration.ofMillis(500)),
                running("SET statement_timeout = 0", "SELECT pg_sleep(20)"));

        assertThat(results)
                .singleElement()
                .satisfies(result -> assertThat(result.statement())
                        .isEqualTo("time ran out; `schema.timeout` sets how much there is"));
    }

    @Test
    void saysThatTheConnectionWasLostAndTriesNoMore() {
        var results = prove(
                SERVER.database(),
                Deadline.in(Duration.ofMinutes(1)),
                running("SELECT pg_terminate_backend(pg_backend_pid())", "SELECT 1"),
                running("SELECT 1"));

        assertThat(results).extracting(ProofResult::verdict).containsExactly(Verdict.FAILED, Verdict.NOT_PROVEN);
        assertThat(results.get(0).statement())
                .isEqualTo("the connection to " + SERVER.server().description()
                        + " was lost: terminating connection due to administrator command");
    }

    @Test
    void goesOnAfterAStepThatTheDatabaseRefuses() {
        var results = prove(
                SERVER.database(), Deadline.in(Duration.ofMinutes(1)), running("SELECT 1 / 0"), new CatalogMatches());

        assertThat(results).hasSize(2);
        assertThat(results.get(0).statement()).isEqualTo("the database refused a step of the proof: division by zero");
        assertThat(results.get(1).statement()).isEqualTo("table `t` is missing in the database");
    }

    @Test
    void closesEveryConnection() throws SQLException {
        var database = SERVER.database();
        var results = prove(database, Deadline.in(Duration.ofMinutes(1)), new AppliesCleanly(), new CatalogMatches());

        assertThat(results).extracting(ProofResult::verdict).containsOnly(Verdict.PROVEN);
        assertThat(connections(database)).isZero();
    }

    private static Proof running(String... statements) {
        return new Proof() {
            @Override
            public String name() {
                return "runs";
            }

            @Override
            public void prove(Bench bench, Consumer<ProofResult> results) throws SQLException {
                try (Connection connection = bench.connect();
                        Statement statement = connection.createStatement()) {
                    for (String sql : statements) {
                        statement.execute(sql);
                    }
                }
            }
        };
    }

    private static List<ProofResult> prove(RunningDatabase database, Deadline deadline, Proof... proofs) {
        return new Prover(List.of(proofs))
                .prove(new ProofRequest(
                        new Facts(MODEL),
                        MODEL.relationalStore().orElseThrow(),
                        List.of(new Artifact("main/schema.sql", "CREATE TABLE t (id int PRIMARY KEY);\n")),
                        database,
                        ProofSettings.standard(),
                        deadline))
                .results();
    }

    /** How many sessions are left once the server has noticed that theirs are closed. */
    private static int connections(RunningDatabase database) throws SQLException {
        String name;
        try (Connection connection = database.connect()) {
            name = connection.getCatalog();
        }
        try (Connection connection = SERVER.server().connect();
                Statement statement = connection.createStatement()) {
            int left = 0;
            for (int i = 0; i < 100; i++) {
                try (ResultSet row = statement.executeQuery(
                        "SELECT count(*), pg_sleep(0.02) FROM pg_stat_activity WHERE datname = '" + name + "'")) {
                    row.next();
                    left = row.getInt(1);
                }
                if (left == 0) {
                    return 0;
                }
            }
            return left;
        }
    }
}
