package dev.schemaproof.prove.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EngineChoiceTest {

    @ParameterizedTest
    @EnumSource
    void isReadFromItsWord(EngineChoice choice) {
        assertThat(EngineChoice.of(choice.word())).isEqualTo(choice);
        assertThat(choice.word()).isEqualTo(choice.name().toLowerCase(java.util.Locale.ROOT));
    }

    @Test
    void namesTheKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EngineChoice.of("docker"))
                .withMessage("no engine is called `docker`; known are `auto`, `container`, `embedded`, `url`");
    }
}
