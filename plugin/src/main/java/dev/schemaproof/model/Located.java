package dev.schemaproof.model;

import dev.schemaproof.diagnostic.Location;

/**
 * A value and the place it was read from.
 *
 * @param value what was read
 * @param at where
 */
public record Located<T>(T value, Location at) {

    @Override
    public String toString() {
        return String.valueOf(value);
    }
}
