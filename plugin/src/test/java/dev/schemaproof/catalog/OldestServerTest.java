package dev.schemaproof.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.model.Model;
import dev.schemaproof.prove.TestServer;
import dev.schemaproof.prove.engine.EngineRequest;
import dev.schemaproof.prove.engine.RunningDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The oldest server lacks columns that the queries ask for. */
class OldestServerTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer(EngineRequest.OLDEST_MAJOR);

    @Test
    void readsWhatTheOldestServerHas() throws SQLException {
        RunningDatabase database = SERVER.database();
        Model model = Shop.model(database);
        Shop.make(database);
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            Catalog expected = new ExpressionPrinter(connection)
                    .print(ModelCatalog.of(model, model.relationalStore().orElseThrow()));
            CatalogReader reader =
                    new CatalogReader(connection, "public", expected.schemas().keySet());

            assertThat(CatalogComparison.unprinted(expected)).isEmpty();
            assertThat(CatalogComparison.differences(expected, reader.read())).isEmpty();

            statement.execute("ALTER TABLE \"order\" ALTER x DROP EXPRESSION");
            assertThat(CatalogComparison.differences(expected, reader.read()))
                    .singleElement()
                    .hasToString(
                            "column `order.x` has no generating expression in the database, the model says `(no * 2)`");
        }
    }
}
