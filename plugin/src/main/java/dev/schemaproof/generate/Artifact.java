package dev.schemaproof.generate;

/**
 * A generated text.
 *
 * @param path where it belongs below the output directory, with forward slashes, such as {@code main/schema.sql}
 * @param text its content, lines ended by {@code \\n}
 */
public record Artifact(String path, String text) {}
