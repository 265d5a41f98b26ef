package dev.schemaproof.prove;

import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.RelationalStore.Extension;
import dev.schemaproof.prove.engine.EngineChoice;
import dev.schemaproof.prove.engine.Isolation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a store needs of a server beside tables, looked at before anything is made there. */
final class Needs {

    private static final String AVAILABLE =
            "SELECT 1 FROM pg_available_extension_versions WHERE name = ? AND (version = ? OR ? = '')";

    private final Bench bench;
    private final RelationalStore store;

    Needs(Bench bench) {
        this.bench = bench;
        this.store = bench.store();
    }

    /**
     * A need that this database cannot meet.
     *
     * @param help what can be done, one sentence each
     * @param at where the model asks for it
     */
    record Unmet(String summary, List<String> help, Location at) {}

    /** The first need that the database cannot meet, if there is one. */
    Optional<Unmet> unmet() throws SQLException {
        if (bench.request().database().isolation() == Isolation.SCHEMA) {
            return beyondASchema();
        }
        try (Connection connection = bench.connect()) {
            for (Extension extension : store.extensions().values()) {
                if (!available(connection, extension)) {
                    return Optional.of(missing(extension));
                }
            }
        }
        return Optional.empty();
    }

    /** What belongs to the whole database or server can't be made where a schema is all that we have. */
    private Optional<Unmet> beyondASchema() {
        record Need(String kind, Located<String> name) {}
        return Stream.of(
                        store.extensions().values().stream().map(one -> new Need("extension", one.name())),
                        store.roles().values().stream().map(one -> new Need("role", one.name())),
                        store.schemas().values().stream().map(one -> new Need("SQL schema", one.name())))
                .flatMap(needs -> needs)
                .findFirst()
                .map(need -> new Unmet(
                        "the model needs the " + need.kind() + " `" + need.name()
                                + "`, but only a schema may be made in the database at `schema.url`",
                        List.of(
                                "give the user of `schema.url` the right to create databases: `ALTER ROLE ... CREATEDB`",
                                "or leave out `schema.url`: a container or the embedded PostgreSQL has all rights"),
                        need.name().at()));
    }

    private static boolean available(Connection connection, Extension extension) throws SQLException {
        String version = extension.version().map(Located::value).orElse("");
        try (PreparedStatement query = connection.prepareStatement(AVAILABLE)) {
            query.setString(1, extension.name().value());
            query.setString(2, version);
            query.setString(3, version);
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    private Unmet missing(Extension extension) {
        String wanted = "`" + extension.name() + "`"
                + extension.version().map(version -> " " + version).orElse("");
        return new Unmet(
                "the model needs the extension " + wanted + ", which "
                        + bench.request().database().description() + " does not have",
                bench.request().database().engine() == EngineChoice.URL
                        ? List.of(
                                "install it on that server",
                                "or name a container image that has it with `schema.image`, and leave out `schema.url`")
                        : List.of(
                                "name a container image that has it: `-Dschema.image=<image>`, such as `postgis/postgis` or"
                                        + " `pgvector/pgvector:pg" + store.version() + "`",
                                "or give a database that has it with `schema.url`"),
                extension.name().at());
    }

    /** The store's roles that the server does not have yet, and that will be made there. */
    List<String> rolesToCome() throws SQLException {
        if (store.roles().isEmpty()) {
            return List.of();
        }
        Set<String> there = new HashSet<>();
        try (Connection connection = bench.connect();
                PreparedStatement query = connection.prepareStatement("SELECT rolname FROM pg_roles");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                there.add(row.getString(1));
            }
        }
        List<String> missing = new ArrayList<>(store.roles().keySet());
        missing.removeAll(there);
        return missing;
    }
}
