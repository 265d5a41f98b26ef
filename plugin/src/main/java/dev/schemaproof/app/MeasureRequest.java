package dev.schemaproof.app;

import java.util.Optional;

/**
 * What {@code measure} needs to know.
 *
 * @param verify the project, and the database to measure on
 * @param rows how many rows the largest table of each contract is filled with at last
 * @param where what the model calls the place of the measurement; by default what the engine calls itself
 */
public record MeasureRequest(VerifyRequest verify, long rows, Optional<String> where) {}
