package dev.schemaproof.check.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.check.Findings;
import dev.schemaproof.diagnostic.Finding;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What contracts must say, and what may not contradict it. */
class ContractRulesTest {

    private static final String MODEL = """
            schema: social
            entities:
              User:
                table: users
                attributes:
                  id: uuid
                  username: text
                  follower_count: {type: int, default: 0}
                  other_count: {type: bigint, default: 0}
                  is_followed: boolean
                  last_note: text
                key: [id]
              Follow:
                table: follows
                attributes: {follower_id: uuid, following_id: uuid, note: text, weight: int, post_id: int}
                key: [follower_id, following_id]
                references:
                  follower: {entity: User}
                  following: {entity: User}
                  post: {entity: Post}
              Post:
                attributes: {id: int}
                key: [id]
              Other:
                table: other_users
                attributes: {id: uuid, follower_count: int}
                key: [id]
            accessPatterns:
              profile:
                sql: SELECT username, follower_count FROM users WHERE id = :user
              structured: {entity: User, find: one, where: [id = :user], select: [username, follower_count]}
              all: {entity: User, find: one, where: [id = :user]}
              blind: {entity: User, find: one, where: [id = :user], select: [username]}
              counted: {entity: User, find: count, where: [username = :name]}
              via: {entity: Follow, find: many, where: [follower_id = :user], select: [note, following.follower_count]}
              blind-sql:
                sql: SELECT username /* follower_count */, 'follower_count' FROM users WHERE id = :user
              elsewhere-sql:
                sql: SELECT follower_count FROM other_users WHERE id = :user
              whole-row-sql:
                sql: SELECT u FROM users u WHERE u.id = :user
              nested-sql:
                sql: SELECT id FROM post WHERE id < (SELECT max(follower_count) FROM users)
              star-sql:
                sql: SELECT * FROM users WHERE id = :user
              posts: {entity: Post, find: one, where: [id = :id]}
              rename: {entity: User, write: update, where: [id = :id], set: [username]}
            denormalizations:
              followers:
                duplicates:
                  into: User.follower_count
                  from: {count: Follow, by: following}
                sync:
                  by: trigger
                staleness:
                  allowed: none
                  effect: A profile shows a wrong number
                  repair: every night
                gain:
                  pattern: profile
                  instead: SELECT username, (SELECT count(*) FROM follows f WHERE f.following_id = u.id) FROM users u WHERE id = :user
                  atLeast: 50x
                  measured: {before: 12.4 ms, after: 0.08 ms, rows: 100M, on: 2026-05-02, where: staging}
            """;

