package dev.schemaproof.generate.relational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaproof.Models;
import dev.schemaproof.model.Model;
import dev.schemaproof.prove.TestServer;
import dev.schemaproof.prove.engine.RunningDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A contract that goes, or is kept otherwise, leaves nothing, loses nothing, and touches nothing that is not ours. */
abstract class FormerContractScenarios {

    /** Set by the profile {@code pairs}. */
    private static final boolean ALL_PAIRS = Boolean.getBoolean("schemaproof.pairs");

    private static final String NOBODY = "nobody";

    /** Ways of keeping a summary; by two names some, as a contract may be called otherwise. */
    private static final Map<String, String> SUMMARIES = new LinkedHashMap<>();

    /** Ways of keeping a copy of a row that is referred to. */
    private static final Map<String, String> COPIES = new LinkedHashMap<>();

    static {
        var application = "posts: {by: application, code: com.acme.Posts#count}";
        var job = "posts: {by: job, every: 5m}";
        SUMMARIES.put(NOBODY, "");
        SUMMARIES.put("application", application);
        SUMMARIES.put("job", job);
        SUMMARIES.put("outbox", "posts: {by: outbox}");
        SUMMARIES.put("deferred", "posts: {by: trigger, mode: deferred}");
        SUMMARIES.put("immediate", "posts: {by: trigger, mode: immediate}");
        SUMMARIES.put("slotted", "posts: {by: trigger, mode: slotted, every: 1s}");
        SUMMARIES.put("ledger", "posts: {by: trigger, mode: ledger, every: 1s}");
        SUMMARIES.put("outbox, renamed", "written: {by: outbox}");
        SUMMARIES.put("slotted, renamed", "written: {by: trigger, mode: slotted, every: 1s}");
        COPIES.put(NOBODY, "");
        COPIES.put("application", application);
        COPIES.put("job", job);
        COPIES.put("outbox", "posts: {by: outbox}");
        COPIES.put("trigger", "posts: {by: trigger}");
        COPIES.put("outbox, renamed", "written: {by: outbox}");
    }

    /** Under these, a copy may be wrong for reasons that no table of ours knows of. */
    private static final Set<String> UNNOTICED = Set.of(NOBODY, "application", "job");

    private static final String OF_USERS = """
            CREATE FUNCTION schemaproof_sync_mine() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
            CREATE FUNCTION schemaproof_settle_posts(int) RETURNS void LANGUAGE sql SECURITY DEFINER AS '';
            CREATE TRIGGER schemaproof_sync_mine AFTER INSERT ON post FOR EACH STATEMENT EXECUTE FUNCTION schemaproof_sync_mine();
            CREATE TRIGGER "zzzz_schemaproof_tie_mine" AFTER INSERT ON author FOR EACH ROW EXECUTE FUNCTION schemaproof_sync_mine();
            CREATE TABLE schemaproof_outbox_mine (id int);
            CREATE VIEW schemaproof_exact_mine AS SELECT 1 AS one;
            COMMENT ON TABLE schemaproof_outbox_mine IS 'schemaproof "s"."main": not its own';
            COMMENT ON TRIGGER schemaproof_sync_mine ON post IS 'schemaproof "other"."main".public: posts';
            """;

    private static final String ROWS = """
            INSERT INTO author SELECT i, 'n' || i, 'k' || i FROM generate_series(1, 20) AS i ON CONFLICT DO NOTHING;
            INSERT INTO post (id, author_id, size) SELECT coalesce(max(p.id), 0) + i, 1 + i % 20, 3 FROM generate_series(1, 50) AS i
            LEFT JOIN post AS p ON true GROUP BY i;
            UPDATE post SET author_id = 1 + (author_id + 3) % 20 WHERE id % 3 = 0;
            UPDATE author SET name = name || 'x', nick = nullif(nick || 'y', 'k3y') WHERE id % 2 = 0 OR id = 3;
            DELETE FROM post WHERE id % 5 = 0;
            """;

    abstract TestServer server();

