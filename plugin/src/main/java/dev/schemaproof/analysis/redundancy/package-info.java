/** What a model says twice: copies through references, counts of children, and what names alone make suspect. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.analysis.redundancy;
