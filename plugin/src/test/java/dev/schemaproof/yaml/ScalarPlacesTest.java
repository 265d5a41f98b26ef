package dev.schemaproof.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.model.SourceText;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every word of a scalar is looked up in the file by the place that the scalar claims for it. */
class ScalarPlacesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "k: alpha beta gamma",
                "k: 'alpha ''beta'' gamma'",
                "k: \"alpha \\\"beta\\\" \\u0041 gamma\"",
                "k: |\n  alpha\n  beta\n\n  gamma\n",
                "k: |2\n    alpha\n  beta\n   gamma\n",
                "k: >\n  alpha\n  beta\n\n\n  gamma\n    more\n  end\n",
                "k: >-\n  alpha beta\n  gamma",
                "k: alpha\n  beta\n\n  gamma\nz: 1",
                "k: 'alpha\n\n  beta\n  gamma'",
                "k: \"alpha \\\n  beta\n  gamma\"",
                "k: |\r\n  alpha\r\n  beta gamma\r\n",
                "k: |\n  😀 alpha 😀😀 beta\n  gamma",
                "k:   alpha   # comment",
                "{k: [alpha beta, gamma delta]}",
                "- k: |+\n    alpha\n\n    beta\n\n",
            })
    void everyWordStandsWhereItIsSaidTo(String yaml) {
        var file = FileText.of("f.yaml", yaml);
        var findings = new ArrayList<dev.schemaproof.diagnostic.Finding>();
        var scalars = new ArrayList<Node.Scalar>();
        collect(TreeReader.read(file, findings::add).orElseThrow(), scalars);

        assertThat(findings).isEmpty();
        assertThat(scalars).isNotEmpty();
        var words = 0;
        for (var scalar : scalars) {
            words += checkWords(scalar.source(), file.lines());
        }
        assertThat(words).isPositive();
    }

    private static int checkWords(SourceText source, List<String> lines) {
        var words = 0;
        var match = java.util.regex.Pattern.compile("[a-z]+").matcher(source.value());
        while (match.find()) {
            var at = source.locate(match.start(), match.end());
            var line = lines.get(at.line() - 1);
            var begin = line.offsetByCodePoints(0, at.column() - 1);
            assertThat(line.substring(begin))
                    .as("%s in %s", match.group(), source)
                    .startsWith(match.group());
            assertThat(at.length()).isEqualTo(match.group().length());
            words++;
        }
        return words;
    }

    @Test
    void anEscapedCharacterHasThePlaceOfItsBackslash() {
        var scalars = new ArrayList<Node.Scalar>();
        collect(
                TreeReader.read(FileText.of("f.yaml", "k: \"ab\\tc\""), finding -> {})
                        .orElseThrow(),
                scalars);

        var source = scalars.get(0).source();

        assertThat(source.value()).isEqualTo("ab\tc");
        assertThat(source.locate(2, 3).column()).isEqualTo(7);
        assertThat(source.locate(3, 4).column()).isEqualTo(9);
    }

    private static void collect(Node node, List<Node.Scalar> scalars) {
        if (node instanceof Node.Scalar scalar) {
            scalars.add(scalar);
        } else if (node instanceof Node.Sequence sequence) {
            sequence.items().forEach(item -> collect(item, scalars));
        } else if (node instanceof Node.Mapping mapping) {
            mapping.entries().forEach(entry -> collect(entry.value(), scalars));
        }
    }
}
