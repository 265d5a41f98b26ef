package dev.schemaproof.discover.statement;

import dev.schemaproof.discover.table.UnreadableTableException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Something that statements can be read from. */
public interface StatementSource {

    /**
     * Hands over every statement.
     *
     * @return the stretch of time in which they ran, where it is known
     * @throws UnreadableTableException with everything that is wrong with it
     */
    Optional<Duration> read(Consumer<SeenStatement> sink) throws UnreadableTableException;

    /** What could not be read of it because it is cut off, once it is read. */
    default Optional<Torn> torn() {
        return Optional.empty();
    }

    /**
     * Records that are cut off.
     *
     * @param count how many
     * @param first file and line of the first
     */
    record Torn(long count, String first) {}
}
