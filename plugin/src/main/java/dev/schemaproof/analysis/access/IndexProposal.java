package dev.schemaproof.analysis.access;

/**
 * An index that would serve.
 *
 * @param name a name for it
 * @param on what it would be sorted by: {@code author_id, created_at desc}
 * @param yaml what to add under the entity's {@code indexes}: {@code {on: [author_id, created_at desc]}}
 */
public record IndexProposal(String name, String on, String yaml) {

    /** The line to add to the entity: {@code indexes: {name: {on: [...]}}}. */
    public String line() {
        return "indexes: {" + name + ": " + yaml + "}";
    }
}
