/** The theory of schemas and its results, as records: what a model means, computed once. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.analysis;
