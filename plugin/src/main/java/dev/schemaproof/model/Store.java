package dev.schemaproof.model;

/** A database that holds a part of the model. */
public sealed interface Store permits RelationalStore, KeyValueStore {

    Located<String> name();
}
