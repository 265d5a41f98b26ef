package dev.schemaproof.mojo;

import dev.schemaproof.app.BaselineUse;
import dev.schemaproof.app.GenerateRequest;
import dev.schemaproof.app.GoalResult;
import dev.schemaproof.app.Verify;
import dev.schemaproof.app.VerifyRequest;
import dev.schemaproof.prove.engine.EngineChoice;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.jspecify.annotations.Nullable;

/**
 * Applies everything that is generated to a real database, and shows that each access pattern uses its index, each
 * trigger keeps its copy exact while others write, and that the database has exactly the schema that the model says.
 * What is made for that is dropped afterwards. Writes {@code target/schema/proof.md} and {@code proof.json}, and all contracts
 * with their answers and proofs as {@code contracts.md} and {@code contracts.json}.
 *
 * @since 0.1.0
 */
@Mojo(name = "verify", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true)
public final class VerifyMojo extends AbstractSchemaMojo {

    /**
     * Skips the proofs.
     *
     * @since 0.1.0
     */
    @Parameter(property = "schema.skipVerify", defaultValue = "false")
    private boolean skipVerify;

    /**
     * Skips the proofs together with the integration tests.
     *
     * @since 0.1.0
     */
    @Parameter(property = "skipITs", defaultValue = "false")
    private boolean skipITs;

    /**
     * What runs the database: {@code auto} takes {@code schema.url} when it is given, else a container when Docker
     * answers, else an embedded PostgreSQL; {@code url}, {@code container} and {@code embedded} force one.
     *
     * @since 0.1.0
     */
    @Parameter(property = "schema.engine", defaultValue = "auto")
    private String engine;

    /**
     * The container image to use instead of {@code postgres:<version>}, for example one with the extensions that the
     * model needs.
     *
     * @since 0.1.0
     */
    @Parameter(property = "schema.image")
    private @Nullable String image;

    /**
     * The JDBC URL of a PostgreSQL of yours. The proofs make a database of their own there, or a schema where only that
     * is allowed, and drop it afterwards.
     *
     * @since 0.1.0
     */
    @Parameter(property = "schema.url")
    private @Nullable String url;

    /**
     * The id of the server in {@code settings.xml} that holds the user name and password for {@code schema.url}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "schema.server")
    private @Nullable String server;

    /**
     * What becomes of the plans that are kept in {@code schema.baselineDirectory}: {@code compare} fails where an access
     * pattern is planned at more cost than before, {@code update} keeps the plans as they are now. Meant for the command
     * line.
     *
     * @since 0.1.0
     */
    @Parameter(property = "schema.baseline", defaultValue = "compare")
    private String baseline;

    /**
     * The longest that the proofs may take: a number of seconds, or such as {@code 90s}, {@code 10m}, {@code 1h}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "schema.timeout", defaultValue = "10m")
    private String timeout;

    /**
     * Where artifacts go, as for {@code schema:generate}.
     *
     * @since 0.1.0
     */
    @Parameter(
            property = "schema.outputDirectory",
            defaultValue = "${project.build.directory}/generated-resources/schema")
    private File outputDirectory;

    /**
     * A directory of FreeMarker templates, as for {@code schema:generate}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "schema.templateDirectory", defaultValue = "${project.basedir}/src/main/schema-templates")
    private File templateDirectory;

    /**
     * Where the binaries of the embedded PostgreSQL are kept unpacked, for all builds of a user.
     *
     * @since 0.1.0
     */
    @Parameter(property = "schema.cacheDirectory", defaultValue = "${user.home}/.cache/schemaproof")
    private File cacheDirectory;

    private final RepositorySystem repositories;
    private final SettingsDecrypter decrypter;

    @Inject
    VerifyMojo(RepositorySystem repositories, SettingsDecrypter decrypter) {
        this.repositories = repositories;
        this.decrypter = decrypter;
    }

    @Override
    GoalResult run() throws IOException, MojoFailureException {
        if (skipVerify || skipITs) {
            getLog().info("proofs skipped, as `" + (skipVerify ? "schema.skipVerify" : "skipITs") + "` is set");
            return GoalResult.nothing();
        }
        var request = new VerifyRequest(
                new GenerateRequest(
                        modelRequest(), absolute(outputDirectory), absolute(templateDirectory), Optional.empty()),
                engineChoice(),
                Optional.ofNullable(image),
                Logins.database(url, server, session(), decrypter),
                absolute(cacheDirectory),
                word("schema.baseline", baseline, BaselineUse.values()),
                duration("schema.timeout", timeout),
                this::resolve);
        return Verify.run(request, lastModel(), this::log);
    }

    private EngineChoice engineChoice() throws MojoFailureException {
        return word("schema.engine", engine, EngineChoice.values());
    }

    /** Finds a jar as Maven finds plugins: in the local repository, else in the plugin repositories. */
    private Path resolve(String groupId, String artifactId, String version) throws IOException {
        var artifact = new DefaultArtifact(groupId, artifactId, "jar", version);
        var wanted = new ArtifactRequest(artifact, project().getRemotePluginRepositories(), null);
        try {
            return repositories
                    .resolveArtifact(session().getRepositorySession(), wanted)
                    .getArtifact()
                    .getFile()
                    .toPath();
        } catch (ArtifactResolutionException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
