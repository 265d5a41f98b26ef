package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.model.DataType;
import dev.schemaproof.model.KeyValueTable.KeyType;
import dev.schemaproof.model.ScalarKind;

/** The types in which DynamoDB stores values, by the letters of its wire format. */
public enum StorageType {
    S,
    N,
    B,
    BOOL,
    L,
    M;

    static StorageType of(ValueType type) {
        return switch (type.kind()) {
            case INTEGER, DECIMAL, FLOAT -> N;
            case BOOLEAN -> BOOL;
            case BYTES -> B;
            case OTHER ->
                type.declared() instanceof DataType.Array
                        ? L
                        : type.declared().equals(new DataType.Scalar(ScalarKind.JSON)) ? M : S;
            default -> S;
        };
    }

    static StorageType of(KeyType type) {
        return switch (type) {
            case STRING -> S;
            case NUMBER -> N;
            case BINARY -> B;
        };
    }
}
