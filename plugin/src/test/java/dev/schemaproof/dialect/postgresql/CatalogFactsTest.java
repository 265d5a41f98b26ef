package dev.schemaproof.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.prove.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Our facts are the catalog's; {@code -Dschemaproof.bless} writes them anew. */
class CatalogFactsTest {

    private static final Path RESOURCES = Path.of("src/main/resources/dev/schemaproof/dialect/postgresql");

    /** Those that bring types, functions, operators or operator classes that a model may use; what they need comes first. */
    private static final List<String> EXTENSIONS = List.of(
            "btree_gin",
            "btree_gist",
            "citext",
            "cube",
            "earthdistance",
            "fuzzystrmatch",
            "hstore",
            "intarray",
            "isn",
            "lo",
            "ltree",
            "pg_trgm",
            "pgcrypto",
            "seg",
            "tablefunc",
            "unaccent",
            "uuid-ossp");

    @RegisterExtension
    static final TestServer NEWEST = new TestServer();

    @RegisterExtension
    static final TestServer OLDEST = new TestServer(15);

    @Test
    void saysWhatTheCatalogsOfTheOldestAndTheNewestVersionSay() throws IOException, SQLException {
        var oldest = facts(OLDEST);
        var newest = facts(NEWEST);
        var files = new TreeMap<String, List<String>>();
        var all = new TreeSet<>(newest);
        all.addAll(oldest);
        for (var fact : all) {
            var file = fact.substring(0, fact.indexOf('\t'));
            var mark = !newest.contains(fact) ? "-" : oldest.contains(fact) ? "=" : "+";
            files.computeIfAbsent(file, name -> new ArrayList<>()).add(mark + fact.substring(file.length()));
        }
        assertThat(files).hasSize(6);
        for (Map.Entry<String, List<String>> file : files.entrySet()) {
            var path = RESOURCES.resolve(file.getKey() + ".tsv");
            if (System.getProperty("schemaproof.bless") != null) {
                Files.write(path, file.getValue());
            }
            assertThat(Files.readAllLines(path))
                    .as(path + ", which this test writes with -Dschemaproof.bless")
                    .containsExactlyElementsOf(file.getValue());
        }
    }

    private static Set<String> facts(TestServer server) throws IOException, SQLException {
        String sql;
        try (var in = CatalogFactsTest.class.getResourceAsStream("catalog-facts.sql")) {
            sql = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        var facts = new TreeSet<String>();
        try (var connection = server.database().connect();
                var statement = connection.createStatement()) {
            for (var extension : EXTENSIONS) {
                statement.execute("CREATE EXTENSION \"" + extension + "\"");
            }
            var query = sql.lastIndexOf("SELECT * FROM (");
            statement.execute(sql.substring(0, query));
            try (var rows = statement.executeQuery(sql.substring(query))) {
                while (rows.next()) {
                    facts.add(rows.getString(1) + "\t" + rows.getString(2));
                }
            }
        }
        return facts;
    }

    @Test
    void knowsWhatAnExtensionBrings() {
        assertThat(CatalogFacts.of(18, Set.of()).type("citext")).isEmpty();
        assertThat(CatalogFacts.of(18, Set.of("citext")).type("citext")).isPresent();
        assertThat(CatalogFacts.all().type("citext").orElseThrow().origin().extension())
                .contains("citext");
    }

    @Test
    void knowsWhichVersionsOfAnExtensionThereAre() {
        assertThat(CatalogFacts.of(15, Set.of()).extensionVersions("citext"))
                .contains("1.6")
                .doesNotContain("1.8");
        assertThat(CatalogFacts.of(18, Set.of()).extensionVersions("citext")).contains("1.6", "1.8");
        assertThat(CatalogFacts.of(18, Set.of()).extensionVersions("postgis")).isEmpty();
    }

    @Test
    void knowsWhatIsNew() {
        assertThat(CatalogFacts.of(15, Set.of()).routines("uuidv7")).isEmpty();
        assertThat(CatalogFacts.of(16, Set.of()).routines("uuidv7")).isNotEmpty();
        assertThat(CatalogFacts.of(18, Set.of()).routines("uuidv7")).isNotEmpty();
    }
}
