package dev.schemaproof.sql;

/**
 * A name as the database understands it: without quotes, and in lower case where it had none.
 *
 * @param value the name
 * @param span where it stands, quotes included
 */
public record SqlName(String value, Span span) {

    /** PostgreSQL folds the letters of ASCII and, in UTF-8, no others. */
    static String folded(String word) {
        var folded = new StringBuilder(word);
        for (var i = 0; i < word.length(); i++) {
            var c = word.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                folded.setCharAt(i, (char) (c + ('a' - 'A')));
            }
        }
        return folded.toString();
    }

    @Override
    public String toString() {
        return value;
    }
}
