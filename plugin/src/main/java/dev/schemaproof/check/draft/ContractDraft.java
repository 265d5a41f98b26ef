package dev.schemaproof.check.draft;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import java.util.Locale;

/** A contract to fill in: what the model tells stands in it, what only the team knows is marked. */
public final class ContractDraft {

    /** No answer, so that a draft that was pasted and not filled in fails. */
    private static final String OPEN = "TODO";

    private ContractDraft() {}

    /**
     * The YAML of a contract.
     *
     * @param from the value of {@code from}, in flow style
     */
    public static String of(Entity entity, Attribute attribute, String from, Facts facts) {
        return of(
                entity.name() + "." + attribute.name(),
                from,
                "by: trigger",
                "none",
                reader(entity, attribute.name().value(), facts));
    }

    /**
     * The YAML of a contract for a copy in the items of a key-value store, which no trigger reaches.
     *
     * @param into the copy, as {@code Entity.attribute}
     * @param path where it comes from
     */
    public static String ofItemCopy(Entity entity, String into, String path, Facts facts) {
        return of(
                into,
                "{copy: " + path + "}",
                "by: application\n      code: " + OPEN,
                "1m",
                reader(entity, path, facts));
    }

    private static String of(String into, String from, String sync, String allowed, String reader) {
        return """
                denormalizations:
                  %s:
                    duplicates:            # 1. what data is duplicated
                      into: %s
                      from: %s
                    sync:                  # 2. how it is kept in sync
                      %s
                    staleness:             # 3. what happens if it goes stale
                      allowed: %s
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
                        sync,
                        allowed,
                        OPEN,
                        OPEN,
                        reader,
                        OPEN,
                        OPEN,
                        OPEN,
                        OPEN,
                        OPEN,
                        OPEN,
                        OPEN);
    }

    /** The first structured pattern that selects the attribute, or the path. */
    private static String reader(Entity entity, String path, Facts facts) {
        return facts.patternsOn(entity).stream()
                .filter(AccessPattern.Read.class::isInstance)
                .map(AccessPattern.Read.class::cast)
                .filter(read ->
                        read.select().stream().anyMatch(name -> name.value().equals(path)))
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
