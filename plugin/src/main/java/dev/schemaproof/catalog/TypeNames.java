package dev.schemaproof.catalog;

import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.ScalarKind;
import dev.schemaproof.model.TypeDefinition;
import java.util.Map;
import java.util.Optional;

/** The types of a model in SQL. */
final class TypeNames {

    private final Map<String, TypeDefinition> types;

    TypeNames(Model model) {
        types = model.types();
    }

    Expression written(DataType type) {
        return Expression.written(text(type));
    }

    private String text(DataType type) {
        if (type instanceof DataType.Scalar scalar) {
            return word(scalar.kind());
        }
        if (type instanceof DataType.Varying varying) {
            return "character varying(" + varying.length() + ")";
        }
        if (type instanceof DataType.Fixed fixed) {
            return "character(" + fixed.length() + ")";
        }
        if (type instanceof DataType.Decimal decimal) {
            return "numeric(" + decimal.precision() + "," + decimal.scale() + ")";
        }
        if (type instanceof DataType.Array array) {
            return text(array.element()) + "[]";
        }
        if (type instanceof DataType.Named named) {
            return Optional.ofNullable(types.get(named.name()))
                            .flatMap(TypeDefinition::schema)
                            .map(schema -> Identifiers.quoted(schema.value()) + ".")
                            .orElse("")
                    + Identifiers.quoted(named.name());
        }
        if (type instanceof DataType.Native nativeType) {
            return nativeType.text();
        }
        throw new IllegalArgumentException("a model with an unreadable type has no catalog");
    }

    /** As {@code format_type} prints it. */
    static String word(ScalarKind kind) {
        return switch (kind) {
            case TEXT -> "text";
            case UUID -> "uuid";
            case SMALLINT -> "smallint";
            case INT -> "integer";
            case BIGINT -> "bigint";
            case FLOAT -> "real";
            case DOUBLE -> "double precision";
            case BOOLEAN -> "boolean";
            case DATE -> "date";
            case TIME -> "time without time zone";
            case TIMESTAMP -> "timestamp without time zone";
            case TIMESTAMPTZ -> "timestamp with time zone";
            case INTERVAL -> "interval";
            case JSON -> "jsonb";
            case BYTES -> "bytea";
            case INET -> "inet";
        };
    }
}
