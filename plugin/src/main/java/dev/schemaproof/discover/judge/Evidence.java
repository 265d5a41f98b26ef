package dev.schemaproof.discover.judge;

/**
 * What the rows show of a dependency that holds in all of them.
 *
 * @param determinants how many different values the determinant has
 * @param repeated in how many rows a value of the determinant stands again: each repeats what another row says already
 * @param tests how often the dependency could have failed: the repeated rows, except those that only repeat a larger fact
 * @param bits how surprising it is that it never did: 2^-bits is about the chance that it holds by accident
 * @param example a row of the value that is repeated most
 * @param exampleRows in how many rows that value stands
 */
public record Evidence(long determinants, long repeated, long tests, double bits, int example, long exampleRows) {}
