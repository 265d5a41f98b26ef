package dev.schemaproof.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.diagnostic.Finding;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostileTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "schema: [a | yaml-syntax | 1",
                "schema: a\\n\\tentities: {} | yaml-syntax | 2",
                "schema: a\\n--- \\nschema: b | yaml-syntax | 2",
                "schema: &a [*a] | looping-alias | 1",
                "schema: a\\nschema: b | duplicate-key | 2",
                "[1, 2]: x | wrong-shape | 1",
                "- a\\n- b | wrong-shape | 1",
                "schema: a\\nentities: [x] | wrong-shape | 2",
                "schema: a\\nentities: {} | empty-model | 1",
                "schema: a\\nentities: {A: {key: [id]}} | incomplete-element | 2",
                "entities: {A: {attributes: {id: uuid}, key: [id]}} | incomplete-element | 1",
                "schema: a\\nentities: {A: {attributes: {id: uuid}, key: [id], renamedFrom: B}} | not-supported-yet | 2",
                "schema: a\\nentities: {A: {attributes: {id: uuid}, key: [id], partition: {by: hash, on: [], partitions: 4}}} | wrong-shape | 2",
                "schema: a\\nentities: {A: {attributes: {id: uuid}, key: {on: []}}} | wrong-shape | 2",
                "schema: a\\nentities: {A: {attributes: {id: uuid}, key: [id], indexes: {i: {on: []}}}} | wrong-shape | 2",
                "schema: a\\nstores: {m: {engine: mongodb}} | not-supported-yet | 2",
                "schema: a\\nstores: {m: {engine: postgresql, version: 9}} | unknown-value | 2",
                "schema: a\\nentities: {A: {attributes: {tags: text[]}, key: [id]}} | unquoted-type | 2",
                "schema: a\\u0001b | yaml-syntax | 1",
                "schema: *nothing | yaml-syntax | 1",
                "schema: a\\nentities: !%a | yaml-syntax | 2",
                "schema: a\\nentities: {A: {table: \"a\\0b\", attributes: {id: uuid}, key: [id]}} | malformed-value | 2",
                "schema: a\\nentities: {A: {attributes: {id: uuid, \"\\uD83D\": int}, key: [id]}} | malformed-value | 2",
                "schema: a\\nrules: {exceptions: [{rule: wide-row, at: A, reason: TODO}]} | malformed-value | 2",
            })
    void oneFlawIsNamedAtItsLine(String text, String rule, int line) {
        var yaml = text.replace("\\n", "\n").replace("\\t", "\t").replace("\\u0001", "\u0001");

        var findings = Models.tryRead(yaml).findings();

        assertThat(findings).anySatisfy(finding -> {
            assertThat(finding.rule().value()).isEqualTo(rule);
            assertThat(finding.at().line()).isEqualTo(line);
        });
    }

    @Test
    void bytesThatAreNoUtf8AreNamedAtTheirPlace() {
        var bytes = "schema: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);

        var findings = ModelReader.read("schema", List.of(new SourceFile("a.yaml", bytes)))
                .findings();

        assertThat(findings).extracting(Finding::toString).hasSize(1);
        assertThat(findings.get(0).rule()).isEqualTo(Flaw.NOT_UTF8.id());
        assertThat(findings.get(0).at().column()).isEqualTo(12);
        assertThat(findings.get(0).summary()).contains("0xE9");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheText() {
        assertThat(Models.tryRead("\uFEFFschema: a\nentities: {A: {attributes: {id: uuid}, key: id}}")
                        .findings())
                .isEmpty();
    }

    @Test
    void aFileAboveTheLimitIsRefusedUnread() {
        var large = new byte[ModelReader.MAX_FILE_SIZE + 1];

        var findings = ModelReader.read("schema", List.of(new SourceFile("a.yaml", large)))
                .findings();

        assertThat(findings).singleElement().extracting(Finding::rule).isEqualTo(Flaw.FILE_TOO_LARGE.id());
    }

    @Test
    void deepNestingAndMultiplyingAliasesEndInAFinding() {
        var deep = "schema: " + "[".repeat(10_000) + "]".repeat(10_000);
        var laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 12; i++) {
            laughs.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9)));
        }

        assertThat(Models.tryRead(deep).findings()).extracting(Finding::rule).contains(Flaw.TOO_DEEP.id());
        assertThat(Models.tryRead(laughs.toString()).findings())
                .extracting(Finding::rule)
                .contains(Flaw.TOO_MANY_ALIASES.id());
    }

    @Test
    void aNameInTwoFilesPointsAtTheFirst() {
        var one = "schema: a\nentities: {A: {attributes: {id: uuid}, key: id}}\n";
        var two = "entities: {A: {attributes: {id: uuid}, key: id}}\n";

        var findings = ModelReader.read(
                        "schema",
                        List.of(
                                new SourceFile("two.yaml", two.getBytes(StandardCharsets.UTF_8)),
                                new SourceFile("one.yaml", one.getBytes(StandardCharsets.UTF_8))))
                .findings();

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo(Flaw.DUPLICATE_NAME.id());
            assertThat(finding.at().file()).isEqualTo("two.yaml");
            assertThat(finding.related())
                    .singleElement()
                    .satisfies(related -> assertThat(related.at().file()).isEqualTo("one.yaml"));
        });
    }

    @Test
    void aFindingAboutANamelessElementStillHasASubject() {
        assertThat(Models.tryRead("schema: a\n' ': x\n").findings())
                .singleElement()
                .extracting(Finding::subject)
                .isEqualTo("model");
    }

    @Test
    void filesWithoutAModelAreNamedAtTheFirst() {
        assertThat(Models.tryRead("# nothing yet\n").findings()).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo(Flaw.EMPTY_MODEL.id());
            assertThat(finding.at().file()).isEqualTo(Models.FILE);
        });
    }

    /** Damaged models give findings with a place, never an exception. */
    @Test
    void damagedTextsNeverThrow() {
        var random = new Random(20261120);
        var alphabet = "{}[]:,-#&*!|>'\"%@`?\n\t \\abz019é😀".codePoints().toArray();
        for (var i = 0; i < 3_000; i++) {
            var text = new StringBuilder(ModelReaderTest.LANGUAGE_EXAMPLE);
            for (var damage = random.nextInt(4); damage >= 0; damage--) {
                var at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, Character.toString(alphabet[random.nextInt(alphabet.length)]));
                    default -> text.delete(at, Math.min(text.length(), at + random.nextInt(40)));
                }
            }
            var findings = Models.tryRead(text.toString()).findings();
            assertThat(findings)
                    .allSatisfy(finding -> assertThat(finding.at().file()).isEqualTo(Models.FILE));
        }
    }
}
