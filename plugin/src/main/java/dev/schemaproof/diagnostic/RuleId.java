package dev.schemaproof.diagnostic;

import java.util.regex.Pattern;

/**
 * The name of a rule: stable, in kebab-case, naming the flaw so that it reads well after "allow".
 *
 * @param value such as {@code undocumented-copy}
 */
public record RuleId(String value) implements Comparable<RuleId> {

    private static final Pattern KEBAB_CASE = Pattern.compile("[a-z][a-z0-9]*(?:-[a-z0-9]++)*+");

    public RuleId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("a rule id is in kebab-case, which `" + value + "` is not");
        }
    }

    /** Whether the text has the form of a rule id. */
    public static boolean isValid(String text) {
        return KEBAB_CASE.matcher(text).matches();
    }

    @Override
    public int compareTo(RuleId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
