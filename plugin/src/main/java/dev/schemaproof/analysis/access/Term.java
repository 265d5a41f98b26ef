package dev.schemaproof.analysis.access;

/**
 * What an index can be sorted by and what a condition can be about.
 *
 * @param text an attribute's name, or a SQL expression over column names in its canonical form
 * @param expression whether it is an expression
 */
public record Term(String text, boolean expression) {

    static Term attribute(String name) {
        return new Term(name, false);
    }

    static Term expression(String text) {
        return new Term(text, true);
    }

    @Override
    public String toString() {
        return text;
    }
}
