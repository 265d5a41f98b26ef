package dev.schemaproof.mojo;

import dev.schemaproof.prove.engine.GivenDatabase;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.jspecify.annotations.Nullable;

/** The user's own database, with the login that {@code settings.xml} has for it. */
final class Logins {

    private Logins() {}

    /**
     * The database at a URL.
     *
     * @param url none is meant where it is blank
     * @param server the id of a server in {@code settings.xml}, or blank
     */
    static Optional<GivenDatabase> database(
            @Nullable String url, @Nullable String server, MavenSession session, SettingsDecrypter decrypter)
            throws MojoFailureException {
        if (url == null || url.isBlank()) {
            return Optional.empty();
        }
        if (server == null || server.isBlank()) {
            return Optional.of(new GivenDatabase(url, Optional.empty(), Optional.empty()));
        }
        var known = session.getSettings().getServer(server);
        if (known == null) {
            throw new MojoFailureException("`schema.server` is `" + server + "`, but settings.xml has no such server");
        }
        var decrypted = decrypter.decrypt(new DefaultSettingsDecryptionRequest(known));
        return Optional.of(new GivenDatabase(
                url,
                Optional.ofNullable(decrypted.getServer().getUsername()),
                Optional.ofNullable(decrypted.getServer().getPassword())));
    }
}
