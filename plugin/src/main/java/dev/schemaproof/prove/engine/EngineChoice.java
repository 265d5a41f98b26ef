package dev.schemaproof.prove.engine;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Which engine may run a database: the values of the parameter {@code schema.engine}. */
public enum EngineChoice {
    /** The first that can be had: the user's database when a URL is given, else a container, else the embedded one. */
    AUTO("auto"),
    /** A container through Testcontainers, and no other. */
    CONTAINER("container"),
    /** PostgreSQL as a process of this machine, from binaries in the Maven repository, and no other. */
    EMBEDDED("embedded"),
    /** The user's own server at {@code schema.url}, and no other. */
    URL("url");

    private final String word;

    EngineChoice(String word) {
        this.word = word;
    }

    /** The word that users write. */
    public String word() {
        return word;
    }

    /**
     * The choice that a word names.
     *
     * @throws IllegalArgumentException with a sentence for the user, when no choice has this name
     */
    public static EngineChoice of(String word) {
        return Arrays.stream(values())
                .filter(choice -> choice.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no engine is called `" + word + "`; known are "
                        + Arrays.stream(values())
                                .map(choice -> "`" + choice.word + "`")
                                .collect(Collectors.joining(", "))));
    }

    @Override
    public String toString() {
        return word;
    }
}
