package dev.schemaproof.discover.table;

/**
 * What is known of the values of a column.
 *
 * @param values how many different ones there are
 * @param absent how many rows have none
 * @param longest the length of the longest, in characters
 * @param type the narrowest type of the language that can hold them all
 */
public record ColumnProfile(int values, int absent, int longest, String type) {

    /** Whether no row has a value. */
    public boolean isEmpty() {
        return values == 0;
    }

    /** Whether all rows are equal here. */
    public boolean isConstant() {
        return values + (absent > 0 ? 1 : 0) <= 1;
    }

    /** How many groups of equal rows there are; having no value is one. */
    public int groups() {
        return values + (absent > 0 ? 1 : 0);
    }
}
