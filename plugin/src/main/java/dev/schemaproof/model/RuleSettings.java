package dev.schemaproof.model;

import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.diagnostic.Severity;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a team has decided about the rules.
 *
 * @param target the normal form to reach
 * @param severities by rule id; an empty value means off
 * @param exceptions findings that are accepted, each with a reason
 */
public record RuleSettings(
        NormalForm target, Map<String, Located<Optional<Severity>>> severities, List<RuleException> exceptions) {

    public RuleSettings {
        severities = Copies.ordered(severities);
        exceptions = List.copyOf(exceptions);
    }

    /** What holds where nothing is said. */
    public static RuleSettings defaults() {
        return new RuleSettings(NormalForm.THIRD, Map.of(), List.of());
    }

    /**
     * A finding that is accepted.
     *
     * @param rule the rule's id
     * @param subject the element it is about, such as {@code Contact.phone_1}
     * @param reason why it is accepted
     * @param until the last day on which it holds
     * @param at the whole exception
     */
    public record RuleException(
            Located<String> rule,
            Located<String> subject,
            Optional<Located<String>> reason,
            Optional<Located<LocalDate>> until,
            Location at) {}
}
