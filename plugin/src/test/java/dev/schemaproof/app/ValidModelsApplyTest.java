package dev.schemaproof.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.catalog.CatalogComparison;
import dev.schemaproof.catalog.CatalogDifference;
import dev.schemaproof.catalog.CatalogReader;
import dev.schemaproof.catalog.ExpressionPrinter;
import dev.schemaproof.catalog.ModelCatalog;
import dev.schemaproof.check.Checker;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.generate.Artifact;
import dev.schemaproof.generate.relational.RelationalGenerator;
import dev.schemaproof.output.Json;
import dev.schemaproof.prove.TestServer;
import dev.schemaproof.template.Templates;
import dev.schemaproof.yaml.ModelReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * No model that passes the checks is refused by the database, and what is made of it there is what it says: random models
 * show so. What PostgreSQL refuses is cut down to the smallest such model, and becomes a rule.
 *
 * <p>{@code mvn -pl plugin -Pfuzz test -Dtest=ValidModelsApplyTest} tries 10,000 models; the ordinary build is content with
 * fewer. {@code -Dschemaproof.models} says how many have to be accepted, {@code -Dschemaproof.seed} with which to begin.
 */
class ValidModelsApplyTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final int MODELS = Integer.getInteger("schemaproof.models", 150);
    private static final long SEED = Long.getLong("schemaproof.seed", 1);

    /** How many kinds of refusals are shown at once. */
    private static final int SHOWN = Integer.getInteger("schemaproof.refusals", 5);

    /** More seeds than this for one valid model mean that the generator of models has lost touch with the language. */
    private static final int SEEDS_A_MODEL = 20;

    /** Reading the catalog takes several times as long as making what it holds. */
    private static final int SEEDS_A_COMPARISON = 10;

    private static final Checker CHECKER = new Checker(Rules.all(), ModelReader.flaws());
    private static final RelationalGenerator GENERATOR = new RelationalGenerator(Templates.builtIn());

    /**
     * What becomes of a model.
     *
     * @param valid whether it passes the checks
     * @param refusal why it should not have
     */
    private record Outcome(boolean valid, Optional<String> refusal) {

        /** What refusals of a kind have in common. */
        static String kind(String refusal) {
            return refusal.lines().findFirst().orElse("").replaceAll("\"[^\"]*\"|`[^`]*`|[0-9]+", "");
        }
    }

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
                var compared = seed % SEEDS_A_COMPARISON == 0;
                var outcome = outcome(connection, tree, compared);
                var kind = outcome.refusal().map(Outcome::kind);
                if (kind.isPresent() && !refusals.containsKey(kind.get())) {
                    refusals.put(kind.get(), "seed " + seed + ": " + smallest(connection, tree, compared));
                } else if (kind.isEmpty() && outcome.valid()) {
                    accepted++;
                }
            }
        }
        assertThat(refusals.values()).as("%d models were accepted", accepted).isEmpty();
        assertThat(accepted).as("of %d models", seed - SEED).isEqualTo(MODELS);
    }

    private static Outcome outcome(Connection connection, Map<String, Object> tree, boolean compared)
            throws SQLException {
        try {
            var facts = valid(tree);
            return new Outcome(
                    facts.isPresent(),
                    facts.isPresent() ? refusal(connection, facts.get(), compared) : Optional.empty());
        } catch (SQLException e) {
            throw e;
        } catch (Exception e) {
            return new Outcome(true, Optional.of("we fail: " + e + " at " + e.getStackTrace()[0]));
        }
    }

    /** What follows from the model, if it has no errors. */
    private static Optional<Facts> valid(Map<String, Object> tree) {
        var read = Models.tryRead(Json.text(tree));
        return read.model()
                .filter(model -> isFine(read.findings().stream()))
                .map(Facts::new)
                // Most models are invalid, and the first error tells
                .filter(facts -> isFine(Rules.all().stream().flatMap(rule -> rule.check(facts))))
                .filter(facts -> isFine(CHECKER.check(facts).stream()));
    }

    private static boolean isFine(Stream<Finding> findings) {
        return findings.map(Finding::severity).noneMatch(Severity.ERROR::equals);
    }

    /** Why the database refuses what is generated of a valid model, or in what it differs from the model then. */
    private static Optional<String> refusal(Connection connection, Facts facts, boolean compared) throws Exception {
        var scripts = GENERATOR
                .generate(facts)
                .filter(artifact -> artifact.path().matches("[^/]+/(schema|triggers)\\.sql"))
                .map(Artifact::text)
                .toList();
        try (var statement = connection.createStatement()) {
            for (var script : scripts) {
                try {
                    statement.execute(script);
                } catch (SQLException e) {
                    return Optional.of(String.valueOf(e.getMessage()));
                }
            }
            return compared ? difference(connection, facts) : Optional.empty();
        } finally {
            connection.rollback();
        }
    }

    private static Optional<String> difference(Connection connection, Facts facts) throws SQLException {
        var store = facts.model().relationalStore().orElseThrow();
        var actual = new CatalogReader(connection, "public", store.schemas().keySet()).read();
        var expected = new ExpressionPrinter(unfinished(connection)).print(ModelCatalog.of(facts.model(), store));
        var differences = CatalogComparison.differences(expected, actual);
        return differences.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        differences.stream().map(CatalogDifference::sentence).collect(Collectors.joining("\n")));
    }

    /** The connection in the midst of its transaction, which nobody but us ends. */
    private static Connection unfinished(Connection connection) throws SQLException {
        var now = connection.setSavepoint();
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("setAutoCommit")) {
                        return null;
                    } else if (method.getName().equals("rollback") && arguments == null) {
                        connection.rollback(now);
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** The smallest model in the neighbourhood that passes the checks and is refused, after what is said against it. */
    private static String smallest(Connection connection, Map<String, Object> tree, boolean compared)
            throws SQLException {
        var smallest = tree;
        var found = true;
        while (found) {
            found = false;
            for (var candidate : RandomModel.smaller(smallest)) {
                if (outcome(connection, candidate, compared).refusal().isPresent()) {
                    smallest = candidate;
                    found = true;
                    break;
                }
            }
        }
        return outcome(connection, smallest, compared).refusal().orElseThrow() + "\n" + Json.text(smallest);
    }
}
