package dev.schemaproof.mojo;

import dev.schemaproof.app.Generate;
import dev.schemaproof.app.GenerateRequest;
import dev.schemaproof.app.GoalResult;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Validates the model and writes what is generated from it: DDL, triggers, drift and repair statements, key-value
 * layouts. The output directory becomes one of the project's resources.
 *
 * @since 0.1.0
 */
@Mojo(name = "generate", defaultPhase = LifecyclePhase.GENERATE_RESOURCES, threadSafe = true)
public final class GenerateMojo extends AbstractSchemaMojo {

    /**
     * Where artifacts go, in one directory for each store.
     *
     * @since 0.1.0
     */
    @Parameter(
            property = "schema.outputDirectory",
            defaultValue = "${project.build.directory}/generated-resources/schema")
    private File outputDirectory;

    /**
     * A directory of FreeMarker templates; each replaces the built-in one of the same name.
     *
     * @since 0.1.0
     */
    @Parameter(property = "schema.templateDirectory", defaultValue = "${project.basedir}/src/main/schema-templates")
    private File templateDirectory;

    /**
     * Writes {@code V1__<schema>.sql} into the migration directory, when that has no migration yet.
     *
     * @since 0.1.0
     */
    @Parameter(property = "schema.firstMigration", defaultValue = "false")
    private boolean firstMigration;

    /**
     * The directory of the project's Flyway migrations.
     *
     * @since 0.1.0
     */
    @Parameter(
            property = "schema.migrationDirectory",
            defaultValue = "${project.basedir}/src/main/resources/db/migration")
    private File migrationDirectory;

    /**
     * What DynamoDB costs you, for the costs in {@code design.md} and {@code capacity.json}: {@code currency},
     * {@code onDemandReadPerMillion}, {@code onDemandWritePerMillion}, {@code provisionedReadUnitHour},
     * {@code provisionedWriteUnitHour} and {@code storageGbMonth}, as elements in the POM, or as one text such as
     * {@code currency=USD, storageGbMonth=0.25}. None is built in; without any, only units are counted.
     *
     * @since 0.1.0
     */
    @Parameter(property = "schema.prices")
    private @Nullable PriceConfiguration prices;

    @Override
    GoalResult run() throws IOException, MojoFailureException {
        var output = absolute(outputDirectory);
        var result = Generate.run(
                new GenerateRequest(
                        modelRequest(),
                        output,
                        absolute(templateDirectory),
                        firstMigration ? Optional.of(absolute(migrationDirectory)) : Optional.empty(),
                        PriceConfiguration.of(prices)),
                lastModel());
        if (result.failure().isEmpty() && Files.isDirectory(output)) {
            addResource(output.toString());
        }
        return result;
    }

    private void addResource(String directory) {
        if (project().getResources().stream().noneMatch(resource -> directory.equals(resource.getDirectory()))) {
            var resource = new Resource();
            resource.setDirectory(directory);
            project().addResource(resource);
        }
    }
}
