/** What the access patterns of a key-value store use of it: units of each call and each second, bytes that are stored, and their price. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.analysis.keyvalue.cost;
