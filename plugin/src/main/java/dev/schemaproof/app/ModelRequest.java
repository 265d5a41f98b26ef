package dev.schemaproof.app;

import dev.schemaproof.report.GitHubAnnotations;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What every goal needs to know of the project.
 *
 * @param project the project's directory, which paths in findings are relative to
 * @param schemaDirectory where the model is
 * @param baselineDirectory where accepted findings are listed; need not exist
 * @param reportDirectory where findings, proofs and the JSON Schema go: {@code target/schema}
 * @param failOn which findings fail the build
 * @param tool the plugin, whose change makes every earlier result outdated
 * @param today the day by which expiries and ages are judged
 * @param code the project's code, which contracts may name
 * @param annotated the root of the repository, where GitHub shows findings beside their lines; empty elsewhere
 */
public record ModelRequest(
        Path project,
        Path schemaDirectory,
        Path baselineDirectory,
        Path reportDirectory,
        FailOn failOn,
        Tool tool,
        LocalDate today,
        ProjectCode code,
        Optional<Path> annotated) {

    /** Without code. */
    public ModelRequest(
            Path project,
            Path schemaDirectory,
            Path baselineDirectory,
            Path reportDirectory,
            FailOn failOn,
            Tool tool,
            LocalDate today,
            Optional<Path> annotated) {
        this(
                project,
                schemaDirectory,
                baselineDirectory,
                reportDirectory,
                failOn,
                tool,
                today,
                ProjectCode.NONE,
                annotated);
    }

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

    /** The list of accepted findings. */
    Path baselineFile() {
        return baselineDirectory.resolve("findings.json");
    }

    /** Writes annotations where they are understood. */
    Optional<GitHubAnnotations> annotations() {
        return annotated.map(root -> new GitHubAnnotations(this::fromRepository));
    }

    /** A path of the project from the root of the repository, where that is known. */
    String fromRepository(String path) {
        var file = project.resolve(path);
        return annotated
                .filter(file::startsWith)
                .map(root -> root.relativize(file).toString().replace('\\', '/'))
                .orElse(path);
    }
}
