package dev.schemaproof.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FileTextTest {

    private static final String TEXT = "a\r\nb\rc\n\n\uD83D\uDE00d\r\r\n";

    @Test
    void breaksLinesAsYamlDoes() {
        assertThat(FileText.of("model.yaml", TEXT).lines()).containsExactly("a", "b", "c", "", "\uD83D\uDE00d", "", "");
    }

    @Test
    void countsInCodePoints() {
        var text = FileText.of("model.yaml", TEXT);

        assertThat(text.codePoints()).isEqualTo(TEXT.codePoints().toArray());
        assertThat(text.lineStarts()).containsExactly(0, 3, 5, 7, 8, 11, 13);
        assertThat(IntStream.range(0, 7).map(text::endOfLine)).containsExactly(1, 4, 6, 7, 10, 11, 13);
    }

    @Test
    void hasOneLineWhenEmpty() {
        assertThat(FileText.of("model.yaml", "").lines()).containsExactly("");
    }
}
