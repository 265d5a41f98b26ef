package dev.schemaproof.published;

import dev.schemaproof.prove.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Takes the facts anew from the originals: {@code -Dschemaproof.originals} names a folder with a folder of SQL scripts for
 * each application, which run in the order of their names. The scripts are not kept here: facts carry over, code does not.
 */
@EnabledIfSystemProperty(named = "schemaproof.originals", matches = ".+")
class OriginalFacts {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    static List<Path> applications() throws IOException {
        try (var folders = Files.list(Path.of(System.getProperty("schemaproof.originals")))) {
            return folders.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("applications")
    void areTaken(Path folder) throws Exception {
        var database = SERVER.database();
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var files = Files.list(folder)) {
            for (var file : files.sorted().toList()) {
                try {
                    statement.execute(Files.readString(file));
                } catch (SQLException e) {
                    throw new AssertionError(file + ": " + e.getMessage(), e);
                }
            }
        }
        var target = PublishedSchemasTest.FOLDER.resolve(folder.getFileName() + ".catalog");
        var header = Files.exists(target) ? CatalogFacts.read(target).header() : List.<String>of();
        new CatalogFacts(header, CatalogFacts.of(database).lines()).write(target);
    }
}
