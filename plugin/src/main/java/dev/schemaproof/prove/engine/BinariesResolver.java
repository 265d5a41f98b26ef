package dev.schemaproof.prove.engine;

import java.io.IOException;
import java.nio.file.Path;

/** The port through which the embedded engine asks for its binaries; the edge fills it with Maven's resolver. */
@FunctionalInterface
public interface BinariesResolver {

    /**
     * The jar of an artifact, from the local repository or downloaded to it.
     *
     * @throws IOException with a message fit for the user, when the artifact cannot be had
     */
    Path resolve(String groupId, String artifactId, String version) throws IOException;
}