    @Test
    void aFullContractIsWithoutFlaw() {
        assertThat(Findings.briefly(MODEL)).noneMatch(finding -> finding.endsWith(" followers"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    into: User.follower_count            | what data is duplicated: `into` is missing
                    from: {count: Follow, by: following} | what data is duplicated: `from` is missing
                    allowed: none                        | what happens if it goes stale: `allowed` is missing
                    effect: A profile shows a wrong number | what happens if it goes stale: `effect` is missing
                    repair: every night                  | what happens if it goes stale: `repair` is missing
                    pattern: profile                     | gained: `pattern` is missing
                    atLeast: 50x                         | gained: `atLeast` is missing
                    """)
    void eachAnswerIsNeeded(String answer, String summary) {
        var findings = missing(MODEL.replace("      " + answer + "\n", ""));
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.summary())
                    .startsWith("contract `followers` does not say ")
                    .contains(summary);
            assertThat(finding.help())
                    .hasValueSatisfying(
                            help -> assertThat(help).contains(answer.substring(0, answer.indexOf(':') + 1)));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"before: 12.4 ms, ", "after: 0.08 ms, ", "rows: 100M, ", "on: 2026-05-02, ", ", where: staging"})
    void eachFigureOfTheMeasurementIsNeeded(String figure) {
        var key = figure.replaceAll("[, ]*([a-z]+):.*", "$1");
        assertThat(missing(MODEL.replace(figure, "")))
                .singleElement()
                .satisfies(
                        finding -> assertThat(finding.summary()).endsWith("gained: `measured." + key + "` is missing"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"duplicates", "sync", "staleness", "gain"})
    void aQuestionLeftOutIsOneFindingAtTheContract(String part) {
        var model = MODEL.replaceFirst("(?ms)^    " + part + ":.*?(?=^    [a-z]|\\z)", "");
        assertThat(missing(model)).singleElement().satisfies(finding -> {
            assertThat(model.lines().toList().get(finding.at().line() - 1)).isEqualTo("  followers:");
            assertThat(finding.help())
                    .hasValueSatisfying(help -> assertThat(help).contains(part + ":"));
        });
    }

    @Test
    void mechanismsNeedWhatMakesThemRun() {
        assertThat(missing(MODEL.replace("by: trigger", "code: com.acme.Follows#follow")))
                .singleElement()
                .satisfies(
                        finding -> assertThat(finding.summary()).endsWith("how it is kept in sync: `by` is missing"));
        assertThat(missing(MODEL.replace("by: trigger", "by: application")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.summary()).endsWith("`code` is missing"));
        assertThat(missing(MODEL.replace("by: trigger", "by: job")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.summary()).endsWith("`every` is missing"));
        assertThat(missing(MODEL.replace("by: trigger", "by: materialized-view")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.summary()).endsWith("`refresh.every` is missing"));
    }

    @Test
    void aPlaceholderIsNotMissingToo() {
        var model = MODEL.replace("repair: every night", "repair: TBD").replace("allowed: none", "allowed: ");
        assertThat(missing(model)).isEmpty();
        assertThat(of(model, "placeholder-answer"))
                .extracting(Finding::summary)
                .containsExactly("`staleness.allowed` is left empty", "`TBD` does not answer `staleness.repair`");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    atLeast: 50x            | atLeast: 1x             | a gain of 1x is no gain
                    atLeast: 50x            | atLeast: 200x           | a gain of 200x is claimed, but only 155x was measured
                    after: 0.08 ms          | after: 12.4 ms          | takes 12.4ms, not less than the 12.4ms without
                    on: 2026-05-02          | on: 2026-06-02          | measured on 2026-06-02, which is still to come
                    by: following           | by: post                | `post` leads from `Follow` to `Post`, not to `User`
                    User.follower_count     | User.username           | `User.username` is `text`, but a count is a whole number
                    User.follower_count     | User.id                 | `User.id` is in the key
                    pattern: profile        | pattern: blind          | `blind` does not read `User.follower_count`
                    pattern: profile        | pattern: counted        | `counted` does not read `User.follower_count`
                    pattern: profile        | pattern: blind-sql      | `blind-sql` does not read `User.follower_count`
                    pattern: profile        | pattern: elsewhere-sql  | `elsewhere-sql` does not read `User.follower_count`
                    pattern: profile        | pattern: posts          | `posts` does not read `User.follower_count`
                    pattern: profile        | pattern: rename         | `rename` does not read `User.follower_count`
                    set: [username]         | set: [follower_count]   | pattern `rename` sets `User.follower_count`
                    count: Follow, by       | exists: Follow, by      | `User.follower_count` is `int`, but `exists` is true or false
                    count: Follow, by: following | latest: Follow.note, by: following, orderBy: weight | is `int`, but `note` is `text`
                    count: Follow, by: following | copy: username     | is `int`, but `username` is `text`
                    by: trigger             | by: outbox              | an outbox is read after the commit
                    """)
    void contradictionsAreFound(String right, String wrong, String summary) {
        var model = MODEL.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong));
        if (right.startsWith("set")) {
            model = MODEL.replace(right, wrong);
        }
        assertThat(of(model, "contradicted-answer"))
                .anySatisfy(finding -> assertThat(finding.summary()).contains(summary));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE users SET username = :name, follower_count = 0 WHERE id = :id",
                "INSERT INTO users (id, username) VALUES (:id, :name) ON CONFLICT (id) DO UPDATE SET follower_count = 0",
                "MERGE INTO users u USING users v ON u.id = v.id WHEN MATCHED THEN UPDATE SET follower_count = 0",
                "WITH u AS (UPDATE users SET follower_count = 1 WHERE id = :id RETURNING id) SELECT id FROM u"
            })
    void statementsThatSetTheCopyAreFoundAtTheColumn(String sql) {
        var model = MODEL.replace("denormalizations:", "  write:\n    sql: " + sql + "\ndenormalizations:");
        assertThat(of(model, "contradicted-answer")).singleElement().satisfies(finding -> {
            assertThat(finding.summary())
                    .isEqualTo("pattern `write` sets `User.follower_count`, which contract `followers` keeps");
            var line = model.lines().toList().get(finding.at().line() - 1);
            assertThat(line.substring(finding.at().column() - 1)).startsWith("follower_count = ");
        });
    }

    @Test
    void statementsThatReadOrInsertTheCopyDoNotSetIt() {
        var sql = "INSERT INTO users (id, follower_count) SELECT id, follower_count FROM users WHERE id = :id";
        var model = MODEL.replace("denormalizations:", "  write:\n    sql: " + sql + "\ndenormalizations:");
        assertThat(of(model, "contradicted-answer")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"structured", "all", "via", "star-sql", "whole-row-sql", "nested-sql"})
    void patternsReadTheCopyInManyWays(String pattern) {
        assertThat(of(MODEL.replace("pattern: profile", "pattern: " + pattern), "contradicted-answer"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    User.other_count | {sum: Follow.weight, by: following}
                    User.is_followed | {exists: Follow, by: following}
                    User.last_note   | {latest: Follow.note, by: following, orderBy: weight}
                    """)
    void sourcesFitTheirCopies(String into, String from) {
        var model = MODEL.replace("into: User.follower_count", "into: " + into)
                .replace("from: {count: Follow, by: following}", "from: " + from)
                .replace("pattern: profile", "pattern: all");
        assertThat(of(model, "contradicted-answer")).isEmpty();
    }

    @Test
    void aJobMustRunAsOftenAsStalenessIsAllowed() {
        var job = MODEL.replace("by: trigger", "by: job\n      every: 1h");
        assertThat(of(job, "contradicted-answer"))
                .extracting(Finding::summary)
                .containsExactly("a job every 1h can't hold a staleness of none");
        assertThat(of(job.replace("allowed: none", "allowed: 5m"), "contradicted-answer"))
                .extracting(Finding::summary)
                .containsExactly("a job every 1h can't hold a staleness of 5m");
        assertThat(of(job.replace("allowed: none", "allowed: 60m"), "contradicted-answer"))
                .isEmpty();
    }

    @Test
    void aConsumerMustBeCalledAsOftenAsStalenessIsAllowed() {
        var outbox =
                MODEL.replace("by: trigger", "by: outbox\n      every: 10s").replace("allowed: none", "allowed: 5s");
        assertThat(of(outbox, "contradicted-answer"))
                .extracting(Finding::summary)
                .containsExactly("a consumer called every 10s can't hold a staleness of 5s");
        assertThat(of(outbox.replace("every: 10s", "every: 5s"), "contradicted-answer"))
                .isEmpty();
    }

    /** Half of the allowed staleness is an interval that every contract has. */
    @Test
    void anOutboxNeedsNoInterval() {
        var outbox = MODEL.replace("by: trigger", "by: outbox").replace("allowed: none", "allowed: 5s");
        assertThat(missing(outbox)).isEmpty();
        assertThat(of(outbox, "contradicted-answer")).isEmpty();
        assertThat(of(outbox, "not-supported-yet")).isEmpty();
    }

    @Test
    void onlyATriggerThatSumsUpHasAMode() {
        var mode = MODEL.replace("by: trigger", "by: trigger\n      mode: immediate");
        assertThat(of(mode, "contradicted-answer")).isEmpty();
        assertThat(of(
                        mode.replace("by: trigger", "by: outbox").replace("allowed: none", "allowed: 5m"),
                        "contradicted-answer"))
                .extracting(Finding::summary)
                .containsExactly("only a trigger has a mode, but the copy is kept `by: outbox`");
    }

    @Test
    void whatIsLaidAsideMakesACopyStale() {
        for (var mode : List.of("slotted", "ledger")) {
            var folded = MODEL.replace("by: trigger", "by: trigger\n      mode: " + mode + "\n      every: 2s");
            assertThat(of(folded, "contradicted-answer"))
                    .extracting(Finding::summary)
                    .containsExactly("in mode `" + mode
                            + "` writers don't touch the row that holds the copy, which is stale until the next fold, but no"
                            + " staleness is allowed");
            assertThat(of(folded.replace("allowed: none", "allowed: 2s"), "contradicted-answer"))
                    .extracting(Finding::summary)
                    .containsExactly("a fold every 2s can't hold a staleness of 2s, as it takes time itself");
            var allowed = folded.replace("allowed: none", "allowed: 5s");
            assertThat(of(allowed, "contradicted-answer")).isEmpty();
            assertThat(of(allowed, "missing-answer")).isEmpty();
            assertThat(of(allowed.replace("\n      every: 2s", ""), "missing-answer"))
                    .singleElement()
                    .satisfies(finding ->
                            assertThat(finding.help()).hasValue("add:\nsync:\n  every: <duration, such as 5m>"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {min: Follow.weight, by: following}                    | min
                    {max: Follow.weight, by: following}                    | max
                    {exists: Follow, by: following}                        | exists
                    {latest: Follow.note, by: following, orderBy: weight}  | latest
                    """)
    void onlyWhatAddsUpIsLaidAside(String from, String word) {
        var folded = MODEL.replace("by: trigger", "by: trigger\n      mode: ledger\n      every: 2s")
                .replace("allowed: none", "allowed: 5s")
                .replace("from: {count: Follow, by: following}", "from: " + from);
        assertThat(of(folded, "contradicted-answer"))
                .extracting(Finding::summary)
                .anyMatch(summary -> summary.startsWith("`" + word + "` can't be kept in mode `ledger`: "));
        assertThat(of(folded, "not-supported-yet")).isEmpty();
    }

    @Test
    void onlySlotsAreCountedAndOnlyAFoldHasAnInterval() {
        var slotted = MODEL.replace(
                        "by: trigger", "by: trigger\n      mode: slotted\n      slots: 300\n      every: 2s")
                .replace("allowed: none", "allowed: 5s");
        assertThat(of(slotted, "contradicted-answer"))
                .extracting(Finding::summary)
                .containsExactly("the changes of a copy can't be spread among 300 slots");
        assertThat(of(slotted.replace("slots: 300", "slots: 0"), "contradicted-answer"))
                .hasSize(1);
        assertThat(of(slotted.replace("slots: 300", "slots: 256"), "contradicted-answer"))
                .isEmpty();
        assertThat(of(slotted.replace("mode: slotted", "mode: ledger"), "contradicted-answer"))
                .extracting(Finding::summary)
                .containsExactly("only `mode: slotted` has slots");
        assertThat(of(MODEL.replace("by: trigger", "by: trigger\n      every: 2s"), "contradicted-answer"))
                .extracting(Finding::summary)
                .containsExactly("a trigger in mode `deferred` waits for no interval");
    }

    @Test
    void twoContractsForOneCopyContradict() {
        var contract = MODEL.substring(MODEL.indexOf("  followers:"));
        var findings = of(MODEL + contract.replace("  followers:", "  again:"), "contradicted-answer");
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.subject()).isEqualTo("again");
            assertThat(finding.summary())
                    .isEqualTo("`User.follower_count` already is the copy of contract `followers`");
        });
    }

    @Test
    void aMeasurementIsTrustedForAYear() {
        assertThat(of(MODEL.replace("on: 2026-05-02", "on: 2025-06-01"), "stale-measurement"))
                .isEmpty();
        assertThat(of(MODEL.replace("on: 2026-05-02", "on: 2025-05-31"), "stale-measurement"))
                .hasSize(1);
    }

    private static List<Finding> missing(String model) {
        return of(model, "missing-answer");
    }

    private static List<Finding> of(String model, String rule) {
        return Findings.in(model).stream()
                .filter(finding -> finding.rule().value().equals(rule))
                .toList();
    }
}
