package dev.schemaproof.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A type that the model names for all its entities. */
public sealed interface TypeDefinition {

    Located<String> name();

    /** The SQL schema that it stands in; by default the one that comes first on the search path. */
    Optional<Located<String>> schema();

    Optional<String> description();

    /** A fixed list of labels, in order. */
    record Enumeration(
            Located<String> name,
            Optional<Located<String>> schema,
            List<Located<String>> labels,
            Optional<String> description)
            implements TypeDefinition {

        public Enumeration {
            labels = List.copyOf(labels);
        }
    }

    /**
     * A type with conditions of its own.
     *
     * @param base the type that it is made of
     * @param required whether it forbids null
     * @param defaultValue a SQL expression, verbatim
     * @param collation the name of its collation
     * @param check a SQL expression over {@code value}
     * @param checks further ones, by their constraints' names
     */
    record Domain(
            Located<String> name,
            Optional<Located<String>> schema,
            Located<DataType> base,
            boolean required,
            Optional<SourceText> defaultValue,
            Optional<Located<String>> collation,
            Optional<SourceText> check,
            Map<String, Check> checks,
            Optional<String> description)
            implements TypeDefinition {

        public Domain {
            checks = Copies.ordered(checks);
        }
    }
}
