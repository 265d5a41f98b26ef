/** Data for proofs: the statistics of a full database, and rows that fit a model, with moments up to a noon just past. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.prove.data;
