package dev.schemaproof.published;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One line of the facts, taken apart.
 *
 * @param kind such as {@code column}
 * @param subject the names that it is about, outermost first
 * @param said what is said of it, in order
 */
record Fact(String kind, List<String> subject, List<String> said) {

    private static final Pattern LINE = Pattern.compile(
            "(domain constraint|comment|[a-z]+) ((?:\"(?:[^\"]|\"\")+\"|[^|\"])+?)(?: \\| (.*))?", Pattern.DOTALL);

    Fact {
        subject = List.copyOf(subject);
        said = List.copyOf(said);
    }

    static Fact of(String line) {
        var match = LINE.matcher(line);
        if (!match.matches()) {
            throw new IllegalArgumentException(line);
        }
        var said = Optional.ofNullable(match.group(3))
                .map(text -> List.of(text.split(" \\| ")))
                .orElse(List.of());
        return "comment".equals(match.group(1))
                ? new Fact(match.group(1), List.of(match.group(2)), List.of(String.join(CatalogFacts.SEPARATOR, said)))
                : new Fact(match.group(1), SqlPieces.names(match.group(2)), said);
    }

    boolean is(String other) {
        return kind.equals(other);
    }

    /** The innermost name. */
    String name() {
        return subject.get(subject.size() - 1);
    }

    /** What the innermost name stands in. */
    List<String> owner() {
        return subject.subList(0, subject.size() - 1);
    }

    boolean says(String words) {
        return said.contains(words);
    }

    /** What follows these words: the rest of the line, as an expression may hold the separator too. */
    Optional<String> after(String words) {
        for (var i = 0; i < said.size(); i++) {
            if (said.get(i).startsWith(words + " ")) {
                return Optional.of(String.join(CatalogFacts.SEPARATOR, said.subList(i, said.size()))
                        .substring(words.length() + 1));
            }
        }
        return Optional.empty();
    }

    /** The one thing said that begins with these words, without them. */
    Optional<String> part(String words) {
        return said.stream()
                .filter(part -> part.startsWith(words + " "))
                .map(part -> part.substring(words.length() + 1))
                .findFirst();
    }
}
