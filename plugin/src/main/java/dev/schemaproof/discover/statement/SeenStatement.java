package dev.schemaproof.discover.statement;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A statement that was seen somewhere.
 *
 * @param at file and line
 * @param name what its authors call it, where they do
 * @param sql as it stands there
 * @param values whether it has the values of one run
 * @param calls how often it ran, as far as that is known; 0 when it isn't
 * @param milliseconds how long all of that took, where it was measured
 */
public record SeenStatement(
        String at, Optional<String> name, String sql, boolean values, long calls, OptionalDouble milliseconds) {}
