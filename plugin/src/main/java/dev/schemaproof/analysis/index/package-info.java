/**
 * The smallest sets of indexes that serve what patterns ask for, and what indexes cost: the theory speaks of column positions
 * ({@code Demand}, {@code Request}, {@code SmallestIndexes} with its {@code LowerBound}), {@code EntityIndexes} of entities.
 */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.analysis.index;
