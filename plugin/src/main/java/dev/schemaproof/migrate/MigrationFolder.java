package dev.schemaproof.migrate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The folder where a project keeps its Flyway migrations.
 *
 * @param directory the folder, which need not exist
 */
public record MigrationFolder(Path directory) {

    /** Flyway's default names: versioned, undo, baseline and repeatable migrations, in SQL or as code. */
    private static final Pattern MIGRATION = Pattern.compile("([VUB].+|R)__.+\\.(sql|java|class)");

    /** Whether there is a migration in the folder or below. */
    public boolean hasMigrations() throws IOException {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (var files = Files.walk(directory)) {
            return files.anyMatch(
                    file -> MIGRATION.matcher(file.getFileName().toString()).matches());
        }
    }

    /** The file of the first migration, {@code V1__<description>.sql}. */
    public Path first(String description) {
        var name = description.replaceAll("[^\\p{L}\\p{N}]+", "_").toLowerCase(Locale.ROOT);
        return directory.resolve("V1__" + name + ".sql");
    }
}
