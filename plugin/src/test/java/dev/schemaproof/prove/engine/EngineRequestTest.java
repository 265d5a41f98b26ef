package dev.schemaproof.prove.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineRequestTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db.example:5433/shop?user=ann&password=s3cret",
                "jdbc:postgresql://ann:s3cret@db.example:5433/shop"
            })
    void neverPrintsThePassword(String url) {
        GivenDatabase given = new GivenDatabase(url, Optional.of("ann"), Optional.of("s3cret"));
        EngineRequest request = new EngineRequest(
                EngineChoice.AUTO, 18, Optional.empty(), Optional.of(given), Path.of("cache"), Duration.ofSeconds(1));

        assertThat(request.toString())
                .doesNotContain("s3cret")
                .contains("jdbc:postgresql://db.example:5433/shop", "user=ann");
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 19})
    void refusesVersionsThatAreNotSupported(int major) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EngineRequest(
                        EngineChoice.AUTO,
                        major,
                        Optional.empty(),
                        Optional.empty(),
                        Path.of("cache"),
                        Duration.ofSeconds(1)))
                .withMessage("PostgreSQL " + major + " is not supported; known are 15 to 18");
    }

    @Test
    void refusesATimeoutThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EngineRequest(
                        EngineChoice.AUTO, 18, Optional.empty(), Optional.empty(), Path.of("cache"), Duration.ZERO));
    }
}
