package dev.schemaproof.app;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code generate} needs to know.
 *
 * @param model the project
 * @param outputDirectory where artifacts go: {@code target/generated-resources/schema}
 * @param templateDirectory the user's templates, which replace ours by name; need not exist
 * @param firstMigration the folder that gets the first migration, where that is asked for
 */
public record GenerateRequest(
        ModelRequest model, Path outputDirectory, Path templateDirectory, Optional<Path> firstMigration) {}
