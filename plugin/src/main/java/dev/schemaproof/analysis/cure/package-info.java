/** What takes apart an entity that says one thing in many rows: where its attributes go, and what has to go along. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.analysis.cure;
