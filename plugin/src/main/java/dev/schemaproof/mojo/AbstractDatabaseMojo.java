package dev.schemaproof.mojo;

import dev.schemaproof.prove.engine.GivenDatabase;
import java.time.Duration;
import java.util.Optional;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.jspecify.annotations.Nullable;

/** What goals share that can take a database of the user's. */
abstract class AbstractDatabaseMojo extends AbstractSchemaMojo {

    /**
     * The JDBC URL of a PostgreSQL of yours. Proofs and measurements make a database of their own there, or a schema where
     * only that is allowed, and drop it afterwards; {@code schema:advise} looks at tables there, and writes nothing.
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
     * The longest that it may take, for everything together: a number of seconds, or such as {@code 90s}, {@code 10m},
     * {@code 1h}. What was not done by then is said.
     *
     * @since 0.1.0
     */
    @Parameter(property = "schema.timeout", defaultValue = "10m")
    private String timeout;

    private final SettingsDecrypter decrypter;

    AbstractDatabaseMojo(SettingsDecrypter decrypter) {
        this.decrypter = decrypter;
    }

    final Optional<GivenDatabase> database() throws MojoFailureException {
        return Logins.database(url, server, session(), decrypter);
    }

    final Duration timeout() throws MojoFailureException {
        return duration("schema.timeout", timeout);
    }
}
