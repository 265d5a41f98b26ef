package dev.schemaproof.cure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.cure.Cure;
import dev.schemaproof.analysis.cure.Home;
import dev.schemaproof.catalog.CatalogComparison;
import dev.schemaproof.catalog.CatalogReader;
import dev.schemaproof.catalog.ExpressionPrinter;
import dev.schemaproof.catalog.ModelCatalog;
import dev.schemaproof.check.Findings;
import dev.schemaproof.dialect.postgresql.PostgresDialect;
import dev.schemaproof.generate.relational.ExpandContract;
import dev.schemaproof.generate.relational.ExpandContract.Purpose;
import dev.schemaproof.generate.relational.RelationalGenerator;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import dev.schemaproof.prove.TestServer;
import dev.schemaproof.report.EntityForm;
import dev.schemaproof.report.NormalFormReport;
import dev.schemaproof.template.Templates;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The steps of a decomposition lead from the old schema to the new one, and all that the rows said is still said. */
class ExpandContractTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final PostgresDialect DIALECT = new PostgresDialect();

    static Stream<CureCase> cases() {
        return CureCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void keepWhatTheRowsSay(CureCase given) throws Exception {
        var model = Pasted.read(given.yaml());
        var facts = new Facts(model, Findings.TODAY);
        var cures = NormalFormReport.of(facts).entities().stream()
                .flatMap(form -> form.treatments().stream())
                .map(EntityForm.Treatment::cure)
                .toList();
        assertThat(cures).isNotEmpty();
        for (var cure : cures) {
            try (var connection = SERVER.database().connect()) {
                for (var artifact : new RelationalGenerator(Templates.builtIn())
                        .generate(facts)
                        .toList()) {
                    execute(connection, artifact.text());
                }
                for (var rows : given.rows()) {
                    execute(connection, rows);
                }
                var said = rows(connection, asItWas(cure));
                assertThat(said).isNotEmpty();
                var steps = ExpandContract.of(cure, model.relationalStore().orElseThrow(), facts)
                        .orElseThrow();
                carryOut(connection, steps);
                assertThat(rows(connection, asItIs(cure)))
                        .as("rows after %s", steps)
                        .containsExactlyInAnyOrderElementsOf(said);
                var expected = new ExpressionPrinter(connection)
                        .print(ModelCatalog.of(
                                after(model, cure), model.relationalStore().orElseThrow()));
                var actual = new CatalogReader(
                                connection,
                                "public",
                                model.relationalStore().orElseThrow().schemas().keySet())
                        .read();
                assertThat(CatalogComparison.differences(expected, actual))
                        .as("differences after %s", steps)
                        .isEmpty();
            }
        }
    }

    private static void carryOut(Connection connection, ExpandContract steps) throws SQLException {
        for (var step : steps.steps()) {
            for (var statement : step.statements()) {
                if (step.purpose() == Purpose.CHECK) {
                    assertThat(rows(connection, statement)).as(statement).isEmpty();
                } else {
                    execute(connection, statement);
                }
            }
        }
    }

    private static Model after(Model model, Cure cure) {
        var entities = new LinkedHashMap<>(model.entities());
        entities.put(cure.after().name().value(), cure.after());
        cure.homes().forEach(home -> entities.put(home.entity().name().value(), home.entity()));
        return new Model(
                model.name(),
                model.stores(),
                model.types(),
                entities,
                model.patterns(),
                model.contracts(),
                model.rules());
    }

    private static List<Attribute> stored(Cure cure) {
        return cure.before().attributes().values().stream()
                .filter(attribute -> attribute.generated().isEmpty())
                .toList();
    }

    private static String asItWas(Cure cure) {
        return stored(cure).stream()
                .map(attribute -> column(cure.before(), attribute.name().value()) + "::text")
                .collect(Collectors.joining(", ", "SELECT ROW(", ") FROM " + DIALECT.table(cure.before())));
    }

    /** The same columns through the new references. */
    private static String asItIs(Cure cure) {
        var aliases = new LinkedHashMap<String, String>();
        var entities = new LinkedHashMap<String, Entity>();
        aliases.put(cure.after().name().value(), "t0");
        entities.put(cure.after().name().value(), cure.after());
        var joins = new ArrayList<String>();
        for (Home home : cure.homes()) {
            var alias = "t" + aliases.size();
            aliases.put(home.entity().name().value(), alias);
            entities.put(home.entity().name().value(), home.entity());
            var owner = entities.get(home.owner());
            var reference = owner.reference(home.role()).orElseThrow();
            var referred = reference.referredNames(home.entity());
            var on = new ArrayList<String>();
            for (var i = 0; i < referred.size(); i++) {
                on.add(aliases.get(home.owner()) + "."
                        + column(owner, reference.names().get(i)) + " = " + alias + "."
                        + column(home.entity(), referred.get(i)));
            }
            joins.add(
                    " LEFT JOIN " + DIALECT.table(home.entity()) + " AS " + alias + " ON " + String.join(" AND ", on));
        }
        return stored(cure).stream()
                        .map(attribute -> {
                            var name = attribute.name().value();
                            return cure.homeOf(name)
                                            .map(home -> aliases.get(
                                                            home.entity().name().value()) + "."
                                                    + column(
                                                            home.entity(),
                                                            home.names().get(name)))
                                            .orElseGet(() -> "t0." + column(cure.after(), name))
                                    + "::text";
                        })
                        .collect(Collectors.joining(", ", "SELECT ROW(", ")"))
                + " FROM " + DIALECT.table(cure.after()) + " AS t0" + String.join("", joins);
    }

    private static String column(Entity entity, String attribute) {
        return DIALECT.identifier(
                entity.attribute(attribute).orElseThrow().column().value());
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new SQLException(e.getMessage() + " in\n" + sql, e);
        }
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException e) {
            throw new SQLException(e.getMessage() + " in\n" + sql, e);
        }
    }
}
