package dev.schemaproof.discover.judge;

import dev.schemaproof.analysis.normal.AttributeSet;

/**
 * A dependency that holds in the data, and what speaks for its being meant.
 *
 * @param determinant its left side, no part of which determines any of the dependents
 * @param dependents its right side
 * @param evidence the weakest of the dependents'
 * @param score from 0 to 1, by which rules are ranked
 * @param likely whether it is too much for an accident
 */
public record Rule(
        AttributeSet determinant, AttributeSet dependents, Evidence evidence, double score, boolean likely) {}
