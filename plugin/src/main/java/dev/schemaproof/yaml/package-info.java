/** YAML text to positioned nodes to the model: the language's description, by which the reader binds and the JSON Schema is written. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.yaml;
