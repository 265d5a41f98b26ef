package dev.schemaproof.diagnostic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Something a rule has to say about one place of the model.
 *
 * @param rule the rule that says it
 * @param severity how much it claims
 * @param at where, as narrow as possible
 * @param subject the element it is about, as exceptions name it: {@code Contact.phone_1}, a pattern's or contract's name
 * @param summary one sentence in lower case without a full stop
 * @param help the edit to make, in the user's own names; may span lines
 * @param related other places that matter, such as a first declaration
 */
public record Finding(
        RuleId rule,
        Severity severity,
        Location at,
        String subject,
        String summary,
        Optional<String> help,
        List<Related> related)
        implements Comparable<Finding> {

    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::at)
            .thenComparing(Finding::severity)
            .thenComparing(Finding::rule)
            .thenComparing(Finding::summary);

    public Finding {
        related = List.copyOf(related);
    }

    /** A finding with neither help nor related places yet. */
    public static Finding of(RuleId rule, Severity severity, Location at, String subject, String summary) {
        return new Finding(rule, severity, at, subject, summary, Optional.empty(), List.of());
    }

    /** This finding with the edit to make. */
    public Finding withHelp(String text) {
        return new Finding(rule, severity, at, subject, summary, Optional.of(text), related);
    }

    /** This finding, pointing at one more place. */
    public Finding withRelated(Location place, String note) {
        var places = new ArrayList<>(related);
        places.add(new Related(place, note));
        return new Finding(rule, severity, at, subject, summary, help, places);
    }

    /** This finding at another severity. */
    public Finding withSeverity(Severity other) {
        return new Finding(rule, other, at, subject, summary, help, related);
    }

    @Override
    public int compareTo(Finding other) {
        return ORDER.compare(this, other);
    }

    /**
     * Another place that belongs to a finding.
     *
     * @param at where
     * @param note what is there, such as "first declared here"
     */
    public record Related(Location at, String note) {}
}
