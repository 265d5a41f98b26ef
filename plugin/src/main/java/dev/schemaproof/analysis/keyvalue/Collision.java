package dev.schemaproof.analysis.keyvalue;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A key that more than one item can have, so that one of them is lost. */
public sealed interface Collision {

    /** The table. */
    String table();

    /**
     * A key, as text for each key attribute.
     *
     * @param parts by the key attribute's name
     */
    record Key(Map<String, String> parts) {

        public Key {
            parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
        }
    }

    /**
     * Two rows of one entity have one key.
     *
     * @param item the item
     * @param causes why the key doesn't tell them apart, in the order of the templates
     * @param example two such rows, if they could be made up
     */
    record Within(ItemDesign item, List<Cause> causes, Optional<Twins> example) implements Collision {

        public Within {
            causes = List.copyOf(causes);
        }

        @Override
        public String table() {
            return item.table().name().value();
        }
    }

    /**
     * What a variable leaves of its value in the key.
     *
     * @param template the template
     * @param variable the variable
     * @param kind what becomes of the value
     */
    record Cause(KeyTemplate template, KeyTemplate.Part.Variable variable, Kind kind) {

        /** What becomes of a value in a key. */
        public enum Kind {
            /** All of it is there. */
            KEPT,
            /** Its format writes different values alike. */
            SHORTENED,
            /** The key's text can be read in two ways. */
            ILLEGIBLE
        }
    }

    /**
     * Two rows with one key.
     *
     * @param key the key
     * @param first the values that matter of one row, by path
     * @param second those of the other
     */
    record Twins(Key key, Map<String, String> first, Map<String, String> second) {

        public Twins {
            first = Collections.unmodifiableMap(new LinkedHashMap<>(first));
            second = Collections.unmodifiableMap(new LinkedHashMap<>(second));
        }
    }

    /**
     * Rows of two entities have one key.
     *
     * @param first the item that is declared first
     * @param second the other
     * @param example such a key; nothing where only the values that occur twice in a key could keep them apart
     */
    record Between(ItemDesign first, ItemDesign second, Optional<Key> example) implements Collision {

        @Override
        public String table() {
            return first.table().name().value();
        }
    }
}
