package dev.schemaproof.prove.engine;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;

/** Relation files that this JVM can reach. */
final class SegmentFiles implements RelationFiles {

    private final Path data;
    private final Account account;
    private final DataSource dataSource;

    SegmentFiles(Path data, Account account, DataSource dataSource) {
        this.data = data;
        this.account = account;
        this.dataSource = dataSource;
    }

    @Override
    public void extend(Map<String, Long> bytesByPath) throws SQLException {
        Map<String, Long> segments = Segments.of(bytesByPath);
        try (Connection connection = dataSource.getConnection()) {
            Scratch.execute(connection, "CHECKPOINT");
        }
        for (Map.Entry<String, Long> segment : segments.entrySet()) {
            try {
                lengthen(data.resolve(segment.getKey()), segment.getValue());
            } catch (IOException e) {
                throw new SQLException("relation file `" + segment.getKey() + "` cannot be extended", e);
            }
        }
    }

    private void lengthen(Path path, long bytes) throws IOException {
        boolean made = !Files.exists(path);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            if (file.length() < bytes) {
                file.setLength(bytes);
            }
        }
        if (made) {
            account.give(path);
        }
    }
}
