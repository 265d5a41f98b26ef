package dev.schemaproof.analysis.access;

import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.sql.SqlParser;

/** Finds out what a pattern asks for. */
final class ShapeReader {

    private ShapeReader() {}

    static PatternShape read(AccessPattern pattern, StoreTables tables) {
        if (!pattern.header().sound()) {
            return PatternShape.unsound();
        }
        if (pattern instanceof AccessPattern.Sql sql) {
            return SqlParser.statement(sql.sql())
                    .tree()
                    .map(statement -> SqlShape.of(sql.sql(), statement, tables))
                    .orElseGet(PatternShape::unsound);
        }
        return new StructuredShape(tables).read(pattern);
    }
}
