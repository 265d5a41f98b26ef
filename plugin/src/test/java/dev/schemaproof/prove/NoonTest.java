package dev.schemaproof.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.generate.relational.RelationalGenerator;
import dev.schemaproof.model.Model;
import dev.schemaproof.prove.Execution.Figures;
import dev.schemaproof.prove.engine.RunningDatabase;
import dev.schemaproof.template.Templates;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

/** On a server whose {@code now()} is what a test says. */
class NoonTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final Model MODEL = Models.read("""
            schema: s
            entities:
              Event:
                rows: 1M
                attributes:
                  id: int
                  created_at: {type: timestamptz, default: now(), check: created_at <= now()}
                  seen_at: {type: timestamp, default: now()}
                  day: date
                key: [id]
                indexes:
                  by_creation: {on: [created_at]}
                  by_sight: {on: [seen_at]}
                  by_day: {on: [day]}
            accessPatterns:
              last-hour: {sql: "SELECT id FROM event WHERE created_at >= now() - interval '1 hour'"}
              last-day: {sql: "SELECT id FROM event WHERE created_at >= now() - interval '1 day'"}
              seen-on-last-day: {sql: "SELECT id FROM event WHERE seen_at >= now() - interval '1 day'"}
              created-today: {sql: "SELECT id FROM event WHERE created_at >= date_trunc('day', now())"}
              seen-today: {sql: "SELECT id FROM event WHERE seen_at >= date_trunc('day', now())"}
              today: {sql: "SELECT id FROM event WHERE day >= now()::date"}
              to-come: {sql: "SELECT id FROM event WHERE created_at > now()"}
            """);

    @ParameterizedTest
    @CsvSource({
        "2026-06-01 00:00:00, 0",
        "2026-06-01 00:01:59, 59",
        "2026-06-01 05:23:07, 7",
        "2026-06-01 11:59:00, 0",
        "2026-06-01 12:00:30, 30",
        "2026-06-01 18:07:10, 10",
        "2026-06-01 23:59:59.5, 59"
    })
    void itHasJustBecomeNoonOnTheSameDay(String now, int seconds) throws Exception {
        try (Connection connection = at(now).connect()) {
            assertThat(Noon.in(connection)).isEqualTo(LocalDate.of(2026, 6, 1));
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT date_trunc('second', now())::timestamp::text")) {
                row.next();
                assertThat(row.getString(1)).isEqualTo("2026-06-01 12:00:%02d".formatted(seconds));
            }
        }
    }

    @Test
    void proofsComeToTheSameEarlyAndLateInTheDay() throws Exception {
        ProofReport early = prove("2026-06-01 00:01:00");
        ProofReport late = prove("2026-06-01 23:59:00");

        assertThat(early.results())
                .allSatisfy(result -> assertThat(result.verdict()).isEqualTo(Verdict.PROVEN));
        // 10 rows a day, of which the last is a second old
        assertThat(rows(early))
                .isEqualTo(Map.of(
                        "last-hour", 1L,
                        "last-day", 10L,
                        "seen-on-last-day", 10L,
                        "created-today", 5L,
                        "seen-today", 5L,
                        "today", 10L,
                        "to-come", 0L));
        // With their costs, which follow from the statistics of the declared rows
        assertThat(late.plans()).isEqualTo(early.plans());
        assertThat(late.results()).isEqualTo(early.results());
    }

    private static Map<String, Long> rows(ProofReport report) {
        return report.plans().stream()
                .collect(Collectors.toMap(
                        PatternPlan::pattern,
                        plan -> plan.execution()
                                .flatMap(Execution::figures)
                                .map(Figures::rows)
                                .orElse(-1L)));
    }

    private static ProofReport prove(String now) throws Exception {
        Facts facts = new Facts(MODEL);
        return new Prover(List.of(new AppliesCleanly(), new PatternsUseIndexes(), new PatternsRunOnRows()))
                .prove(new ProofRequest(
                        facts,
                        MODEL.relationalStore().orElseThrow(),
                        new RelationalGenerator(Templates.builtIn())
                                .generate(facts)
                                .toList(),
                        at(now),
                        ProofSettings.standard(),
                        Deadline.in(Duration.ofMinutes(2))));
    }

    /** A database, and all copies of it, where it is a moment of UTC. */
    private static RunningDatabase at(String now) throws SQLException {
        RunningDatabase database = SERVER.database();
        // Which otherwise looks for functions of its own first
        database.dataSource().unwrap(PGSimpleDataSource.class).setCurrentSchema("public,clock,pg_catalog");
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA clock");
            statement.execute(
                    "CREATE FUNCTION clock.now() RETURNS timestamptz LANGUAGE sql STABLE AS $$SELECT timestamptz '"
                            + now + "+00'$$");
        }
        return database;
    }
}
