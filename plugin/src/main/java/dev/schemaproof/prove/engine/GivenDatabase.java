package dev.schemaproof.prove.engine;

import java.util.Objects;
import java.util.Optional;

/**
 * A database of the user's, as given by {@code schema.url} and {@code schema.server}.
 *
 * @param url a JDBC URL, {@code jdbc:postgresql:...}; it may carry query parameters, a password among them
 * @param user the name to log in with; what the URL says, or the driver's default, when empty
 * @param password never printed, here or in any message of this package
 */
public record GivenDatabase(String url, Optional<String> user, Optional<String> password) {

    public GivenDatabase {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
    }

    /** The URL without its parameters and without what stands before an {@code @}: fit for a log. */
    public String shownUrl() {
        int query = url.indexOf('?');
        String bare = query < 0 ? url : url.substring(0, query);
        int slashes = bare.indexOf("//");
        int at = bare.lastIndexOf('@');
        return slashes < 0 || at < slashes ? bare : bare.substring(0, slashes + 2) + bare.substring(at + 1);
    }

    @Override
    public String toString() {
        return "GivenDatabase[url=" + shownUrl() + ", user=" + user.orElse("?") + "]";
    }
}
