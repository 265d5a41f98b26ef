package dev.schemaproof.analysis.sql;

import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.SourceText;
import dev.schemaproof.sql.Parsed;
import dev.schemaproof.sql.Span;

/**
 * A SQL text of the model, read.
 *
 * @param source the text
 * @param subject the element it belongs to, as exceptions name it
 * @param parsed its tree, or what keeps it from being read
 * @param names what its names stand for; empty where it could not be read
 */
public record SqlReading<T>(SourceText source, String subject, Parsed<T> parsed, SqlNames names) {

    /** Where a stretch of it stands in the file. */
    public Location locate(Span span) {
        return span.end() > span.begin() ? source.locate(span.begin(), span.end()) : source.at();
    }
}
