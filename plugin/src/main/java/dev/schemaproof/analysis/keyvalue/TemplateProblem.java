package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.diagnostic.Location;
import java.util.Optional;

/**
 * What is wrong with a key template, or with the templates of an item taken together.
 *
 * @param at where
 * @param subject the entity whose item it is
 * @param summary what is wrong
 * @param help the edit to make
 */
public record TemplateProblem(Location at, String subject, String summary, Optional<String> help) {}
