package dev.schemaproof.analysis.sql;

import dev.schemaproof.model.SourceText;
import dev.schemaproof.sql.Parsed;

/**
 * A SQL text of the model, read.
 *
 * @param source the text
 * @param subject the element it belongs to, as exceptions name it
 * @param parsed its tree, or what keeps it from being read
 * @param names what its names stand for; empty where it could not be read
 */
public record SqlReading<T>(SourceText source, String subject, Parsed<T> parsed, SqlNames names) {}
