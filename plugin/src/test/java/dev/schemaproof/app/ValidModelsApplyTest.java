package dev.schemaproof.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Checker;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.generate.Artifact;
import dev.schemaproof.generate.relational.RelationalGenerator;
import dev.schemaproof.output.Json;
import dev.schemaproof.prove.TestServer;
import dev.schemaproof.template.Templates;
import dev.schemaproof.yaml.ModelReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * No model that passes the checks is refused by the database: random models say so. What PostgreSQL refuses is cut down to
 * the smallest model that it refuses, and becomes a rule.
 *
 * <p>{@code mvn -pl plugin -Pfuzz test -Dtest=ValidModelsApplyTest} tries 10,000 models; the ordinary build is content with
 * fewer. {@code -Dschemaproof.models} says how many have to be accepted, {@code -Dschemaproof.seed} with which to begin.
 */
class ValidModelsApplyTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final int MODELS = Integer.getInteger("schemaproof.models", 150);
    private static final long SEED = Long.getLong("schemaproof.seed", 1);

    /** How many refusals are shown at once. */
    private static final int SHOWN = Integer.getInteger("schemaproof.refusals", 5);

    /** More seeds than this for one valid model mean that the generator of models has lost touch with the language. */
    private static final int SEEDS_A_MODEL = 20;

    @Test
    void whatPassesTheChecksIsAccepted() throws Exception {
        var refusals = new TreeMap<String, String>();
        var accepted = 0;
        var seed = SEED;
        try (var connection = SERVER.database().connect()) {
            connection.setAutoCommit(false);
            for (;
                    accepted < MODELS && refusals.size() < SHOWN && seed < SEED + (long) MODELS * SEEDS_A_MODEL;
                    seed++) {
                var tree = RandomModel.of(seed);
                var refusal = refusal(connection, tree);
                if (refusal.isPresent()) {
                    var smallest = smallest(connection, tree);
                    var message = refusal(connection, smallest).orElseThrow();
                    refusals.putIfAbsent(
                            message.replaceAll("\"[^\"]*\"|[0-9]+", ""),
                            "seed " + seed + ": " + message + "\n" + Json.text(smallest));
                } else if (facts(tree).isPresent()) {
                    accepted++;
                }
            }
        }
        assertThat(refusals.values()).as("%d models were accepted", accepted).isEmpty();
        assertThat(accepted).as("of %d models", seed - SEED).isEqualTo(MODELS);
    }

    /** What follows from the model, if it has no errors. */
    private static Optional<Facts> facts(Map<String, Object> tree) {
        var read = Models.tryRead(Json.text(tree));
        return read.model()
                .map(Facts::new)
                .filter(facts -> Stream.concat(
                                read.findings().stream(),
                                new Checker(Rules.all(), ModelReader.flaws()).check(facts).stream())
                        .map(Finding::severity)
                        .noneMatch(Severity.ERROR::equals));
    }

    /** Why the database refuses what is generated of a valid model. */
    private static Optional<String> refusal(Connection connection, Map<String, Object> tree) throws Exception {
        Optional<Facts> facts;
        try {
            facts = facts(tree);
        } catch (RuntimeException e) {
            return Optional.of("the checks fail: " + e + " at " + e.getStackTrace()[0]);
        }
        if (facts.isEmpty()) {
            return Optional.empty();
        }
        var scripts = new RelationalGenerator(Templates.builtIn())
                .generate(facts.get())
                .filter(artifact -> artifact.path().matches("[^/]+/(schema|triggers)\\.sql"))
                .map(Artifact::text)
                .toList();
        try (var statement = connection.createStatement()) {
            return refusal(statement, scripts);
        } finally {
            connection.rollback();
        }
    }

    private static Optional<String> refusal(Statement statement, List<String> scripts) {
        for (var script : scripts) {
            try {
                statement.execute(script);
            } catch (SQLException e) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
        }
        return Optional.empty();
    }

    /** The smallest model in the neighbourhood that passes the checks and is refused. */
    private static Map<String, Object> smallest(Connection connection, Map<String, Object> tree) throws Exception {
        var smallest = tree;
        var found = true;
        while (found) {
            found = false;
            for (var candidate : RandomModel.smaller(smallest)) {
                if (refusal(connection, candidate).isPresent()) {
                    smallest = candidate;
                    found = true;
                    break;
                }
            }
        }
        return smallest;
    }
}
