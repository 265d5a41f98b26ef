package dev.schemaproof.analysis.access;

import dev.schemaproof.analysis.BaseTypes;
import dev.schemaproof.model.DataType;
import dev.schemaproof.sql.SqlExpression;
import dev.schemaproof.sql.SqlExpression.Literal;
import java.util.Set;

/**
 * Whether PostgreSQL compares a column with a value as it is. Otherwise it converts the column of every row, and no index on
 * it helps: {@code int_column = 5::numeric}.
 */
final class ValueTypes {

    /** Types that are compared with each other without conversion of the column. */
    private enum Family {
        INTEGER,
        NUMERIC,
        FLOAT,
        TEXT,
        TIME,
        /** Takes on the type of what it is compared with, or isn't known. */
        ANY
    }

    private static final Set<String> INTEGERS =
            Set.of("int", "integer", "int4", "bigint", "int8", "smallint", "int2", "serial", "bigserial");

    private static final Set<String> FLOATS = Set.of("float", "float8", "double precision", "real", "float4");

    private final BaseTypes types;

    ValueTypes(BaseTypes types) {
        this.types = types;
    }

    boolean fits(DataType column, SqlExpression value, Scope scope) {
        return fits(family(column), family(value, scope));
    }

    boolean fits(DataType column, DataType other) {
        return fits(family(column), family(other));
    }

    private static boolean fits(Family column, Family value) {
        if (column == Family.ANY || value == Family.ANY || column == value) {
            return true;
        }
        return switch (column) {
            case NUMERIC -> value == Family.INTEGER;
            case FLOAT -> value == Family.INTEGER || value == Family.NUMERIC;
            default -> false;
        };
    }

    private Family family(DataType type) {
        var base = types.of(type);
        if (base instanceof DataType.Decimal) {
            return Family.NUMERIC;
        } else if (base instanceof DataType.Scalar scalar) {
            return switch (scalar.kind()) {
                case SMALLINT, INT, BIGINT -> Family.INTEGER;
                case FLOAT, DOUBLE -> Family.FLOAT;
                case TEXT -> Family.TEXT;
                case DATE, TIMESTAMP, TIMESTAMPTZ -> Family.TIME;
                default -> Family.ANY;
            };
        }
        return base instanceof DataType.Varying ? Family.TEXT : Family.ANY;
    }

    private Family family(SqlExpression value, Scope scope) {
        if (value instanceof Literal literal && literal.kind() == Literal.Kind.NUMBER) {
            return literal.value().matches("[0-9]+") ? Family.INTEGER : Family.NUMERIC;
        } else if (value instanceof SqlExpression.Cast cast) {
            return family(cast.type());
        } else if (value instanceof SqlExpression.Column column
                && scope.meaning(column) instanceof Scope.Meaning.Own own) {
            return family(own.attribute().type().value());
        } else if (value instanceof SqlExpression.Operation operation
                && operation.operands().size() == 1) {
            return family(operation.operands().get(0), scope);
        }
        return Family.ANY;
    }

    private static Family family(String type) {
        var name = type.replaceFirst("\\(.*", "").strip();
        if (INTEGERS.contains(name)) {
            return Family.INTEGER;
        } else if (FLOATS.contains(name)) {
            return Family.FLOAT;
        } else if (name.equals("numeric") || name.equals("decimal")) {
            return Family.NUMERIC;
        } else if (name.equals("text") || name.equals("varchar") || name.equals("character varying")) {
            return Family.TEXT;
        }
        return name.equals("date") || name.startsWith("timestamp") ? Family.TIME : Family.ANY;
    }
}
