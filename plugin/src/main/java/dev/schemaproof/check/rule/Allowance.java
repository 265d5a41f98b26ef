package dev.schemaproof.check.rule;

import dev.schemaproof.check.draft.Flow;
import dev.schemaproof.model.Attribute;

/** How a team says that something suspected is meant. */
final class Allowance {

    private Allowance() {}

    /** The YAML by which an attribute is said to be one fact of its own. */
    static String of(Attribute attribute) {
        return "independent: [{of: " + Flow.text(attribute.name().value()) + ", reason: ...}]";
    }
}
