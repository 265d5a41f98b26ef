package dev.schemaproof.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the database keeps a primary or unique key, beyond its attributes.
 *
 * @param include attributes that its index carries without being sorted by them
 * @param nullsNotDistinct whether two rows without a value count as equal; of a unique key only
 * @param deferral when it is checked
 * @param storage storage parameters of its index
 * @param description what it is for
 */
public record KeyDesign(
        List<Located<String>> include,
        boolean nullsNotDistinct,
        Deferral deferral,
        Map<String, Located<String>> storage,
        Optional<String> description) {

    public KeyDesign {
        include = List.copyOf(include);
        storage = Copies.ordered(storage);
    }

    /** A key of which only the attributes were given. */
    public static KeyDesign plain() {
        return new KeyDesign(List.of(), false, Deferral.NOT_DEFERRABLE, Map.of(), Optional.empty());
    }
}
