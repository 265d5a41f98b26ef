package dev.schemaproof.discover.judge;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the names of columns say: which look like identifiers, and which belong together. */
final class NameHints {

    /** Last words of names of columns that identify something. */
    private static final Set<String> IDENTIFYING = Set.of(
            "id",
            "uuid",
            "guid",
            "code",
            "key",
            "no",
            "nr",
            "num",
            "number",
            "zip",
            "postcode",
            "plz",
            "isbn",
            "ean",
            "sku",
            "iban",
            "email",
            "username",
            "login",
            "slug");

    private NameHints() {}

    /** The words of a name: {@code [customer, id]} for {@code customer_id} and {@code CustomerId}. */
    static List<String> words(String name) {
        var separated = name.replaceAll("(\\p{Ll}|\\d)(\\p{Lu})", "$1 $2").replaceAll("[^\\p{L}\\p{N}]+", " ");
        return Arrays.stream(separated.strip().split(" "))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Whether the name is that of an identifier. */
    static boolean identifies(String name) {
        var words = words(name);
        return IDENTIFYING.contains(words.get(words.size() - 1)) || IDENTIFYING.contains(words.get(0));
    }

    /** Whether the names begin with the same word, as {@code student_id} and {@code student_name} do. */
    static boolean belongTogether(String name, String other) {
        var words = words(name);
        var others = words(other);
        return (words.size() > 1 || others.size() > 1) && words.get(0).equals(others.get(0));
    }
}
