package dev.schemaproof.model;

import java.util.Optional;

/**
 * The team's word that something suspected is no dependency.
 *
 * @param of what is refuted: a dependency such as {@code zip_code -> city}, or an attribute
 * @param reason why
 */
public record Independence(Located<String> of, Optional<Located<String>> reason) {}
