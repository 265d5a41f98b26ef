package dev.schemaproof.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever never heard of scalars and block ends understands what is wrong with a text, and where. */
class SyntaxProblemTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "a: 'b\\nc: d | 1:4 | the quote that opens here is never closed",
                "a: \"b | 1:4 | the quote that opens here is never closed",
                "a: {b: c | 1:4 | the brace that opens here is never closed",
                "a: [b, c | 1:4 | the bracket that opens here is never closed",
                "a: {b: c d: e} | 1:11 | a comma or a closing brace is missing before this",
                "a: [b c: d e: f] | 1:13 | a comma or a closing bracket is missing before this",
                "a: 'b' c | 1:8 | this belongs to nothing before it",
                "a:\\n    b: c\\n  d: e | 3:3 | this belongs to nothing before it",
                "a:\\n\\tb: c | 2:1 | a tab can't indent YAML",
                "a: @b | 1:4 | a text can't begin with `@`",
                "a: b: c | 1:5 | a `:` can't stand here",
                "a: b\\n  c: d | 2:4 | a `:` can't stand here",
                "a: - b | 1:4 | a list can't begin here",
                "a: b\\ncd\\nef: g | 2:1 | this key has no `:` behind it",
                "a: ,b | 1:4 | a value is missing here",
                "a: *b | 1:4 | there is no anchor `&b` before this",
                "a: \"\\d\" | 1:6 | inside double quotes `\\d` means nothing",
                "a: \"\\x9\" | 1:7 | this escape needs 2 hexadecimal digits",
                "a: b\\n---\\nc: d | 2:1 | a second document begins here",
                "a: >b\\n c | 1:5 | a text in several lines doesn't begin like this",
                "a: !<b | 1:7 | a text can't begin with `!`",
                "a: & b | 1:5 | a name is missing behind this sign",
                "%YAML a.1\\n--- b | 1:7 | a line can't begin with `%`",
            })
    void isSaidInPlainWords(String text, String place, String summary) {
        var yaml = text.replace("\\n", "\n").replace("\\t", "\t");

        assertThat(Models.tryRead(yaml).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.summary()).isEqualTo(summary);
            assertThat(finding.at().line() + ":" + finding.at().column()).isEqualTo(place);
            assertThat(finding.help()).isPresent();
        });
    }
}
