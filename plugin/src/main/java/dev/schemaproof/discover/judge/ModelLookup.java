package dev.schemaproof.discover.judge;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The port through which a model says what it knows of a table. */
@FunctionalInterface
public interface ModelLookup {

    /** What the model says of a table with these columns; empty if it knows none by that name. */
    Optional<Known> of(String tableName, List<String> columns);

    /** A lookup in no model. */
    static ModelLookup none() {
        return (table, columns) -> Optional.empty();
    }

    /**
     * An entity of the model, in the words of the table.
     *
     * @param entity its name
     * @param attributes the attribute of each column that has one
     * @param claims what it says, with the names of columns; one without a column in the table has the attribute's name
     */
    record Known(String entity, Map<String, String> attributes, List<Claim> claims) {

        public Known {
            attributes = Map.copyOf(attributes);
            claims = List.copyOf(claims);
        }
    }
}
