package dev.schemaproof.yaml;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A key of a mapping.
 *
 * @param name the word in the language
 * @param shape what stands behind it
 * @param description what it means, for editors and the manual
 * @param presence whether it has to be there
 * @param notes what else the manual says of it
 */
record Key<V>(String name, Shape<V> shape, String description, Presence presence, List<Note> notes) {

    Key {
        notes = List.copyOf(notes);
    }

    /** Whether a key has to be there, or can't be used yet. */
    enum Presence {
        REQUIRED,
        OPTIONAL,
        /** In the language, but not in this version of the plugin. */
        LATER
    }

    /** What the manual and editors say of a key beside its meaning. */
    sealed interface Note {

        /** A text that, written behind the key, means the same as no key. */
        record Default(String yaml) implements Note {}

        /** What holds without the key, where no text could say it. */
        record Derived(String words) implements Note {}

        /** Texts that may stand behind the key. */
        record Examples(List<String> yaml) implements Note {

            public Examples {
                yaml = List.copyOf(yaml);
            }
        }
    }

    /** The text that means the same as no key. */
    Optional<String> byDefault() {
        return notes(Note.Default.class).map(Note.Default::yaml).findFirst();
    }

    /** What holds without the key, in words. */
    Optional<String> otherwise() {
        return notes(Note.Derived.class).map(Note.Derived::words).findFirst();
    }

    /** Texts that may stand behind the key. */
    List<String> examples() {
        return notes(Note.Examples.class).flatMap(note -> note.yaml().stream()).toList();
    }

    private <N extends Note> Stream<N> notes(Class<N> kind) {
        return notes.stream().filter(kind::isInstance).map(kind::cast);
    }
}
