package dev.schemaproof.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.schemaproof.check.Accepted;
import dev.schemaproof.check.Judgement;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Fix;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.diagnostic.RuleId;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.output.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Findings as other tools get them. */
class ReportsTest {

    private static final String FILE = "src/main/schema/a user.yaml";

    private static final Finding ERROR = Finding.of(
                    new RuleId("unknown-type"),
                    Severity.ERROR,
                    new Location(FILE, 3, 23, 4),
                    "User.bio",
                    "there is no type `txet`")
            .withHelp("did you mean `text`?\n100%: yes, really")
            .withRelated(new Location("src/main/schema/types.yaml", 1, 1, 5), "types are declared here")
            .withFix(Fix.replace(new Location(FILE, 3, 23, 4), "txet", "text"));

    private static final Finding OLD = Finding.of(
            new RuleId("idle-entity"), Severity.WARNING, new Location(FILE, 2, 3, 4), "User", "nobody reads `User`");

    private static final Finding HINT = Finding.of(
            new RuleId("ineffective-severity"),
            Severity.INFO,
            Location.startOf(FILE),
            "x",
            "this version has no rule `x`");

    private static final Judgement JUDGEMENT = new Judgement(
            List.of(HINT, ERROR),
            List.of(
                    new Accepted(OLD, Accepted.By.EXCEPTION, "the editor comes later"),
                    new Accepted(OLD, Accepted.By.BASELINE, "it was there before")));

