package dev.schemaproof.prove.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentsTest {

    private static final long GIB = 1L << 30;

    @Test
    void areOneGibibyteEach() {
        assertThat(Segments.of(Map.of("base/5/16384", 2 * GIB + 8192)))
                .containsExactly(
                        Map.entry("base/5/16384", GIB),
                        Map.entry("base/5/16384.1", GIB),
                        Map.entry("base/5/16384.2", 8192L));
    }

    @Test
    void anExactGibibyteNeedsNoSecond() {
        assertThat(Segments.of(Map.of("base/5/16384", GIB))).containsExactly(Map.entry("base/5/16384", GIB));
    }

    @Test
    void acceptTablespaces() {
        assertThat(Segments.of(Map.of("pg_tblspc/16400/PG_18_202506291/5/16384", 8192L)))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "base/../../x/1", "base/5/16384; rm -rf .", "base/5/", ""})
    void refuseWhatIsNoRelation(String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> Segments.of(Map.of(path, 8192L)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 8191, -8192})
    void refusePartsOfPages(long bytes) {
        assertThatIllegalArgumentException().isThrownBy(() -> Segments.of(Map.of("base/5/16384", bytes)));
    }
}
