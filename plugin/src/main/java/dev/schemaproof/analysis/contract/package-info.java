/** Denormalization contracts, resolved against the model: what is kept, from what, and through which reference. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.analysis.contract;
