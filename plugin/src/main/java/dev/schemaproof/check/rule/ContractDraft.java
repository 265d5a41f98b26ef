package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import java.util.Locale;

/** A contract to fill in: what the model tells stands in it, what only the team knows is marked. */
final class ContractDraft {

    /** No answer, so that a draft that was pasted and not filled in fails. */
    private static final String OPEN = "TODO";

    private ContractDraft() {}

    /**
     * The YAML of a contract.
     *
     * @param from the value of {@code from}, in flow style
     */
    static String of(Entity entity, Attribute attribute, String from, Facts facts) {
        var into = entity.name() + "." + attribute.name();
        return """
                denormalizations:
                  %s:
                    duplicates:            # 1. what data is duplicated
                      into: %s
                      from: %s
                    sync:                  # 2. how it is kept in sync
                      by: trigger
                    staleness:             # 3. what happens if it goes stale
                      allowed: none
                      effect: %s
                      repair: %s
                    gain:                  # 4. the query it optimizes and the measured gain
                      pattern: %s
                      instead: %s
                      atLeast: %s
                      measured: {before: %s, after: %s, rows: %s, on: %s, where: %s}""".formatted(
                        kebabCase(into),
                        into,
                        from,
                        OPEN,
                        OPEN,
                        reader(entity, attribute, facts),
                        OPEN,
                        OPEN,
                        OPEN,
                        OPEN,
                        OPEN,
                        OPEN,
                        OPEN);
    }

    /** The first structured pattern that selects the attribute. */
    private static String reader(Entity entity, Attribute attribute, Facts facts) {
        return facts.patternsOn(entity).stream()
                .filter(AccessPattern.Read.class::isInstance)
                .map(AccessPattern.Read.class::cast)
                .filter(read -> read.select().stream()
                        .anyMatch(name -> name.value().equals(attribute.name().value())))
                .map(read -> read.name().value())
                .findFirst()
                .orElse(OPEN);
    }

    private static String kebabCase(String path) {
        return path.replaceAll("(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})", "-")
                .replaceAll("[^\\p{L}\\p{N}]+", "-")
                .toLowerCase(Locale.ROOT);
    }
}
