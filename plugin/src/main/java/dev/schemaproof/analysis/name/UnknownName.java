package dev.schemaproof.analysis.name;

import dev.schemaproof.model.Located;
import java.util.Collection;
import java.util.Optional;

/**
 * A use of a name that names nothing.
 *
 * @param kind what it should name
 * @param name the name, where it is used
 * @param subject the element that uses it
 * @param owner the element that should have declared it, such as the entity of an attribute
 * @param known the names that would have been possible; a view, not a copy, since there may be many uses
 * @param derived why the name is expected although nobody wrote it
 */
public record UnknownName(
        Kind kind,
        Located<String> name,
        String subject,
        Optional<String> owner,
        Collection<String> known,
        Optional<String> derived) {

    /** What names can stand for. */
    public enum Kind {
        ENTITY("entity"),
        ATTRIBUTE("attribute"),
        REFERENCE("reference"),
        STORE("store"),
        TYPE("type"),
        SCHEMA("schema"),
        ROLE("role"),
        PATTERN("access pattern");

        private final String noun;

        Kind(String noun) {
            this.noun = noun;
        }

        /** As it is called in a sentence. */
        public String noun() {
            return noun;
        }
    }
}
