package dev.schemaproof.generate.relational;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.prove.TestServer;
import dev.schemaproof.prove.engine.RunningDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is generated runs on the oldest and the newest server, and makes what it should. */
class ScriptsApplyTest {

    @RegisterExtension
    static final TestServer OLDEST = new TestServer(15);

    @RegisterExtension
    static final TestServer NEWEST = new TestServer(18);

    private static final List<TestServer> SERVERS = List.of(OLDEST, NEWEST);

    private static final Path CASES = Path.of("src/test/cases");

    /** Everything in a schema that has a structure, without the names that the model leaves open. */
    private static final List<String> STRUCTURE = List.of(
            "SELECT concat_ws(' ', table_name, column_name, ordinal_position, data_type, is_nullable, column_default)"
                    + " FROM information_schema.columns WHERE table_schema = 'public'",
            "SELECT concat_ws(' ', conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint"
                    + " WHERE connamespace = 'public'::regnamespace AND contype <> 'n'",
            "SELECT replace(indexdef, indexname, '') FROM pg_indexes WHERE schemaname = 'public'");

    /** The schema of the chapter that the worked example follows, with the counts that it adds later. */
    private static final String CHAPTER = """
            CREATE TABLE users (
                id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
                username TEXT UNIQUE NOT NULL,
                email TEXT UNIQUE NOT NULL,
                display_name TEXT NOT NULL,
                bio TEXT,
                avatar_url TEXT,
                created_at TIMESTAMPTZ NOT NULL DEFAULT now()
            );
            CREATE TABLE posts (
                id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
                author_id UUID NOT NULL REFERENCES users(id) ON DELETE CASCADE,
                body TEXT NOT NULL,
                created_at TIMESTAMPTZ NOT NULL DEFAULT now()
            );
            CREATE TABLE comments (
                id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
                post_id UUID NOT NULL REFERENCES posts(id) ON DELETE CASCADE,
                author_id UUID NOT NULL REFERENCES users(id) ON DELETE CASCADE,
                body TEXT NOT NULL,
                created_at TIMESTAMPTZ NOT NULL DEFAULT now()
            );
            CREATE TABLE follows (
                follower_id UUID NOT NULL REFERENCES users(id) ON DELETE CASCADE,
                following_id UUID NOT NULL REFERENCES users(id) ON DELETE CASCADE,
                created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
                PRIMARY KEY (follower_id, following_id),
                CHECK (follower_id != following_id)
            );
            CREATE INDEX idx_posts_author_created ON posts(author_id, created_at DESC);
            CREATE INDEX idx_comments_post_created ON comments(post_id, created_at DESC);
            CREATE INDEX idx_follows_following ON follows(following_id);
            ALTER TABLE users ADD COLUMN follower_count INT NOT NULL DEFAULT 0;
            ALTER TABLE users ADD COLUMN following_count INT NOT NULL DEFAULT 0;
            """;

    static Stream<Path> models() throws Exception {
        try (var folders = Files.list(CASES)) {
            var models = new ArrayList<Path>();
            for (var folder : folders.map(folder -> folder.resolve("model"))
                    .filter(Files::isDirectory)
                    .sorted()
                    .toList()) {
                if (Models.readDirectory(folder).relationalStore().isPresent()) {
                    models.add(folder);
                }
            }
            return models.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void everyCaseApplies(Path model) throws Exception {
        var oldest = Models.readDirectory(model).relationalStore().orElseThrow().version();
        for (var server : SERVERS) {
            if (server == OLDEST && model.equals(CASES.resolve("everything/model"))) {
                // It uses what came with this version
                continue;
            }
            try (var bed = new SyncBed(server.database(), model)) {
                bed.execute(bed.script("schema.sql"));
                if (bed.script("triggers.sql") != null) {
                    bed.execute(bed.script("triggers.sql"), bed.script("triggers.sql"));
                }
                bed.repair();
                assertThat(bed.drift()).isEmpty();
            }
        }
    }

    @Test
    void theWorkedExampleIsTheChaptersSchema() throws Exception {
        for (var server : SERVERS) {
            var chapter = server.database();
            try (var connection = chapter.connect();
                    var statement = connection.createStatement()) {
                statement.execute(CHAPTER);
            }
            var ours = server.database();
            try (var bed = new SyncBed(ours, SyncBed.SOCIAL)) {
                bed.applied();
            }
            assertThat(structure(ours))
                    .containsExactlyInAnyOrderElementsOf(structure(chapter))
                    .hasSize(42);
        }
    }

    /** Names that hide others, and texts that end quotes and comments. */
    @Test
    void countsUnderHostileNames() throws Exception {
        for (var server : SERVERS) {
            try (var bed = new SyncBed(server.database(), CASES.resolve("hostile-names/model")).applied()) {
                bed.execute(
                        "INSERT INTO \"order\" (\"user\") SELECT n FROM generate_series(1, 3) n",
                        "INSERT INTO new_rows (\"from\", \"to\", parent) VALUES (1, 1, NULL), (2, 1, 'x'), (3, 1, '$function$'), (4, 2, 'x')",
                        "UPDATE \"order\" SET \"user\" = 9 WHERE \"user\" = 1",
                        "UPDATE new_rows SET \"to\" = 3 WHERE \"from\" = 4");
                assertThat(bed.query("SELECT \"user\" || ':' || \"loop\" FROM \"order\" ORDER BY 1"))
                        .containsExactly("2:0", "3:1", "9:2");
                // Nothing keeps a view in sync but its refresh
                assertThat(bed.drift()).hasSize(2).allMatch(row -> row.matches("reconcile/vi-ew.*: (missing|extra)"));
                bed.execute("BEGIN; SET LOCAL schemaproof.repair = 'on'; UPDATE \"order\" SET \"loop\" = 77; COMMIT");
                assertThat(bed.drift()).hasSize(3 + 2);
                bed.repair();
                assertThat(bed.drift()).isEmpty();
                assertThat(bed.query("SELECT obj_description('\"order\"'::regclass)"))
                        .containsExactly(
                                "A table called `order`; it's said in two lines\nDROP TABLE \"order\"; -- */ $schemaproof$ ${placeholder}");
            }
        }
    }

    private static List<String> structure(RunningDatabase database) throws SQLException {
        var found = new ArrayList<String>();
        try (var connection = database.connect()) {
            for (var query : STRUCTURE) {
                found.addAll(SyncBed.query(connection, query));
            }
        }
        // What keeps copies in sync is not the chapter's
        found.removeIf(line -> line.contains("schemaproof_"));
        return found;
    }
}
