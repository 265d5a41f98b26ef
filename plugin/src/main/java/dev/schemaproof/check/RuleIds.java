package dev.schemaproof.check;

import dev.schemaproof.diagnostic.RuleId;
import java.util.Locale;

/** The ids of rules, each made of its class's name once: every finding asks for it. */
final class RuleIds extends ClassValue<RuleId> {

    static final RuleIds OF = new RuleIds();

    private RuleIds() {}

    @Override
    protected RuleId computeValue(Class<?> type) {
        return new RuleId(
                type.getSimpleName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT));
    }
}
