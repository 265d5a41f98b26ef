package dev.schemaproof.discover.judge;

import dev.schemaproof.analysis.normal.AttributeSet;

/**
 * A minimal set of columns that no two rows share.
 *
 * @param columns the set
 * @param required whether every row has a value in each of them, so that it can be a primary key
 * @param score from 0 to 1, by which keys are ranked
 */
public record KeyCandidate(AttributeSet columns, boolean required, double score) {}
