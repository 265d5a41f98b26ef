/** Layouts of key-value stores that follow from the access patterns: the keys and indexes that a single table needs. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.analysis.layout;
