/** The shape of access patterns, and which indexes and keys serve them. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.analysis.access;