    @Test
    void theSarifLogIsValidByItsPublicSchema() throws IOException {
        assertThat(schema().validate(sarif(JUDGEMENT), InputFormat.JSON)).isEmpty();
        assertThat(schema().validate(sarif(new Judgement(List.of(), List.of())), InputFormat.JSON))
                .isEmpty();
        assertThat(schema().validate(sarif(JUDGEMENT).replace("\"warning\"", "\"bad\""), InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    void theSarifLogDescribesItsRules() {
        assertThat(rules(sarif(JUDGEMENT))).allSatisfy(rule -> {
            assertThat(rule).containsKeys("id", "helpUri");
            assertThat(rule.get("shortDescription")).asString().isNotBlank();
            assertThat(rule.get("defaultConfiguration"))
                    .isEqualTo(Map.of(
                            "level",
                            Map.of("unknown-type", "error", "idle-entity", "warning", "ineffective-severity", "note")
                                    .get(String.valueOf(rule.get("id")))));
        });
    }

    @Test
    void theSarifLogKeepsApartWhatIsAccepted() {
        var results = results(sarif(JUDGEMENT));

        assertThat(results)
                .extracting(result -> result.get("level"))
                .containsExactly("note", "error", "warning", "warning");
        assertThat(results)
                .extracting(result -> result.get("suppressions"))
                .containsExactly(
                        null,
                        null,
                        List.of(Map.of(
                                "kind", "inSource", "status", "accepted", "justification", "the editor comes later")),
                        List.of(Map.of(
                                "kind", "external", "status", "accepted", "justification", "it was there before")));
    }

    @Test
    void theSarifLogSaysWhatToReplace() {
        assertThat(results(sarif(JUDGEMENT)).get(1).get("fixes"))
                .hasToString("[{description={text=replace `txet` by `text`},"
                        + " artifactChanges=[{artifactLocation={uri=app/src/main/schema/a%20user.yaml},"
                        + " replacements=[{deletedRegion={startLine=3, startColumn=23, endColumn=27},"
                        + " insertedContent={text=text}}]}]}]");
    }

    @Test
    void fingerprintsStayWhenLinesMoveAndTellTwinsApart() {
        var moved = new Finding(
                OLD.rule(),
                OLD.severity(),
                new Location("b.yaml", 90, 1, 1),
                OLD.subject(),
                OLD.summary(),
                OLD.help(),
                List.of(),
                OLD.fix());
        var before = results(sarif(new Judgement(List.of(OLD), List.of())));
        var after = results(sarif(new Judgement(List.of(moved, moved), List.of())));

        assertThat(after.get(0).get("partialFingerprints"))
                .isEqualTo(before.get(0).get("partialFingerprints"));
        assertThat(after.get(1).get("partialFingerprints"))
                .isNotEqualTo(before.get(0).get("partialFingerprints"));
    }

    @Test
    void theJsonHoldsEverythingInTheOrderOfThePlaces() {
        assertThat(FindingsJson.of(JUDGEMENT)).isEqualTo("""
                {
                  "version" : 1,
                  "summary" : {
                    "error" : 1,
                    "warning" : 0,
                    "info" : 1,
                    "accepted" : {
                      "exception" : 1,
                      "baseline" : 1
                    }
                  },
                  "findings" : [
                    {
                      "rule" : "ineffective-severity",
                      "severity" : "info",
                      "file" : "src/main/schema/a user.yaml",
                      "line" : 1,
                      "column" : 1,
                      "endColumn" : 2,
                      "subject" : "x",
                      "summary" : "this version has no rule `x`",
                      "see" : "https://schemaproof.dev/rules/ineffective-severity",
                      "related" : [ ]
                    },
                    {
                      "rule" : "idle-entity",
                      "severity" : "warning",
                      "file" : "src/main/schema/a user.yaml",
                      "line" : 2,
                      "column" : 3,
                      "endColumn" : 7,
                      "subject" : "User",
                      "summary" : "nobody reads `User`",
                      "see" : "https://schemaproof.dev/rules/idle-entity",
                      "related" : [ ],
                      "accepted" : "exception",
                      "reason" : "the editor comes later"
                    },
                    {
                      "rule" : "idle-entity",
                      "severity" : "warning",
                      "file" : "src/main/schema/a user.yaml",
                      "line" : 2,
                      "column" : 3,
                      "endColumn" : 7,
                      "subject" : "User",
                      "summary" : "nobody reads `User`",
                      "see" : "https://schemaproof.dev/rules/idle-entity",
                      "related" : [ ],
                      "accepted" : "baseline",
                      "reason" : "it was there before"
                    },
                    {
                      "rule" : "unknown-type",
                      "severity" : "error",
                      "file" : "src/main/schema/a user.yaml",
                      "line" : 3,
                      "column" : 23,
                      "endColumn" : 27,
                      "subject" : "User.bio",
                      "summary" : "there is no type `txet`",
                      "help" : "did you mean `text`?\\n100%: yes, really",
                      "see" : "https://schemaproof.dev/rules/unknown-type",
                      "related" : [
                        {
                          "file" : "src/main/schema/types.yaml",
                          "line" : 1,
                          "column" : 1,
                          "endColumn" : 6,
                          "note" : "types are declared here"
                        }
                      ],
                      "fix" : {
                        "description" : "replace `txet` by `text`",
                        "edits" : [
                          {
                            "file" : "src/main/schema/a user.yaml",
                            "line" : 3,
                            "column" : 23,
                            "endColumn" : 27,
                            "text" : "text"
                          }
                        ]
                      }
                    }
                  ]
                }
                """);
    }

    @Test
    void annotationsAreEscapedAndTheWorstComeFirst() {
        var odd = new Location("a:b,c.yaml", 1, 1, 1);
        var warning = Finding.of(new RuleId("odd"), Severity.WARNING, odd, "x", "\u001B[31m::error::`\u202E`");

        assertThat(new GitHubAnnotations(path -> "app/" + path).of(List.of(HINT, warning, ERROR)))
                .containsExactly(
                        "::error file=app/src/main/schema/a user.yaml,line=3,col=23,endColumn=27,title=unknown-type"
                                + "::there is no type `txet`%0Ahelp: did you mean `text`?%0A100%25: yes, really",
                        "::warning file=app/a%3Ab%2Cc.yaml,line=1,col=1,endColumn=2,title=odd"
                                + "::\\x1B[31m::error::`\\u202E`",
                        "::notice file=app/src/main/schema/a user.yaml,line=1,col=1,endColumn=2,title=ineffective-severity"
                                + "::this version has no rule `x`");
    }

    private static String sarif(Judgement judgement) {
        return Sarif.of(judgement, "1.0", path -> "app/" + path);
    }

    /** The schema as published by OASIS. */
    private static Schema schema() throws IOException {
        try (var text = ReportsTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(
                            new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8),
                            InputFormat.JSON);
        }
    }

    private static List<Map<String, Object>> results(String sarif) {
        return list(run(sarif).get("results"));
    }

    private static List<Map<String, Object>> rules(String sarif) {
        return list(map(map(run(sarif).get("tool")).get("driver")).get("rules"));
    }

    private static Map<String, Object> run(String sarif) {
        return list(map(Json.read(sarif)).get("runs")).get(0);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object json) {
        return (Map<String, Object>) json;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Object json) {
        return (List<Map<String, Object>>) json;
    }
}
