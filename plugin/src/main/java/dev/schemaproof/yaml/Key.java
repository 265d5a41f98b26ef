package dev.schemaproof.yaml;

/**
 * A key of a mapping.
 *
 * @param name the word in the language
 * @param shape what stands behind it
 * @param description what it means, for editors and the manual
 * @param presence whether it has to be there
 */
record Key<V>(String name, Shape<V> shape, String description, Presence presence) {

    /** Whether a key has to be there, or can't be used yet. */
    enum Presence {
        REQUIRED,
        OPTIONAL,
        /** In the language, but not in this version of the plugin. */
        LATER
    }
}
