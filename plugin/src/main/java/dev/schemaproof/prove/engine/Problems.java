package dev.schemaproof.prove.engine;

import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;

/** Exceptions in the words of a user. */
final class Problems {

    private static final String CANNOT_CONNECT = "08001";
    private static final String REJECTED = "08004";
    private static final String CONNECTION_FAILED = "08006";
    private static final String PROTOCOL_VIOLATION = "08P01";
    private static final String INVALID_AUTHORIZATION = "28000";
    private static final String INVALID_PASSWORD = "28P01";
    private static final String NO_SUCH_DATABASE = "3D000";
    private static final String READ_ONLY = "25006";
    /** The right is missing. */
    static final String INSUFFICIENT_PRIVILEGE = "42501";

    private Problems() {}

    /** The first line of the deepest message that says something, fit for the end of a sentence. */
    static String sentence(Throwable problem) {
        String message = problem.getMessage();
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null && !cause.getMessage().isBlank()) {
                message = cause.getMessage();
            }
        }
        return message == null ? problem.getClass().getSimpleName() : clause(message);
    }

    /** The first line of a message, without the words and the full stop that make it a sentence of its own. */
    static String clause(String message) {
        String line = message.strip().lines().findFirst().orElse("").strip();
        line = line.replaceFirst("^(FATAL|ERROR|PANIC): +", "");
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }

    /** Why a login failed. */
    static String ofLogin(Login login, SQLException e) {
        String state = Objects.requireNonNullElse(e.getSQLState(), "");
        String server = "`" + login.address() + "`";
        String role = "role `" + login.user() + "`";
        String said = login.redact(clause(Objects.requireNonNullElse(e.getMessage(), state)));
        return switch (state) {
            case INVALID_PASSWORD ->
                "the server at " + server + " refuses " + role + ": the password is wrong or missing";
            case INVALID_AUTHORIZATION -> "the server at " + server + " refuses " + role + ": " + said;
            case NO_SUCH_DATABASE -> "the server at " + server + " has no database `" + login.databaseName() + "`";
            case PROTOCOL_VIOLATION -> "what answers at " + server + " is not a PostgreSQL: " + said;
            case REJECTED ->
                said.toLowerCase(Locale.ROOT).contains("no password was provided")
                        ? "the server at " + server + " asks for a password of " + role + ", and none is given"
                        : "the server at " + server + " refuses " + role + ": " + said;
            case CANNOT_CONNECT, CONNECTION_FAILED ->
                "no PostgreSQL answers at " + server + ": " + unreachable(login, e);
            default -> "logging in at " + server + " fails: " + said;
        };
    }

    /** Why neither a database nor a schema could be made. */
    static String ofCreation(Login login, String what, SQLException e) {
        String said = login.redact(clause(Objects.requireNonNullElse(e.getMessage(), "")));
        return READ_ONLY.equals(e.getSQLState())
                ? "the server at `" + login.address() + "` is read-only, so that no " + what + " can be made there"
                : "no " + what + " can be made at `" + login.address() + "`: " + said;
    }

    private static String unreachable(Login login, SQLException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return "the host is unknown";
            }
        }
        return login.redact(sentence(e).toLowerCase(Locale.ROOT));
    }
}
