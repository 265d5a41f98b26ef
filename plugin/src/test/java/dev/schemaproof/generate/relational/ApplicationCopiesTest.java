package dev.schemaproof.generate.relational;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.prove.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Drift of copies that the application keeps is found and put right by what is generated. */
class ApplicationCopiesTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final String MODEL = """
            schema: s
            entities:
              Org:
                table: org s
                attributes: {id: int, name: {type: text, optional: true}}
                key: [id]
              Author:
                attributes: {org_id: {type: int, optional: true}, "No": int, name: string(20), post_count: {type: int, optional: true}}
                key: ["No"]
                references: {org: {entity: Org}}
              Post:
                attributes:
                  id: int
                  author_no: int?
                  author_name: {type: string(20), optional: true}
                  org_name: text?
                key: [id]
                references: {author: {entity: Author, attributes: [author_no]}}
                indexes: {by-author: {on: [author_no]}}
            denormalizations:
              author-name:
                duplicates: {into: Post.author_name, from: {copy: author.name}}
                sync: {by: application, code: a.B#c}
                staleness: {allowed: 5s, effect: a former name, repair: nightly}
              org-name:
                duplicates: {into: Post.org_name, from: {copy: author.org.name}}
                sync: {by: application, code: a.B#c}
                staleness: {allowed: 5s, effect: a former name, repair: nightly}
              posts:
                duplicates: {into: Author.post_count, from: {count: Post, by: author}}
                sync: {by: application, code: a.B#c}
                staleness: {allowed: 5s, effect: a former number, repair: nightly}
            """;

    @Test
    void areFoundAndPutRight() throws Exception {
        try (var bed = new SyncBed(SERVER.database(), Models.read(MODEL))) {
            bed.execute(
                    bed.script("schema.sql"),
                    "INSERT INTO \"org s\" VALUES (1, 'Acme'), (2, NULL)",
                    "INSERT INTO author VALUES (1, 1, 'Ann', 2), (2, 2, 'Bob', 7), (NULL, 3, 'Cid', NULL)",
                    "INSERT INTO post VALUES (1, 1, 'Ann', 'Acme'), (2, 1, 'Anna', NULL), (3, 2, NULL, 'Acme'),"
                            + " (4, NULL, 'Ghost', 'Gone'), (5, NULL, NULL, NULL)");
            var drifts = List.of("author-name", "org-name", "posts");

            assertThat(bed.script("triggers.sql")).doesNotContain("CREATE ");
            assertThat(bed.query(bed.script("reconcile/author-name.drift.sql"))).containsExactly("2", "3", "4");
            assertThat(bed.query(bed.script("reconcile/org-name.drift.sql"))).containsExactly("2", "3", "4");
            assertThat(bed.query(bed.script("reconcile/posts.drift.sql"))).containsExactly("2", "3");
            for (var contract : drifts) {
                bed.execute(bed.script("reconcile/" + contract + ".repair.sql"));
                assertThat(bed.query(bed.script("reconcile/" + contract + ".drift.sql")))
                        .as(contract)
                        .isEmpty();
            }
            assertThat(bed.query("SELECT concat_ws(' ', id, author_name, org_name) FROM post ORDER BY id"))
                    .containsExactly("1 Ann Acme", "2 Ann Acme", "3 Bob", "4", "5");
            assertThat(bed.query("SELECT post_count FROM author ORDER BY \"No\""))
                    .containsExactly("2", "1", "0");
        }
    }

    @Test
    void areNotPutBackToWhatASourceWasBeforeTheRepairHadToWait() throws Exception {
        try (var bed = new SyncBed(SERVER.database(), Models.read(MODEL));
                var writer = bed.connect()) {
            bed.execute(
                    bed.script("schema.sql"),
                    "INSERT INTO author VALUES (NULL, 1, 'Ann', 1)",
                    "INSERT INTO post VALUES (1, 1, 'Anna', NULL)");
            writer.setAutoCommit(false);
            SyncBed.execute(writer, "UPDATE author SET name = 'Zoe'", "UPDATE post SET author_name = 'Zoe'");
            var repair = bed.blocked(bed.script("reconcile/author-name.repair.sql"));
            writer.commit();
            repair.get();

            assertThat(bed.query("SELECT author_name FROM post")).containsExactly("Zoe");
        }
    }
}
