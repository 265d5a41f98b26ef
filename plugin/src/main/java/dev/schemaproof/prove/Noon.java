package dev.schemaproof.prove;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;

/**
 * Lets it be noon in a session, so that a proof comes to the same early and late in the day.
 *
 * <p>Rows that are made up, and statistics, have moments that end now. Then a pattern that asks for the last hour finds what is an
 * hour old at most, whenever it asks. One that asks for today would still find more and more of them as the day goes on: so
 * the session's time zone is the one in which it has just become noon, and today is always half a day old.
 */
final class Noon {

    /**
     * As POSIX writes time zones: what has to be added to come to UTC. Whole minutes, as the server takes no others; rounded so
     * that noon is past, and what ends at noon is never in the future.
     */
    private static final String ZONE = """
            SELECT set_config('TimeZone',
                              'NOON' || CASE WHEN after < 0 THEN '-' ELSE '+' END || abs(after) / 60 || ':' || abs(after) % 60,
                              false)
            FROM (SELECT floor(extract(epoch FROM now()))::bigint % 86400 / 60 - 720) AS utc(after)
            """;

    private Noon() {}

    /**
     * Makes it noon, up to a minute ago, from now on.
     *
     * @param connection in auto-commit mode
     * @return which day it is there, the same as in UTC
     */
    static LocalDate in(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(ZONE);
            try (ResultSet row = statement.executeQuery("SELECT now()::date::text")) {
                row.next();
                return LocalDate.parse(row.getString(1));
            }
        }
    }
}
