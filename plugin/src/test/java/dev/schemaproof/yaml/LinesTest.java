package dev.schemaproof.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinesTest {

    /** Places are counted in one and shown in the other. */
    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "a\n", "a\nb", "a\r\nb\rc\n\nd", "\r\r\n\n\r", "ä\n\uD83D\uDE00 x\u2028y\n", "\n\uFEFFa"
            })
    void areThoseOfTheText(String text) {
        assertThat(new Lines(text.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(FileText.of("f", text).lines());
        assertThat(new Lines(("\uFEFF" + text).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(FileText.of("f", text).lines());
    }
}