    /** All ordered pairs, on one database, which so shows also what an earlier pair left. */
    @ParameterizedTest
    @CsvSource({"SUMMARY, author, 1", "SUMMARY, author, 2", "FOLLOWED, post, 0", "TIED, post, 0"})
    void leavesTheObjectsOfTheNewModelAndAnExactCopy(String kind, String holder, int others) throws Exception {
        var ways = kind.equals("SUMMARY") ? SUMMARIES : COPIES;
        var fresh = new LinkedHashMap<String, List<String>>();
        for (var way : ways.entrySet()) {
            try (var bed = bed(server().database(), model(kind, way.getValue(), others))) {
                fresh.put(way.getKey(), objects(bed));
            }
        }
        var database = server().database();
        var walk = walk(new ArrayList<>(ways.keySet()));
        try (var bed = bed(database, model(kind, ways.get(walk.get(0)), others))) {
            assertThat(objects(bed)).isEqualTo(fresh.get(walk.get(0)));
        }
        for (var i = 1; i < walk.size(); i++) {
            var before = walk.get(i - 1);
            var after = walk.get(i);
            try (var bed = new SyncBed(database, model(kind, ways.get(after), others))) {
                bed.execute(ROWS);
                bed.execute(bed.script("triggers.sql"));
                assertThat(objects(bed)).as(before + " to " + after).isEqualTo(fresh.get(after));
                if (!UNNOTICED.contains(before) || !UNNOTICED.contains(after)) {
                    assertThat(bed.query(wrong(kind)))
                            .as(before + " to " + after)
                            .isEmpty();
                }
                bed.execute(ROWS);
                bed.fold();
                bed.consume();
                if (!UNNOTICED.contains(after)) {
                    assertThat(bed.query(wrong(kind))).as("under " + after).isEmpty();
                }
            }
        }
    }

    /** Who was writing when the script began is waited for. */
    @ParameterizedTest
    @ValueSource(strings = {"outbox", "deferred", "slotted", "ledger"})
    void addsWhatIsWrittenMeanwhile(String before) throws Exception {
        var database = server().database();
        try (var bed = bed(database, model("SUMMARY", SUMMARIES.get(before), 1));
                var gone = new SyncBed(database, model("SUMMARY", "", 1));
                var writer = bed.connect()) {
            bed.execute(ROWS);
            writer.setAutoCommit(false);
            SyncBed.execute(writer, "INSERT INTO post (id, author_id, size) VALUES (9000, 7, 1), (9001, 8, 1)");
            var applied = bed.blocked(gone.script("triggers.sql"));
            assertThat(applied).isNotDone();
            writer.commit();
            applied.get();
            assertThat(bed.query(wrong("SUMMARY"))).isEmpty();
        }
    }

    /** The same model in two SQL schemas of a database, and another model in the first. */
    @Test
    void leavesAloneWhatOtherModelsAndPlacesHave() throws Exception {
        var database = server().database();
        try (var all = new SyncBed(database, model("SUMMARY", SUMMARIES.get("slotted"), 2));
                var none = new SyncBed(database, model("SUMMARY", "", 0));
                var other = new SyncBed(
                        database,
                        read(yaml("SUMMARY", SUMMARIES.get("outbox"), 0)
                                .replace("schema: s", "schema: t")
                                .replace("by_author:", "by_other:")
                                .replaceAll("(Author|Post):\n", "$1:\n    table: other_$1\n")))) {
            for (var place : List.of("one", "two")) {
                all.execute(
                        "CREATE SCHEMA " + place + "; SET search_path = " + place,
                        all.script("schema.sql"),
                        all.script("triggers.sql"));
            }
            other.execute("SET search_path = one", other.script("schema.sql"), other.script("triggers.sql"));
            var before =
                    objects(all).stream().filter(object -> ofOthers(object)).toList();
            assertThat(before).hasSizeGreaterThan(50);
            all.execute("SET search_path = one", none.script("triggers.sql"));
            var after = objects(all);
            assertThat(after.stream().filter(object -> ofOthers(object)).toList())
                    .isEqualTo(before);
            assertThat(after).noneMatch(object -> object.contains("schemaproof \"s\".\"main\".one: "));
        }
    }

    private static boolean ofOthers(String object) {
        return object.matches("(?s).*(two\\.|schemaproof \"t\").*");
    }

    /** What somebody has dropped and made anew by the same name is his. */
    @Test
    void keepsWhatHasOnlyTheNameOfOurs() throws Exception {
        var database = server().database();
        try (var bed = bed(database, model("SUMMARY", SUMMARIES.get("immediate"), 0));
                var gone = new SyncBed(database, model("SUMMARY", "", 0))) {
            var theirs = """
                    DROP TRIGGER schemaproof_sync_insert ON post;
                    CREATE TRIGGER schemaproof_sync_insert AFTER INSERT ON post FOR EACH STATEMENT EXECUTE FUNCTION schemaproof_sync_mine();
                    """;
            bed.execute(theirs, gone.script("triggers.sql"));
            assertThat(bed.query("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgrelid = 'post'::regclass"))
                    .containsExactlyInAnyOrder("schemaproof_sync_insert", "schemaproof_sync_mine");
        }
    }

