package dev.schemaproof.yaml;

import java.util.Map;
import java.util.Optional;

/** What may stand at a place of the model. One description serves the reader and the JSON Schema, so they can't differ. */
interface Shape<T> {

    /** Binds the node; empty when it can't be read as this, which has then been reported. */
    Optional<T> read(Spot spot, Reading reading);

    /** The JSON Schema (draft 2020-12) of the texts that {@link #read} accepts. */
    Map<String, Object> schema(Definitions definitions);
}
