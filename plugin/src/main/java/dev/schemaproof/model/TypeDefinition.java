package dev.schemaproof.model;

import java.util.List;
import java.util.Optional;

/** A type that the model names for all its entities. */
public sealed interface TypeDefinition {

    Located<String> name();

    /** A fixed list of labels, in order. */
    record Enumeration(Located<String> name, List<Located<String>> labels) implements TypeDefinition {

        public Enumeration {
            labels = List.copyOf(labels);
        }
    }

    /**
     * A type with a condition of its own.
     *
     * @param check a SQL expression over {@code value}
     */
    record Domain(Located<String> name, Located<DataType> base, Optional<SourceText> check) implements TypeDefinition {}
}
