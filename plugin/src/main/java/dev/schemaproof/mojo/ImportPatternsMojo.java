package dev.schemaproof.mojo;

import dev.schemaproof.app.GoalResult;
import dev.schemaproof.app.ImportPatterns;
import dev.schemaproof.app.ImportPatternsRequest;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Makes access patterns of the statements that an application runs: of SQL files, of the statistics that PostgreSQL keeps of
 * statements, or of its log. Statements that differ in values only are one pattern, with named parameters.
 *
 * @since 0.1.0
 */
@Mojo(name = "import-patterns", threadSafe = true)
public final class ImportPatternsMojo extends AbstractSchemaMojo {

    /**
     * What to read, relative to the project: SQL files and directories of them, with {@code -- name: GetUser :one} before each
     * statement as sqlc has it, or without; CSV files of {@code pg_stat_statements}; every other file as a log of PostgreSQL.
     *
     * @since 0.1.0
     */
    @Parameter(property = "schema.patterns")
    private @Nullable List<String> patterns;

    /**
     * How long the statistics of a CSV file were collected, such as {@code 12h}, to tell how often each statement runs.
     *
     * @since 0.1.0
     */
    @Parameter(property = "schema.period")
    private @Nullable String period;

    /**
     * The file to write.
     *
     * @since 0.1.0
     */
    @Parameter(
            property = "schema.patternsFile",
            defaultValue = "${project.build.directory}/schema/imported-patterns.yaml")
    private File patternsFile;

    @Override
    GoalResult run() throws IOException, MojoFailureException {
        var request = new ImportPatternsRequest(
                modelRequest(),
                patterns == null ? List.of() : patterns,
                period == null || period.isBlank() ? Optional.empty() : Optional.of(duration("schema.period", period)),
                absolute(patternsFile));
        return ImportPatterns.run(request, lastModel(), this::log);
    }
}
