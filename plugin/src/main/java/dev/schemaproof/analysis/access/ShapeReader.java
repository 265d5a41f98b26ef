package dev.schemaproof.analysis.access;

import dev.schemaproof.model.AccessPattern;

/** Finds out what a pattern asks for. */
final class ShapeReader {

    private ShapeReader() {}

    static PatternShape read(AccessPattern pattern, StoreTables tables) {
        if (!pattern.header().sound()) {
            return PatternShape.unsound();
        }
        if (pattern instanceof AccessPattern.Sql sql) {
            return tables.statement(sql.sql())
                    .map(statement -> SqlShape.of(sql.sql(), statement, tables))
                    .orElseGet(PatternShape::unsound);
        }
        return new StructuredShape(tables).read(pattern);
    }
}
