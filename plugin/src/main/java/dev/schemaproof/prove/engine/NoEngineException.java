package dev.schemaproof.prove.engine;

import java.util.List;
import java.util.stream.Collectors;

/** No engine could run a database: a proof that cannot be made is a failure, unless the user skips it. */
public final class NoEngineException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * An engine that was tried.
     *
     * @param engine its name
     * @param reason why it cannot run here
     */
    public record Attempt(String engine, String reason) {}

    private final transient List<Attempt> attempts;
    private final transient List<String> help;

    public NoEngineException(String summary, List<Attempt> attempts, List<String> help) {
        super(attempts.stream()
                .map(attempt -> attempt.engine() + ": " + attempt.reason())
                .collect(Collectors.joining("; ", summary + (attempts.isEmpty() ? "" : ": "), "")));
        this.attempts = List.copyOf(attempts);
        this.help = List.copyOf(help);
    }

    /** The engines that were tried, in that order. */
    public List<Attempt> attempts() {
        return attempts;
    }

    /** What the user can do, one sentence each. */
    public List<String> help() {
        return help;
    }
}
