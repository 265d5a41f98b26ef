package dev.schemaproof.analysis.type;

import java.util.List;

/**
 * One way in which a name could be meant.
 *
 * @param arguments the declared types, one for each argument that is there
 * @param result the declared type of what it gives
 * @param volatility as in the catalog
 * @param fact what the catalog says of it
 */
record Overload<T>(List<String> arguments, String result, char volatility, T fact) {

    Overload {
        arguments = List.copyOf(arguments);
    }
}
