package dev.schemaproof.analysis.cure;

import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Reference;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How often an entity says the same.
 *
 * @param rows the rows that say it once each
 * @param values the different things they say
 */
public record Repetition(long rows, long values) {

    /** What the declared volumes tell; empty where they tell too little. */
    static Optional<Repetition> of(Entity entity, Home home) {
        var values = values(entity, home);
        if (entity.rows().isEmpty() || values.isEmpty() || values.getAsLong() == 0) {
            return Optional.empty();
        }
        return Optional.of(new Repetition(entity.rows().getAsLong(), values.getAsLong()));
    }

    private static OptionalLong values(Entity entity, Home home) {
        var determinant = home.determinant();
        if (determinant.size() == 1) {
            var distinct = entity.attribute(determinant.get(0))
                    .map(Attribute::values)
                    .map(Attribute.Values::distinct)
                    .orElseGet(OptionalLong::empty);
            if (distinct.isPresent()) {
                return distinct;
            }
        }
        var target = home.before().map(Entity::rows).orElseGet(OptionalLong::empty);
        if (target.isPresent()) {
            return target;
        }
        var perParent = entity.references().values().stream()
                .filter(reference -> Set.copyOf(reference.names()).equals(Set.copyOf(determinant)))
                .map(Reference::perParent)
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .filter(count -> count > 0)
                .findFirst();
        return perParent.isPresent() && entity.rows().isPresent()
                ? OptionalLong.of(Math.max(1, entity.rows().getAsLong() / perParent.getAsLong()))
                : OptionalLong.empty();
    }

    /** The rows that say one thing, on average. */
    public long rowsPerValue() {
        return Math.max(1, Math.round((double) rows / values));
    }
}
