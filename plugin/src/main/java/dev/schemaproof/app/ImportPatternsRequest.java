package dev.schemaproof.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What {@code import-patterns} needs to know.
 *
 * @param model the project and its model, which need not exist
 * @param sources files and directories, relative to the project
 * @param period how long the statistics were collected
 * @param target the file to write
 */
public record ImportPatternsRequest(ModelRequest model, List<String> sources, Optional<Duration> period, Path target) {

    public ImportPatternsRequest {
        sources = List.copyOf(sources);
    }
}
