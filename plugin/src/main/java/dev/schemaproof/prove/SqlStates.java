package dev.schemaproof.prove;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/** What the codes of PostgreSQL's errors mean for a proof (appendix A of its manual). */
final class SqlStates {

    private static final Set<String> RETRY = Set.of("40001", "40P01");
    private static final Set<String> GONE = Set.of("57P01", "57P02", "57P03", "57P04", "57P05");

    private SqlStates() {}

    private static String of(SQLException error) {
        return Optional.ofNullable(error.getSQLState()).orElse("");
    }

    /** A serialization failure or deadlock: the transaction is expected to be tried again. */
    static boolean retry(SQLException error) {
        return RETRY.contains(of(error));
    }

    /** A lock was not to be had in the time that was set. */
    static boolean waitedTooLong(SQLException error) {
        return of(error).equals("55P03");
    }

    /** A constraint does not allow it. */
    static boolean refused(SQLException error) {
        return of(error).startsWith("23");
    }

    /** The statement was cancelled, by a timeout of ours as a rule. */
    static boolean cancelled(SQLException error) {
        return of(error).equals("57014") || waitedTooLong(error);
    }

    /** The connection, or the whole server, is no longer there. */
    static boolean gone(SQLException error) {
        return of(error).startsWith("08") || GONE.contains(of(error));
    }
}
