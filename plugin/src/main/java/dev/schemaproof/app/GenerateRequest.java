package dev.schemaproof.app;

import dev.schemaproof.analysis.keyvalue.cost.Prices;
import dev.schemaproof.template.TemplateFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code generate} needs to know.
 *
 * @param model the project
 * @param outputDirectory where artifacts go: {@code target/generated-resources/schema}
 * @param templateDirectory the user's templates, which replace ours by name; need not exist
 * @param firstMigration the folder that gets the first migration, where that is asked for
 * @param prices by which costs are counted
 */
public record GenerateRequest(
        ModelRequest model,
        Path outputDirectory,
        Path templateDirectory,
        Optional<Path> firstMigration,
        Prices prices) {

    /** Without prices. */
    public GenerateRequest(
            ModelRequest model, Path outputDirectory, Path templateDirectory, Optional<Path> firstMigration) {
        this(model, outputDirectory, templateDirectory, firstMigration, Prices.NONE);
    }

    /** What is wrong with a template, at its place in the user's directory, or by its name where it is not the user's. */
    String failure(TemplateFailedException e) {
        var own = templateDirectory.resolve(e.template());
        return (Files.isRegularFile(own) ? model.shown(own) : e.template()) + ":" + e.line() + ":" + e.column() + ": "
                + e.getMessage();
    }
}
