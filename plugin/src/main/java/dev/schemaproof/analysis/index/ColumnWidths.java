package dev.schemaproof.analysis.index;

import dev.schemaproof.analysis.BaseTypes;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.DataType;

/** How many bytes a value takes: as the model declares, else as is usual for its type. */
public final class ColumnWidths {

    /** Text that nothing is known about, and values of expressions. */
    public static final int USUAL_TEXT = 32;

    private static final int USUAL_DOCUMENT = 200;

    private ColumnWidths() {}

    /** The average number of bytes of the attribute's values. */
    public static int of(Attribute attribute, BaseTypes types) {
        return attribute
                .values()
                .width()
                .orElseGet(() -> of(types.of(attribute.type().value())));
    }

    private static int of(DataType type) {
        if (type instanceof DataType.Scalar scalar) {
            return switch (scalar.kind()) {
                case BOOLEAN -> 1;
                case SMALLINT -> 2;
                case INT, FLOAT, DATE -> 4;
                case BIGINT, DOUBLE, TIME, TIMESTAMP, TIMESTAMPTZ -> 8;
                case UUID, INTERVAL -> 16;
                case INET -> 7;
                case TEXT -> USUAL_TEXT;
                case JSON, BYTES -> USUAL_DOCUMENT;
            };
        }
        if (type instanceof DataType.Varying varying) {
            return Math.min(USUAL_TEXT, varying.length() / 2 + 1);
        }
        if (type instanceof DataType.Fixed fixed) {
            return fixed.length() + 1;
        }
        if (type instanceof DataType.Decimal decimal) {
            return 3 + decimal.precision() / 2;
        }
        if (type instanceof DataType.Array) {
            return 2 * USUAL_TEXT;
        }
        return type instanceof DataType.Named ? 4 : USUAL_TEXT;
    }
}
