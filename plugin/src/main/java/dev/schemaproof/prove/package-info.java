/** Proofs on running databases: one class a proof, and the list of all of them. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.prove;
