package dev.schemaproof.prove.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Relation files that only the server itself can reach, as those in a container: a superuser may have it run a program,
 * here {@code truncate}, which reads the lengths and the paths from its standard input.
 */
final class ProgramFiles implements RelationFiles {

    /** The server's directory of data is where its programs start. Files are never shortened. */
    private static final String EXTEND = "COPY (SELECT bytes, path FROM schemaproof_files"
            + " WHERE coalesce((pg_stat_file(path, true)).size, 0) < bytes)"
            + " TO PROGRAM 'while read -r bytes path; do truncate -s \"$bytes\" \"$path\" || exit 1; done'";

    private final DataSource superuser;

    ProgramFiles(DataSource superuser) {
        this.superuser = superuser;
    }

    @Override
    public void extend(Map<String, Long> bytesByPath) throws SQLException {
        Map<String, Long> segments = Segments.of(bytesByPath);
        try (Connection connection = superuser.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT");
            statement.execute("CREATE TEMPORARY TABLE schemaproof_files (bytes bigint, path text)");
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO schemaproof_files VALUES (?, ?)")) {
                for (Map.Entry<String, Long> segment : segments.entrySet()) {
                    insert.setLong(1, segment.getValue());
                    insert.setString(2, segment.getKey());
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            statement.execute(EXTEND);
        }
    }
}
