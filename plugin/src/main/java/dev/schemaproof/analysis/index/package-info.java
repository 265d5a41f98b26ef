/**
 * The smallest sets of indexes, and what indexes cost. The theory speaks of column positions, not of names: a {@code Demand} is
 * what a pattern asks of an index (columns compared for equality, then an ordered suffix), a {@code Request} a pattern with
 * its alternatives, and {@code SmallestIndexes} the answer: a {@code ChainCover} where nothing is left to choose, a search
 * over the alternatives elsewhere. Each answer carries a {@code LowerBound} that can be checked without the solver.
 */
@org.jspecify.annotations.NullMarked
package dev.schemaproof.analysis.index;
