package dev.schemaproof.check;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.diagnostic.RuleId;
import dev.schemaproof.diagnostic.Severity;
import java.util.stream.Stream;

/** A flaw that a model can have. Implementations are stateless and total: they judge what they can see and never throw. */
public interface Rule {

    /** The class's name in kebab-case. */
    default RuleId id() {
        return RuleIds.OF.get(getClass());
    }

    /** How much its findings claim unless the model says otherwise, or the finding itself does. */
    Severity severity();

    /** Everything it has to say about the model, in any order. */
    Stream<Finding> check(Facts facts);

    /** A finding of this rule at its default severity. */
    default Finding finding(Location at, String subject, String summary) {
        return Finding.of(id(), severity(), at, subject, summary);
    }
}
