package dev.schemaproof.analysis.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.sql.ModelSql;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which copies the database can let follow, and what is said of the others. */
class FollowedContractsTest {

    private static final String MODEL = """
            schema: s
            entities:
              Org:
                attributes: {id: int, name: text}
                key: [id]
              Author:
                attributes:
                  id: int
                  org_id: int
                  name: text
                  nick: text?
                  notes: json
                  photo: bytes
                  essay: {type: text, values: {width: 9000}}
                  loud: {type: text, generated: {expression: upper(name), virtual: true}}
                  post_count: {type: int, default: 0}
                  org_name: text
                key: [id]
                references: {org: {entity: Org}}
              Post:
                attributes:
                  id: int
                  author_id: int
                  editor_id: int?
                  late_id: int?
                  half_id: {type: int, generated: id / 2}
                  tenant: int
                  author_name: text
                  editor_name: text?
                  started: {type: text, default: "'x'"}
                  made: {type: text, generated: "'x'", optional: true}
                  number: int?
                  author_notes: json
                  author_photo: bytes
                key: [id]
                references:
                  author: {entity: Author}
                  editor: {entity: Author, onDelete: set-null, onUpdate: cascade}
                  late: {entity: Author, onDelete: set-default}
                  moved: {entity: Author, attributes: [late_id], onUpdate: set-null}
                  half: {entity: Author, attributes: [half_id]}
                  room: {entity: Room, attributes: [tenant, editor_id], deferrable: true}
                  self: {entity: Post, attributes: [late_id]}
              Room:
                attributes: {tenant: int, id: int, title: text}
                key: [tenant, id]
              Part:
                attributes: {id: int, author_id: int, author_name: text}
                key: [id, author_name]
                references: {author: {entity: Author}}
              Slice:
                attributes: {id: int, author_id: int, author_name: text}
                key: [id]
                references: {author: {entity: Author}}
                partition: {by: list, on: [author_name], partitions: {slices: default}}
            denormalizations:
              posts:
                duplicates: {into: Author.post_count, from: {count: Post, by: author}}
                sync: {by: trigger}
                staleness: {allowed: none, effect: a wrong number, repair: every night}
              organizations:
                duplicates: {into: Author.org_name, from: {copy: org.name}}
                sync: {by: trigger}
                staleness: {allowed: none, effect: a former name, repair: every night}
              one:
                duplicates:
                  into: %s
                  from: {copy: %s}
                sync: {by: trigger}
                staleness: {allowed: none, effect: a former value, repair: every night}
            """;

    @ParameterizedTest
    @CsvSource({
        "Post.author_name, author.name, true",
        "Post.editor_name, author.name, true",
        "Post.editor_name, editor.name, true",
        "Post.editor_name, self.author_name, true"
    })
    void follow(String into, String path, boolean allOrNone) {
        var analysis = analysis(into, path);
        assertThat(analysis.unsupported()).isEmpty();
        assertThat(analysis.copies()).isEmpty();
        assertThat(analysis.followed()).hasSize(2);
        assertThat(analysis.followed().get(1)).satisfies(copy -> {
            assertThat(copy.name()).isEqualTo("one");
            assertThat(copy.allOrNone()).isEqualTo(allOrNone);
            assertThat(copy.isGuarded()).isTrue();
        });
    }

    /** Over several references, and from what may be absent, where no foreign key follows. */
    @ParameterizedTest
    @CsvSource({
        "Post.author_name, author.org.name",
        "Post.editor_name, author.org.name",
        "Post.editor_name, editor.org.name",
        "Post.editor_name, author.nick",
        "Post.editor_name, editor.nick",
        "Post.editor_name, self.author.essay",
        "Post.editor_name, self.self.author_name"
    })
    void areTied(String into, String path) {
        var analysis = analysis(into, path);
        assertThat(analysis.unsupported()).isEmpty();
        assertThat(analysis.followed()).hasSize(2);
        assertThat(analysis.followed()).extracting(CopyContract::isTied).containsExactly(false, true);
    }

