package dev.schemaproof.report;

import dev.schemaproof.diagnostic.RuleId;

/** Where the rules are explained. */
public final class RulePages {

    private static final String BASE = "https://schemaproof.dev/rules/";

    private RulePages() {}

    /** The address of a rule's page. */
    public static String url(RuleId rule) {
        return BASE + rule;
    }
}
