/** Proofs on key-value stores: rows are made up and written as items, and each request has to answer as the rows do. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.prove.keyvalue;
