package dev.schemaproof.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.app.Rules;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Fix;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.diagnostic.RuleId;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.diagnostic.Sources;
import dev.schemaproof.yaml.ModelReader;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A fix is applied to the text, and its finding is gone. */
class FixTest {

    private static final String MODEL = """
            schema: blog
            entities:
              Post:
                table: posts
                attributes:
                  id: int
                  title: text
                  author_id: int
                key: [id]
                references: {author: {entity: Author, attributes: [author_id], onDelete: cascade}}
                indexes: {by_author: {on: [author_id]}}
              Author: {table: authors, attributes: {id: int, name: text}, key: [id]}
            accessPatterns:
              post: {entity: Post, find: one, where: [id = :id], select: [title]}
              posts:
                sql: >
                  SELECT p.title
                  FROM posts p WHERE p.author_id = :author
              author: {entity: Author, find: one, where: [id = :id]}
            rules:
              exceptions: []
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            table: posts            | tabel: posts               | unknown-key
            title: text             | title: txet                | unknown-type
            title: text             | title: "txet null"         | unknown-type
            title: text             | title: 'integer'           | unknown-type
            key: [id]               | 'key: [iid]'               | unknown-attribute
            entity: Author, attr    | entity: Auhtor, attr       | unknown-entity
            onDelete: cascade       | onDelete: casacde          | unknown-value
            on: [author_id]         | on: [auhtor_id desc]       | unknown-attribute
            where: [id = :id], sel  | where: [idd = :id], sel    | unknown-attribute
            p.title                 | p.titel                    | unknown-column
            p.title                 | P.Titel                    | unknown-column
            FROM posts              | FROM psots                 | unknown-table
            name: text}             | name: decimal(10, 2)}      | unquoted-type
            name: text}             | name: text[] }             | unquoted-type
            name: text}             | name: text[] null}         | unquoted-type
            name: text}             | name: text[]?}             | unquoted-type
            exceptions: []          | 'exceptions: [{rule: idle-entity, at: Post, reason: it comes next year}, {rule: idle-entit, at: Post, reason: it comes next year}]' | unmatched-exception
            """)
    void aFixMakesItsFindingGoAway(String right, String wrong, String rule) {
        var yaml = MODEL.replaceFirst(
                java.util.regex.Pattern.quote(right), java.util.regex.Matcher.quoteReplacement(wrong));
        assertThat(yaml).isNotEqualTo(MODEL);

        var finding = findings(yaml)
                .filter(found ->
                        found.rule().value().equals(rule) && found.fix().isPresent())
                .findFirst()
                .orElseThrow(() -> new AssertionError(findings(yaml).toList()));

        var mended = applied(yaml, finding.fix().orElseThrow());
        assertThat(findings(mended))
                .as(mended)
                .noneMatch(left ->
                        left.rule().equals(finding.rule()) && left.summary().equals(finding.summary()));
    }

    @Test
    void theModelItselfHasNothingToMend() {
        assertThat(findings(MODEL)).isEmpty();
    }

    @Test
    void aFixWhoseTextIsNotThereIsNoFix() {
        var at = new Location("a.yaml", 1, 4, 6);
        var finding =
                Finding.of(new RuleId("a"), Severity.ERROR, at, "x", "y").withFix(Fix.replace(at, "tpye", "type"));

        assertThat(finding.settledIn(sources("a: \"tpye\"")).fix())
                .contains(Fix.replace(new Location("a.yaml", 1, 5, 4), "tpye", "type"));
        assertThat(finding.settledIn(sources("a: \"\\u0074pye\"")).fix()).isEmpty();
        assertThat(finding.settledIn(sources("a: tpye tpye"))
                        .fix()
                        .orElseThrow()
                        .edits()
                        .get(0)
                        .at()
                        .column())
                .isEqualTo(4);
        assertThat(finding.settledIn(sources("a: tpyes")).fix()).isEmpty();
        assertThat(finding.settledIn(Sources.none()).fix()).isEmpty();
    }

    private static Sources sources(String line) {
        return new Sources(Map.of("a.yaml", List.of(line)));
    }

    private static Stream<Finding> findings(String yaml) {
        var read = Models.tryRead(yaml);
        var checked = read.model()
                .map(model -> new Checker(Rules.all(), ModelReader.flaws()).check(new Facts(model, Findings.TODAY)))
                .orElse(List.of());
        return Stream.concat(read.findings().stream(), checked.stream())
                .map(finding -> finding.settledIn(read.sources()));
    }

    private static String applied(String yaml, Fix fix) {
        var lines = new java.util.ArrayList<>(yaml.lines().toList());
        for (var edit : fix.edits()) {
            var line = lines.get(edit.at().line() - 1);
            var begin = line.offsetByCodePoints(0, edit.at().column() - 1);
            var end = line.offsetByCodePoints(begin, edit.at().length());
            lines.set(edit.at().line() - 1, line.substring(0, begin) + edit.after() + line.substring(end));
        }
        return String.join("\n", lines) + "\n";
    }
}
