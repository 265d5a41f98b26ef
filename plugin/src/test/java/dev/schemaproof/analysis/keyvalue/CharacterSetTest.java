package dev.schemaproof.analysis.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CharacterSetTest {

    @Test
    void joinsRangesThatTouch() {
        assertThat(CharacterSet.of("cab")).isEqualTo(CharacterSet.between('a', 'c'));
    }

    @Test
    void leavesSurrogatesOut() {
        assertThat(CharacterSet.ANY.contains(0xD800)).isFalse();
        assertThat(CharacterSet.between('a', 'z').complement().contains(0xDFFF)).isFalse();
        assertThat(CharacterSet.between('a', 'z').complement().contains(0x10FFFF))
                .isTrue();
    }

    @Test
    void takesAway() {
        var rest = CharacterSet.between('a', 'e').minus(CharacterSet.of("bd"));

        assertThat(rest).isEqualTo(CharacterSet.of("ace"));
        assertThat(CharacterSet.ANY.complement().isEmpty()).isTrue();
        assertThat(rest.greatest()).hasValue('e');
    }
}
