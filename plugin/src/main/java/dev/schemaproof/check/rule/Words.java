package dev.schemaproof.check.rule;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** How names are put into sentences. */
final class Words {

    private Words() {}

    /** {@code `a`, `b`}. */
    static String quoted(Collection<?> names) {
        return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }

    /** {@code `a` and `b`}. */
    static String listed(Collection<?> names) {
        return enumerated(names.stream().map(name -> "`" + name + "`").toList());
    }

    /** {@code a, b and c}. */
    static String enumerated(List<String> phrases) {
        return phrases.size() < 2
                ? String.join("", phrases)
                : String.join(", ", phrases.subList(0, phrases.size() - 1)) + " and " + phrases.get(phrases.size() - 1);
    }

    /** {@code 1 value}, {@code 2 values}. */
    static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /** {@code a, b}. */
    static String plain(Collection<?> names) {
        return names.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
