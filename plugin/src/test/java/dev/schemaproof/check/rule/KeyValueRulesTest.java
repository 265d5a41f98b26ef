package dev.schemaproof.check.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.check.Findings;
import dev.schemaproof.diagnostic.Finding;
import org.junit.jupiter.api.Test;

/** What the findings about key-value stores say, beyond firing where the pages are marked. */
class KeyValueRulesTest {

    private static final String MODEL = """
            schema: social
            stores:
              edge:
                engine: dynamodb
                tables:
                  social:
                    partitionKey: PK
                    sortKey: SK
                    indexes:
                      by-email: {partitionKey: GSI1PK, sortKey: GSI1SK}
                    items:
                      User:
                        key: {PK: "USER#{username}", SK: PROFILE}
                        by-email: {GSI1PK: "EMAIL#{email}", GSI1SK: USER}
                      Post:
                        key: {PK: "USER#{author.username}", SK: "POST#SORT"}
            entities:
              User:
                attributes: {id: uuid, username: text, email: text, country: text}
                key: [id]
                unique: [[username]]
              Post:
                attributes: {id: uuid, author_id: uuid, body: text, tag: text, created_at: timestamptz}
                key: [id]
                references: {author: {entity: User}}
            accessPatterns:
              profile: {entity: User, find: one, where: [username = :username]}
              posts: {entity: Post, find: many, where: [author.username = :author]}
              log-in: {entity: User, find: many, where: [email = :email]}
              OTHER
            """;

    @Test
    void aDayLosesAUsersSecondPost() {
        var finding = only("{created_at:yyyy-MM-dd}", "");

        assertThat(finding.rule()).hasToString("key-collision");
        assertThat(finding.at()).hasToString("src/main/schema/model.yaml:16:59");
        assertThat(finding.at().length()).isEqualTo("{created_at:yyyy-MM-dd}".length());
        assertThat(finding.subject()).isEqualTo("Post");
        assertThat(finding.summary())
                .isEqualTo(
                        "two rows of `Post` with the same `author.username` and the same day of `created_at` have the same"
                                + " key: one is lost");
        assertThat(finding.help().orElseThrow()).isEqualTo("""
                        both of these rows have the key PK `USER#alice`, SK `POST#2024-01-15`:
                          author.username = alice, created_at = 2024-01-15T08:30:00Z, id = 00000000-0000-4000-8000-000000000001
                          author.username = alice, created_at = 2024-01-15T17:30:00Z, id = 00000000-0000-4000-8000-000000000002
                        put all of the key of `Post` into it: SK: "POST#{created_at}#{id}\"""");
    }

    @Test
    void aTimestampAloneIsNoKey() {
        assertThat(only("{created_at:iso}", "").summary())
                .isEqualTo(
                        "two rows of `Post` with the same `author.username` and the same `created_at` have the same key: one is"
                                + " lost");
    }

    @Test
    void aTextCanHoldTheDelimiter() {
        var finding = only("{tag}#{body}#{created_at:epoch}", "");

        assertThat(finding.summary())
                .isEqualTo(
                        "two rows of `Post` can have the same key, and one is lost: `tag` and `body` can't be told apart in"
                                + " `POST#{tag}#{body}#{created_at:epoch}`");
        assertThat(finding.help().orElseThrow()).contains("check: \"tag ~ '^[A-Za-z0-9_-]+$'\"");
    }

    @Test
    void caseAndShardsAreNamed() {
        assertThat(only("{tag:lower}{id:shard(4)}", "").summary())
                .isEqualTo(
                        "two rows of `Post` with the same `author.username`, the same `tag` but for upper and lower case and the"
                                + " same shard of `id` have the same key: one is lost");
    }

    @Test
    void aScanNamesWhatEachKeyNeedsAndTheIndexThatWouldServe() {
        var finding = only(
                "{created_at}#{id}",
                "by-country: {entity: User, find: many, where: [country = :country], orderBy: [username]}");

        assertThat(finding.rule()).hasToString("scanned-pattern");
        assertThat(finding.subject()).isEqualTo("by-country");
        assertThat(finding.help().orElseThrow()).isEqualTo("""
                        the table's key needs `username`
                        index `by-email` needs `email`
                        this index would serve it:
                          indexes:
                            by-country: {partitionKey: GSI2PK, sortKey: GSI2SK}
                          items:
                            User:
                              by-country: {GSI2PK: "COUNTRY#{country}", GSI2SK: "USER#{username}#{id}"}
                        or accept the scan: `scan: allowed` with a `reason`""");
    }

    @Test
    void aScanProposesNoIndexThatWouldNotServe() {
        var help = only("{created_at}#{id}", "elsewhere: {entity: User, find: many, where: [country <> :country]}")
                .help()
                .orElseThrow();

        assertThat(help)
                .contains("no index would: a key finds what is equal, or within a range")
                .doesNotContain("GSI2PK");
    }

    @Test
    void whatTheScanRuleProposesServesThePattern() {
        var yaml = MODEL.replace("SORT", "{created_at}#{id}")
                .replace(
                        "OTHER",
                        "by-country: {entity: User, find: many, where: [country = :country], orderBy: [username]}")
                .replace(
                        "GSI1SK}\n        items:",
                        "GSI1SK}\n          by-country: {partitionKey: GSI2PK, sortKey: GSI2SK}\n        items:")
                .replace(
                        "GSI1SK: USER}",
                        "GSI1SK: USER}\n            by-country: {GSI2PK: \"COUNTRY#{country}\", GSI2SK: \"USER#{username}#{id}\"}");

        // A username may hold what sorts before the delimiter, so that it doesn't sort as the values do
        assertThat(Findings.briefly(yaml)).containsExactly("error[unsorted-pattern] by-country");
        assertThat(Findings.briefly(
                        yaml.replace("username: text", "username: {type: text, check: \"username ~ '^[a-z]+$'\"}")))
                .isEmpty();
    }

    private static Finding only(String sort, String pattern) {
        var findings = Findings.in(MODEL.replace("SORT", sort).replace("OTHER", pattern));
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }
}
