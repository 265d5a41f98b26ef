package dev.schemaproof.published;

import dev.schemaproof.prove.engine.RunningDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a database's catalog says, one line a fact, sorted: {@code column users.email | 3 | text | not null}.
 *
 * @param header what the facts are of, lines that begin with {@code #}
 * @param lines the facts
 */
record CatalogFacts(List<String> header, List<String> lines) {

    /** Between the parts of a fact. */
    static final String SEPARATOR = " | ";

    CatalogFacts {
        header = List.copyOf(header);
        lines = lines.stream().sorted().toList();
    }

    /** What the catalog of the database says. */
    static CatalogFacts of(RunningDatabase database) throws SQLException {
        var lines = new ArrayList<String>();
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("SET search_path TO public");
            try (var rows = statement.executeQuery(query())) {
                while (rows.next()) {
                    lines.add(rows.getString(1));
                }
            }
        }
        return new CatalogFacts(List.of(), lines);
    }

    /** What was written down. */
    static CatalogFacts read(Path file) throws IOException {
        var header = new ArrayList<String>();
        var lines = new ArrayList<String>();
        for (var line : Files.readAllLines(file)) {
            if (line.startsWith("#")) {
                header.add(line);
            } else if (!line.isBlank()) {
                lines.add(line);
            }
        }
        return new CatalogFacts(header, lines);
    }

    /** What these facts say and the others don't, and what only the others say. */
    List<String> differences(CatalogFacts others) {
        return Stream.concat(
                        lines.stream()
                                .filter(line -> !others.lines.contains(line))
                                .map("missing: "::concat),
                        others.lines.stream()
                                .filter(line -> !lines.contains(line))
                                .map("unexpected: "::concat))
                .toList();
    }

    void write(Path file) throws IOException {
        var all = new ArrayList<>(header);
        all.addAll(lines);
        Files.writeString(file, String.join("\n", all) + "\n");
    }

    private static String query() {
        try (var stream = CatalogFacts.class.getResourceAsStream("/published/facts.sql")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