    @Test
    void sayByWhatTheyFollow() {
        assertThat(analysis("Post.editor_name", "editor.name").followed().get(1))
                .satisfies(copy -> {
                    assertThat(copy.following()).containsExactly("editor_id", "editor_name");
                    assertThat(copy.followed()).containsExactly("id", "name");
                    assertThat(copy.refersToKey()).isFalse();
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Post.author_name  | author.nick      | into | `Post.author_name` is required, but `Author.nick` may be absent
                    Post.author_name  | editor.org.name  | into | `Post.author_name` is required, but without `editor` there is nothing to copy
                    Post.author_notes | author.notes     | from | values of `Author.notes` are too long for an index, which the foreign key of the copy needs
                    Post.author_photo | author.photo     | from | values of `Author.photo` are too long for an index, which the foreign key of the copy needs
                    Post.author_name  | author.essay     | from | values of `Author.essay` are too long for an index, which the foreign key of the copy needs
                    Post.author_name  | author.loud      | from | `Author.loud` is computed, and not there when the copy is made
                    Post.number       | author.id        | from | `Author.id` is what `author` refers to, and holds already
                    Post.author_name  | self.author_name | from | `Post.author_name` would be a copy of itself
                    Post.number       | self.self.number | from | `Post.number` would be a copy of itself
                    Post.late_id      | self.author_id   | into | `Post.late_id` is a part of the reference by which it would be found
                    Post.editor_name  | self.late.nick   | from | `Post.late` leads elsewhere by `onDelete: set-default`, where the copy can't follow
                    Slice.author_name | author.org.name  | from | `Slice` is partitioned, and ties lose a row that an update moves to another partition
                    Post.editor_name  | self.author.loud | from | `Author.loud` is computed, and not there when the copy is made
                    Post.editor_name  | self.author.org_name | from | `Author.org_name` is a copy itself, and a copy of a copy can't be kept by trigger yet
                    Post.editor_name  | self.room.title  | from | `Post.room` is deferrable, so that a row may come before the one that it is tied to
                    Post.number       | author.post_count | from | `Author.post_count` is a copy itself, and a copy of a copy can't be kept by trigger yet
                    Post.author_name  | author.org_name  | from | `Author.org_name` is a copy itself, and a copy of a copy can't be kept by trigger yet
                    Post.editor_name  | late.name        | from | `Post.late` leads elsewhere by `onDelete: set-default`, where the copy can't follow
                    Post.editor_name  | moved.name       | from | `Post.moved` leads elsewhere by `onUpdate: set-null`, where the copy can't follow
                    Post.editor_name  | half.name        | from | `Post.half` refers by a generated column, which is not there when the copy is made
                    Post.editor_name  | room.title       | from | `Post.room` is deferrable and may be absent in part, so that nothing tells a copy that is still to come
                    Post.author_name  | editor.name      | into | `Post.author_name` is required, but without `editor` there is nothing to copy
                    Post.started      | author.name      | into | `Post.started` starts with a value of its own
                    Post.made         | author.name      | into | `Post.made` starts with a value of its own
                    Post.author_id    | author.org_id    | into | `Post.author_id` is a part of the reference by which it would be found
                    Slice.author_name | author.name      | into | `Slice.author_name` decides into which partition a row goes, which is known before the trigger fills it
                    """)
    void doNotFollow(String into, String path, String place, String summary) {
        var analysis = analysis(into, path);
        assertThat(analysis.followed()).extracting(CopyContract::name).containsExactly("organizations");
        assertThat(analysis.unsupported()).singleElement().satisfies(unsupported -> {
            assertThat(unsupported.contract()).isEqualTo("one");
            assertThat(unsupported.summary()).isEqualTo(summary);
            assertThat(unsupported.at().line()).isEqualTo(line("      " + place + ": "));
            assertThat(unsupported.help()).isNotBlank();
        });
    }

    /** A job has no order of locks, no foreign key and no index to think of. */
    @ParameterizedTest
    @CsvSource({
        "Post.author_name, author.org.name",
        "Post.editor_name, author.nick",
        "Post.author_notes, author.notes",
        "Post.author_name, author.loud",
        "Post.author_name, author.org_name",
        "Post.editor_name, late.name",
        "Post.started, author.name",
        "Slice.author_name, author.name"
    })
    void areBroughtUpToDateByAJob(String into, String path) {
        var analysis = scheduled(into, path);

        assertThat(analysis.unsupported()).isEmpty();
        assertThat(analysis.followed()).hasSize(1);
        assertThat(analysis.scheduledCopies()).singleElement().satisfies(copy -> {
            assertThat(copy.name()).isEqualTo("one");
            assertThat(copy.isGuarded()).isFalse();
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Post.author_name | author.nick      | `Post.author_name` is required, but there may be nothing to copy
                    Post.author_name | editor.org.name  | `Post.author_name` is required, but there may be nothing to copy
                    Post.author_name | self.author_name | `Post.author_name` would be a copy of itself
                    Post.number      | self.self.number | `Post.number` would be a copy of itself
                    Post.late_id     | self.author_id   | `Post.late_id` is a part of the way by which it would be found
                    Post.made        | author.name      | `Post.made` has a value of the database's own, and takes no other
                    """)
    void areNotBroughtUpToDateByAJob(String into, String path, String summary) {
        var analysis = scheduled(into, path);

        assertThat(analysis.scheduledCopies()).isEmpty();
        assertThat(analysis.unsupported()).singleElement().satisfies(unsupported -> {
            assertThat(unsupported.summary()).isEqualTo(summary);
            assertThat(unsupported.at().line()).isEqualTo(line("      into: "));
        });
    }

    private static ContractAnalysis scheduled(String into, String path) {
        var yaml = MODEL.formatted(into, path);
        var last = yaml.lastIndexOf("sync: {by: trigger}");
        var model = Models.read(yaml.substring(0, last)
                + yaml.substring(last)
                        .replace("by: trigger", "by: job, every: 5m")
                        .replace("none", "5m"));
        return ContractAnalysis.of(model, ModelSql.of(model));
    }

    /** Others speak of a copy in a key, and of what names nothing. */
    @ParameterizedTest
    @CsvSource({"Part.author_name, author.name", "Post.author_name, nobody.name", "Post.author_name, author.nothing"})
    void areLeftToOthers(String into, String path) {
        var analysis = analysis(into, path);
        assertThat(analysis.followed()).hasSize(1);
        assertThat(analysis.unsupported()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Post, author.name", "Post.author_name, name"})
    void needAnAttributeAndAReference(String into, String path) {
        assertThat(analysis(into, path).unsupported())
                .singleElement()
                .satisfies(unsupported ->
                        assertThat(unsupported.summary()).startsWith("a copy can be kept in an attribute"));
    }

    /** The line of the last contract that begins so. */
    private static int line(String beginning) {
        var lines = MODEL.lines().toList();
        for (var i = lines.size(); i > 0; i--) {
            if (lines.get(i - 1).startsWith(beginning)) {
                return i;
            }
        }
        throw new AssertionError(beginning);
    }

    private static ContractAnalysis analysis(String into, String path) {
        var model = Models.read(MODEL.formatted(into, path));
        return ContractAnalysis.of(model, ModelSql.of(model));
    }
}