    /** What a user has built on ours is not torn down with it, and then nothing is. */
    @Test
    void failsRatherThanDropWhatUsersBuiltOnOurs() throws Exception {
        var database = server().database();
        try (var bed = bed(database, model("SUMMARY", SUMMARIES.get("ledger"), 0));
                var gone = new SyncBed(database, model("SUMMARY", "", 0))) {
            bed.execute("CREATE VIEW mine AS SELECT * FROM schemaproof_exact_author");
            var before = objects(bed);
            assertThatThrownBy(() -> bed.execute(gone.script("triggers.sql")))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refused -> assertThat(refused.getSQLState()).isEqualTo("2BP01"));
            assertThat(objects(bed)).isEqualTo(before);
        }
    }

    /** A column that goes before its contract: PostgreSQL refuses that, and who insists is told what that costs. */
    @ParameterizedTest
    @ValueSource(strings = {"slotted", "outbox"})
    void saysWhatIsLostWithTheColumn(String before) throws Exception {
        var database = server().database();
        try (var bed = bed(database, model("SUMMARY", SUMMARIES.get(before), 1));
                var gone = new SyncBed(
                        database, read(yaml("SUMMARY", "", 1).replaceFirst("(?m)^ *post_count: .*\n", "")));
                var connection = bed.connect();
                var statement = connection.createStatement()) {
            bed.execute(ROWS);
            assertThatThrownBy(() -> bed.execute("ALTER TABLE author DROP COLUMN post_count"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refused -> assertThat(refused.getSQLState()).isEqualTo("2BP01"));
            bed.execute("ALTER TABLE author DROP COLUMN post_count CASCADE");
            statement.execute(gone.script("triggers.sql"));
            assertThat((Iterable<Throwable>) statement.getWarnings())
                    .extracting(Throwable::getMessage)
                    .contains("what waited for posts is lost, as its copy is not there any more");
            bed.execute(ROWS);
            try (var fresh = new SyncBed(server().database(), read(yaml("SUMMARY", "", 1)))) {
                fresh.execute(fresh.script("schema.sql"), fresh.script("triggers.sql"));
                assertThat(gone.query(left())).containsAll(fresh.query(left()));
                assertThat(
                                gone.query(
                                        left()
                                                + " EXCEPT ALL SELECT unnest(ARRAY['schemaproof_sync_mine', 'zzzz_schemaproof_tie_mine',"
                                                + " 'schemaproof_outbox_mine', 'schemaproof_exact_mine', 'schemaproof_sync_mine', 'schemaproof_settle_posts',"
                                                + " 'schemaproof \"s\".\"main\": not its own', 'schemaproof \"other\".\"main\".public: posts'])"))
                        .containsExactlyInAnyOrderElementsOf(fresh.query(left()));
            }
        }
    }

    /** Partitions have triggers of their own, which go with those of their table, and from what is no partition any more. */
    @Test
    void clearsPartitions() throws Exception {
        var database = server().database();
        var yaml = yaml("SUMMARY", SUMMARIES.get("immediate"), 0)
                .replace("key: [id] # of posts", "key: [id]\n    partition: {by: hash, on: [id], partitions: 3}");
        try (var bed = bed(database, read(yaml));
                var gone = new SyncBed(database, read(yaml.substring(0, yaml.indexOf("denormalizations"))))) {
            var parts = bed.query(
                    "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'post'::regclass ORDER BY 1");
            assertThat(parts).hasSize(3);
            var triggers =
                    "SELECT t.tgname FROM pg_trigger AS t WHERE t.tgname ~ '^schemaproof_sync_(insert|update|delete|truncate)$'";
            assertThat(bed.query(triggers)).hasSize(16);
            bed.execute("ALTER TABLE post DETACH PARTITION " + parts.get(1), bed.script("triggers.sql"));
            assertThat(bed.query(triggers)).hasSize(12);
            bed.execute(gone.script("triggers.sql"));
            assertThat(bed.query(triggers)).isEmpty();
        }
    }

    /** Of every case, with names of all kinds. */
    @Test
    void clearsEveryCase() throws Exception {
        var cases = new ArrayList<Path>();
        try (var folders = Files.list(Path.of("src/test/cases"))) {
            folders.map(folder -> folder.resolve("model"))
                    .filter(Files::isDirectory)
                    .forEach(cases::add);
        }
        cases.add(SyncBed.SOCIAL);
        var cleared = 0;
        for (var folder : cases.stream().sorted().toList()) {
            if (server().server().serverVersion() < 180000
                    && folder.equals(Path.of("src/test/cases/everything/model"))) {
                // It uses what came with this version
                continue;
            }
            var model = Models.readDirectory(folder);
            var database = server().database();
            try (var bed = new SyncBed(database, model);
                    var gone = new SyncBed(database, without(model))) {
                if (bed.script("schema.sql") == null) {
                    // Its stores are no relational ones
                    continue;
                }
                bed.execute(bed.script("schema.sql"), bed.script("triggers.sql"));
                cleared += bed.query(left()).size();
                bed.execute(gone.script("triggers.sql"));
                assertThat(bed.query(left())).as(folder.toString()).isEmpty();
            }
        }
        assertThat(cleared).isGreaterThan(200);
    }

    private static Model without(Model model) {
        return new Model(
                model.name(),
                model.stores(),
                model.types(),
                model.entities(),
                model.patterns(),
                Map.of(),
                model.rules());
    }

    private static String left() {
        return Stream.of(
                        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgname ~ 'schemaproof'",
                        "SELECT relname FROM pg_class WHERE relname ~ 'schemaproof'",
                        "SELECT proname FROM pg_proc WHERE proname ~ 'schemaproof'",
                        "SELECT description FROM pg_description WHERE description ~ '^schemaproof \"'")
                .reduce((one, other) -> one + " UNION ALL " + other)
                .orElseThrow();
    }

    private static SyncBed bed(RunningDatabase database, Model model) throws Exception {
        var bed = new SyncBed(database, model);
        bed.execute(bed.script("schema.sql"), OF_USERS, bed.script("triggers.sql"));
        return bed;
    }

    private static List<String> objects(SyncBed bed) throws Exception {
        try (var connection = bed.connect()) {
            return OwnObjects.of(connection);
        }
    }

    /** Passes from each to each other; in every build only to the next, and back again. */
    private static List<String> walk(List<String> ways) {
        var walk = new ArrayList<String>();
        if (!ALL_PAIRS) {
            walk.addAll(ways);
            ways.stream().sorted(Comparator.comparing(ways::indexOf).reversed()).forEach(walk::add);
            return walk;
        }
        for (var i = 0; i < ways.size(); i++) {
            walk.add(ways.get(i));
            for (var j = i + 1; j < ways.size(); j++) {
                walk.add(ways.get(j));
                walk.add(ways.get(i));
            }
        }
        return walk;
    }

    private static String wrong(String kind) {
        return switch (kind) {
            case "SUMMARY" ->
                "SELECT id FROM author WHERE post_count <> (SELECT count(*) FROM post WHERE author_id = author.id)";
            case "FOLLOWED" -> copied("author_name", "name");
            default -> copied("author_nick", "nick");
        };
    }

    private static String copied(String copy, String source) {
        return "SELECT post.id FROM post LEFT JOIN author ON author.id = post.author_id WHERE post." + copy
                + " IS DISTINCT FROM author." + source;
    }

    private static Model model(String kind, String way, int others) {
        return read(yaml(kind, way, others));
    }

    private static Model read(String yaml) {
        return Models.read(yaml);
    }

    /** @param others how many other contracts share triggers and tables with it, and stay */
    private static String yaml(String kind, String way, int others) {
        var contracts = new ArrayList<String>();
        if (!way.isEmpty()) {
            var duplicates = switch (kind) {
                case "SUMMARY" -> "into: Author.post_count, from: {count: Post, by: author}";
                case "FOLLOWED" -> "into: Post.author_name, from: {copy: author.name}";
                default -> "into: Post.author_nick, from: {copy: author.nick}";
            };
            contracts.add(contract(way, duplicates));
        }
        if (others > 0) {
            contracts.add(
                    contract("sizes: {by: trigger}", "into: Author.size_sum, from: {sum: Post.size, by: author}"));
        }
        if (others > 1) {
            contracts.add(contract(
                    "big-ones: {by: trigger, mode: slotted, every: 2s}",
                    "into: Author.big_count, from: {count: Post, by: author, where: size > 2}"));
            contracts.add(
                    contract("greatest: {by: outbox}", "into: Author.greatest, from: {max: Post.size, by: author}"));
        }
        return """
                schema: s
                entities:
                  Author:
                    attributes:
                      id: int
                      name: text
                      nick: text null
                      post_count: {type: int, default: 0}
                      size_sum: {type: bigint, default: 0}
                      big_count: {type: bigint, default: 0}
                      greatest: {type: int, optional: true}
                    key: [id]
                  Post:
                    attributes:
                      id: int
                      author_id: {type: int, optional: true}
                      size: int
                      author_name: text null
                      author_nick: text null
                    key: [id] # of posts
                    references: {author: {entity: Author}}
                    indexes: {by_author: {on: [author_id]}}
                """ + (contracts.isEmpty() ? "" : "denormalizations:\n" + String.join("", contracts));
    }

    private static String contract(String way, String duplicates) {
        var name = way.substring(0, way.indexOf(':'));
        return "  " + name + ":\n    duplicates: {" + duplicates + "}\n    sync: " + way.substring(way.indexOf(':') + 2)
                + "\n    staleness: {allowed: 10m, effect: wrong numbers, repair: every night}\n";
    }
}
