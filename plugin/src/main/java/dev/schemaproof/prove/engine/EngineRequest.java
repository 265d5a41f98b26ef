package dev.schemaproof.prove.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run asks of an engine.
 *
 * @param choice the engine that the user forces, or {@link EngineChoice#AUTO}
 * @param majorVersion the PostgreSQL version that the model is written for, {@value #OLDEST_MAJOR} to {@value #NEWEST_MAJOR}
 * @param image the container image to use instead of {@code postgres:<majorVersion>}
 * @param given the user's own database
 * @param cacheDirectory where unpacked binaries are kept from one build to the next; made when missing
 * @param startTimeout the longest that a server may take from its start to its first answer
 */
public record EngineRequest(
        EngineChoice choice,
        int majorVersion,
        Optional<String> image,
        Optional<GivenDatabase> given,
        Path cacheDirectory,
        Duration startTimeout) {

    /** The oldest PostgreSQL that models can be proven on. */
    public static final int OLDEST_MAJOR = 15;

    /** The newest PostgreSQL that models can be proven on. */
    public static final int NEWEST_MAJOR = 18;

    public EngineRequest {
        Objects.requireNonNull(choice, "choice");
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(given, "given");
        Objects.requireNonNull(cacheDirectory, "cacheDirectory");
        if (majorVersion < OLDEST_MAJOR || majorVersion > NEWEST_MAJOR) {
            throw new IllegalArgumentException("PostgreSQL " + majorVersion + " is not supported; known are "
                    + OLDEST_MAJOR + " to " + NEWEST_MAJOR);
        }
        if (startTimeout.isNegative() || startTimeout.isZero()) {
            throw new IllegalArgumentException("the start timeout must be longer than " + startTimeout);
        }
    }
}
