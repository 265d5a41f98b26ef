package dev.schemaproof.app;

import java.nio.file.Path;
import java.time.LocalDate;

/**
 * What every goal needs to know of the project.
 *
 * @param project the project's directory, which paths in findings are relative to
 * @param schemaDirectory where the model is
 * @param reportDirectory where findings, proofs and the JSON Schema go: {@code target/schema}
 * @param failOn which findings fail the build
 * @param tool the plugin, whose change makes every earlier result outdated
 * @param today the day by which expiries and ages are judged
 */
public record ModelRequest(
        Path project, Path schemaDirectory, Path reportDirectory, FailOn failOn, Tool tool, LocalDate today) {

    /**
     * The plugin.
     *
     * @param version as in the POM
     * @param fingerprint changes when its code does, also under the same snapshot version
     */
    public record Tool(String version, String fingerprint) {}

    /** A path as messages show it: relative to the project where it lies inside, with forward slashes. */
    String shown(Path path) {
        var inside = path.startsWith(project) ? project.relativize(path) : path;
        return inside.toString().replace('\\', '/');
    }
}
