package dev.schemaproof.discover.csv;

import java.util.Optional;

/**
 * How CSV files are written.
 *
 * @param delimiter between two values; guessed for each file when empty
 * @param nullText an unquoted value with this text is none, as with {@code COPY}'s option {@code NULL}: by default the empty text
 */
public record CsvDialect(Optional<Character> delimiter, String nullText) {

    /** Any delimiter, and what is empty and has no quotes is no value. */
    public static CsvDialect usual() {
        return new CsvDialect(Optional.empty(), "");
    }
}
