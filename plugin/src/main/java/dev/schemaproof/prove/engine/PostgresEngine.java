package dev.schemaproof.prove.engine;

/** One way to run a PostgreSQL. Implementations are safe for use by several threads at once. */
public interface PostgresEngine {

    /** The choice that forces this engine; never {@link EngineChoice#AUTO}. */
    EngineChoice choice();

    /** The engine's name in messages, as {@code embedded PostgreSQL}. */
    String name();

    /** Starts a server, or connects to it, and makes an empty database for this run. Never hangs beyond its timeouts. */
    EngineStart start(EngineRequest request);
}
