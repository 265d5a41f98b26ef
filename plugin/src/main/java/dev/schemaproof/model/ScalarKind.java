package dev.schemaproof.model;

import java.util.Locale;

/** The types without parameters, by the word that the language has for them. */
public enum ScalarKind {
    TEXT,
    UUID,
    SMALLINT,
    INT,
    BIGINT,
    FLOAT,
    DOUBLE,
    BOOLEAN,
    DATE,
    TIME,
    TIMESTAMP,
    TIMESTAMPTZ,
    INTERVAL,
    JSON,
    BYTES,
    INET;

    /** The word in the language. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
