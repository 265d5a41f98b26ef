/** Data for proofs: the statistics of a full database, and rows that fit a model. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.prove.data;
