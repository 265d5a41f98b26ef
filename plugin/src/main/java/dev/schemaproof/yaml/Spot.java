package dev.schemaproof.yaml;

import dev.schemaproof.model.Located;

/**
 * A node and the key it stands behind.
 *
 * @param name the key; for an item of a list the key of the list, for the root the file
 * @param node what stands there
 */
record Spot(Located<String> name, Node node) {}
