package dev.schemaproof.prove;

import dev.schemaproof.prove.data.Synthesizer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement with its values, to be run as often as need be.
 *
 * @param sql with a placeholder for each value
 * @param values as texts
 */
record Command(String sql, List<@Nullable String> values) {

    Command {
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    /** Runs it; answers how many rows it changed. */
    int run(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Synthesizer.bind(statement, values);
            return statement.executeUpdate();
        }
    }
}
