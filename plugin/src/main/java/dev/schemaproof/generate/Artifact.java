package dev.schemaproof.generate;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * A generated text.
 *
 * @param path where it belongs below the output directory, with forward slashes, such as {@code main/schema.sql}
 * @param text its content, lines ended by {@code \\n}
 */
public record Artifact(String path, String text) {

    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}");

    /**
     * A file's name for a name of the model, which may hold anything: itself where every file system takes it, else what is
     * left of it and a hash, so that two names stay two.
     */
    public static String fileName(String name) {
        if (HARMLESS.matcher(name).matches()) {
            return name;
        }
        var hash = new CRC32();
        hash.update(name.getBytes(StandardCharsets.UTF_8));
        var left = name.replaceAll("[^A-Za-z0-9_-]+", "-");
        return left.substring(0, Math.min(left.length(), 80)) + String.format("-%08x", hash.getValue());
    }
}
