package dev.schemaproof.cure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.normal.EntityDependencies;
import dev.schemaproof.analysis.normal.NormalForms;
import dev.schemaproof.check.Findings;
import dev.schemaproof.generate.relational.Contradiction;
import dev.schemaproof.prove.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The example of each violation is accepted by the keys, and shows what it is said to show. */
class ContradictionsTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    /** Every type of the language can be determined by something. */
    private static final String TYPES = """
            schema: types
            types:
              mood: {enum: [good, bad]}
              lonely: {enum: [one]}
              short: {domain: string(1)}
              cents: {domain: "decimal(2,2)"}
            entities:
              Everything:
                attributes:
                  id: int
                  of: text
                  a: text
                  b: uuid
                  c: smallint
                  d: bigint
                  e: float
                  f: double
                  g: boolean
                  h: date
                  i: time
                  j: timestamp
                  k: timestamptz
                  l: interval
                  m: json
                  n: bytes
                  o: inet
                  p: string(3)
                  q: char(1)
                  r: "decimal(4,1)"
                  s: "decimal(3,3)"
                  t: text[]
                  u: int[]
                  v: {native: point}
                  w: mood
                  x: lonely
                  y: short
                  z: cents
                  mo: mood[]
                key: [id]
                dependencies: ["of -> a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z, mo"]
            """;

    static Stream<CureCase> cases() {
        return CureCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theKeysLetRowsContradictEachOther(CureCase given) throws SQLException {
        var facts = new Facts(Pasted.read(given.yaml()), Findings.TODAY);
        var shown = 0;
        for (var entity : facts.model().entities().values()) {
            shown += show(facts, facts.dependenciesOf(entity));
        }
        // What is only suspected is no violation yet
        assertThat(shown > 0).isEqualTo(!given.name().equals("suspected"));
    }

    @Test
    void valuesOfEveryTypeCanDiffer() throws SQLException {
        var facts = new Facts(Pasted.read(TYPES), Findings.TODAY);
        var dependencies =
                facts.dependenciesOf(facts.model().entity("Everything").orElseThrow());
        assertThat(show(facts, dependencies)).isEqualTo(27);
    }

    /** Runs the example of each attribute that breaks a form. */
    private static int show(Facts facts, EntityDependencies dependencies) throws SQLException {
        var shown = 0;
        for (var judgement : NormalForms.of(dependencies.dependencies()).violations()) {
            if (judgement.verdict() instanceof NormalForms.Verdict.Breaks breaks
                    && !dependencies.originOf(judgement.dependency()).enforced()) {
                var determinant = dependencies
                        .dependencies()
                        .dependencies()
                        .get(judgement.dependency())
                        .determinant();
                for (var dependent : breaks.attributes().positions().toArray()) {
                    assertShows(Contradiction.of(facts, dependencies, determinant, dependent));
                    shown++;
                }
            }
        }
        return shown;
    }

    private static void assertShows(Contradiction example) throws SQLException {
        try (var connection = SERVER.server().connect()) {
            connection.setAutoCommit(false);
            execute(connection, example.create());
            for (var row : example.rows()) {
                execute(connection, row);
            }
            assertThat(query(connection, example.select()))
                    .as("before the update of\n%s", example.script())
                    .isEmpty();
            try (var statement = connection.createStatement()) {
                assertThat(statement.executeUpdate(example.update()))
                        .as(example.script())
                        .isEqualTo(1);
            }
            assertThat(query(connection, example.select()))
                    .as("after the update of\n%s", example.script())
                    .hasSize(1);
            connection.rollback();
            // The script as it stands in the report
            execute(connection, example.script());
            connection.rollback();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> query(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }
}
