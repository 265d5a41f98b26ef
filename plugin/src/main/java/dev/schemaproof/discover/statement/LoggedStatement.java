package dev.schemaproof.discover.statement;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the message of a log says of a statement.
 *
 * @param sql the statement
 * @param values whether it has the values of one run
 * @param milliseconds how long it took, where the server was asked for that
 */
record LoggedStatement(String sql, boolean values, OptionalDouble milliseconds) {

    private static final String DURATION = "(?:duration: (?<took>[0-9.]{1,20}) ms  )?";

    /**
     * {@code duration: 0.312 ms  execute <unnamed>: SELECT ...}; without a duration the server was not asked for it. The extended
     * protocol keeps values apart, the simple one has them in the text.
     */
    private static final Pattern STATEMENT = Pattern.compile(
            DURATION + "(?:(?<simple>statement)|(?:execute|execute fetch from) [^:]{1,200}): (?<sql>.*)",
            Pattern.DOTALL);

    /** What the module auto_explain writes: the statement, and behind it the plan, whose nodes have costs. */
    private static final Pattern PLAN = Pattern.compile(
            DURATION
                    + "plan:\\s{1,20}Query Text: (?<sql>.*?)(?:\\n *Query Parameters: .*|\\n *[^\\n]{1,500}  \\(cost=.*|$)",
            Pattern.DOTALL);

    /** The same with {@code auto_explain.log_format = json}. */
    private static final Pattern JSON_PLAN = Pattern.compile(DURATION + "plan:\\s{1,20}(?<json>\\{.*)", Pattern.DOTALL);

    /**
     * Reads a message.
     *
     * @param message all its lines, without what stands before the severity
     * @return empty if it isn't about a statement that ran
     */
    static Optional<LoggedStatement> of(String message) {
        var statement = STATEMENT.matcher(message);
        if (statement.matches()) {
            return Optional.of(new LoggedStatement(
                    statement.group("sql"), statement.group("simple") != null, took(statement.group("took"))));
        }
        var json = JSON_PLAN.matcher(message);
        if (json.matches()) {
            return LogRecords.text(json.group("json"), "Query Text")
                    .map(sql -> new LoggedStatement(sql, !sql.contains("$1"), took(json.group("took"))));
        }
        var plan = PLAN.matcher(message);
        return plan.matches()
                ? Optional.of(new LoggedStatement(
                        plan.group("sql"), !plan.group("sql").contains("$1"), took(plan.group("took"))))
                : Optional.empty();
    }

    private static OptionalDouble took(@Nullable String milliseconds) {
        return milliseconds == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(milliseconds));
    }
}
