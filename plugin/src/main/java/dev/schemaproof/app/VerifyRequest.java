package dev.schemaproof.app;

import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.prove.engine.BinariesResolver;
import dev.schemaproof.prove.engine.EngineChoice;
import dev.schemaproof.prove.engine.EngineRequest;
import dev.schemaproof.prove.engine.GivenDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What {@code verify} needs to know.
 *
 * @param generate the project and where its artifacts go
 * @param engine the engine that the user forces, or {@link EngineChoice#AUTO}
 * @param image the container image to use instead of the default one
 * @param database the user's own database
 * @param cacheDirectory where unpacked binaries are kept
 * @param baseline what is done with the plans that were kept
 * @param timeout for everything together
 * @param dynamoDb where a DynamoDB for tests listens
 * @param binaries finds the binaries of the embedded engine
 */
public record VerifyRequest(
        GenerateRequest generate,
        EngineChoice engine,
        Optional<String> image,
        Optional<GivenDatabase> database,
        Path cacheDirectory,
        BaselineUse baseline,
        Duration timeout,
        Optional<URI> dynamoDb,
        BinariesResolver binaries) {

    /** A server that has not answered by then will not; downloading an image is not counted. */
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

    /** What the engine of a store is asked for. */
    EngineRequest engineFor(RelationalStore store) {
        return new EngineRequest(engine, store.version(), image, database, cacheDirectory, START_TIMEOUT);
    }
}
