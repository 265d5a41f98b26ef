package dev.schemaproof.analysis.redundancy;

import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import java.util.List;
import java.util.Optional;

/**
 * An attribute that other attributes of the same row seem to tell, by its name: {@code total} beside {@code unit_price} and
 * {@code quantity}. A guess, except where a check holds it.
 *
 * @param entity where
 * @param attribute what can be derived
 * @param from what it can be derived from
 * @param formula a SQL expression that probably gives it and always gives the same, if there is one
 * @param because how it follows from the others
 */
public record DerivedAttribute(
        Entity entity, Attribute attribute, List<Attribute> from, Optional<String> formula, String because) {

    public DerivedAttribute {
        from = List.copyOf(from);
    }
}
