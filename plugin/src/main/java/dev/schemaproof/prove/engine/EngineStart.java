package dev.schemaproof.prove.engine;

import java.util.Objects;

/** How the start of an engine ended. */
public sealed interface EngineStart {

    /**
     * The engine runs.
     *
     * @param database to be closed by whoever asked for the start
     */
    record Started(RunningDatabase database) implements EngineStart {
        public Started {
            Objects.requireNonNull(database, "database");
        }
    }

    /**
     * The engine cannot run here; nothing of it is left behind.
     *
     * @param reason one sentence for the user, in lower case, without a full stop
     * @param answered whether the engine is there but failed, as a Docker that answers but has no image: a fallback
     *     from that is worth a warning, one from a machine without Docker is not
     */
    record Unavailable(String reason, boolean answered) implements EngineStart {
        public Unavailable {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
