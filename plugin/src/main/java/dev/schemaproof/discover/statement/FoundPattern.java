package dev.schemaproof.discover.statement;

import java.util.OptionalDouble;

/**
 * An access pattern that was found.
 *
 * @param name in kebab-case, no other's
 * @param sql with named parameters
 * @param at where it was seen first
 * @param calls how often it was seen to run, 0 where that isn't known
 * @param milliseconds how long each run took on average, where it was measured
 * @param perSecond how often it runs, where the time is known
 */
public record FoundPattern(
        String name, String sql, String at, long calls, OptionalDouble milliseconds, OptionalDouble perSecond) {}
