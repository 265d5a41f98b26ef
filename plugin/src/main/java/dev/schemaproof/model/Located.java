package dev.schemaproof.model;

import dev.schemaproof.diagnostic.Location;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A value and the place it was read from.
 *
 * @param value what was read
 * @param at where
 */
public record Located<T>(T value, Location at) {

    /** What was read at several places. */
    public static <T> List<T> values(List<Located<T>> all) {
        var values = new ArrayList<T>(all.size());
        for (var one : all) {
            values.add(one.value());
        }
        return Collections.unmodifiableList(values);
    }

    @Override
    public String toString() {
        return String.valueOf(value);
    }
}
