/** Rules over a model, and the checker that runs them. */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.check;
