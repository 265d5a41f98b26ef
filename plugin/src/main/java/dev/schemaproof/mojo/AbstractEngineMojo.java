package dev.schemaproof.mojo;

import dev.schemaproof.app.BaselineUse;
import dev.schemaproof.app.GenerateRequest;
import dev.schemaproof.app.VerifyRequest;
import dev.schemaproof.prove.engine.EngineChoice;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.jspecify.annotations.Nullable;

/** What goals share that apply what is generated to a database which runs for them. */
abstract class AbstractEngineMojo extends AbstractDatabaseMojo {

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

    /**
     * Where a DynamoDB for tests listens, for example {@code http://localhost:8000}. Proofs make tables with names of their own there and
     * drop them afterwards. Without it they are made with a built-in evaluator.
     *
     * @since 0.1.0
     */
    @Parameter(property = "schema.dynamoDbEndpoint")
    private @Nullable String dynamoDbEndpoint;

    /**
     * What DynamoDB costs you, as for {@code schema:generate}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "schema.prices")
    private @Nullable PriceConfiguration prices;

    private final RepositorySystem repositories;

    AbstractEngineMojo(RepositorySystem repositories, SettingsDecrypter decrypter) {
        super(decrypter);
        this.repositories = repositories;
    }

    /** What a run on an engine needs to know. */
    final VerifyRequest verifyRequest(BaselineUse baseline) throws MojoFailureException {
        return new VerifyRequest(
                new GenerateRequest(
                        modelRequest(),
                        absolute(outputDirectory),
                        absolute(templateDirectory),
                        Optional.empty(),
                        PriceConfiguration.of(prices)),
                word("schema.engine", engine, EngineChoice.values()),
                Optional.ofNullable(image),
                database(),
                absolute(cacheDirectory),
                baseline,
                timeout(),
                dynamoDb(),
                this::resolve);
    }

    private Optional<URI> dynamoDb() throws MojoFailureException {
        if (dynamoDbEndpoint == null || dynamoDbEndpoint.isBlank()) {
            return Optional.empty();
        }
        var said = "`schema.dynamoDbEndpoint` is `" + dynamoDbEndpoint + "`, ";
        URI address;
        try {
            address = new URI(dynamoDbEndpoint.strip());
        } catch (URISyntaxException e) {
            throw new MojoFailureException(said + "which is no address: " + e.getMessage(), e);
        }
        var host = address.getHost();
        if (host == null || !List.of("http", "https").contains(address.getScheme())) {
            throw new MojoFailureException(said + "which is no address such as `http://localhost:8000`");
        }
        if (host.endsWith(".amazonaws.com")) {
            throw new MojoFailureException(said
                    + "and proofs are made on a DynamoDB for tests only, such as DynamoDB Local, never in an account");
        }
        return Optional.of(address);
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
