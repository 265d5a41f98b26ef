package dev.schemaproof.app;

import dev.schemaproof.discover.csv.CsvDialect;
import dev.schemaproof.prove.engine.GivenDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What {@code advise} needs to know.
 *
 * @param model the project and its model, which need not exist
 * @param csv files, directories and patterns of files, relative to the project
 * @param dialect how CSV files are written
 * @param database the user's own database
 * @param sqlSchema the SQL schema whose tables are read; those of the model when empty
 * @param mostRows no more than that are read of a table
 * @param largest the size of the largest determinant that is looked for
 * @param timeout for the search in all tables
 * @param memory in bytes, for one table at a time
 * @param write whether the indexes that are missing are written into the model's files
 */
public record AdviseRequest(
        ModelRequest model,
        List<String> csv,
        CsvDialect dialect,
        Optional<GivenDatabase> database,
        Optional<String> sqlSchema,
        long mostRows,
        int largest,
        Duration timeout,
        long memory,
        boolean write) {

    public AdviseRequest {
        csv = List.copyOf(csv);
    }
}
