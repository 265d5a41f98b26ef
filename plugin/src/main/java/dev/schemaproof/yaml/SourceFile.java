package dev.schemaproof.yaml;

/**
 * A file of the model.
 *
 * @param path relative to the project, with forward slashes
 * @param bytes its content; of files above {@link ModelReader#MAX_FILE_SIZE} a beginning of more than that size is enough
 */
public record SourceFile(String path, byte[] bytes) {}
