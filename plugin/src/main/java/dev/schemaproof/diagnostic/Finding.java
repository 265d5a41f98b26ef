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
 * @param fix the edit that certainly makes the finding go away, for tools to apply
 */
public record Finding(
        RuleId rule,
        Severity severity,
        Location at,
        String subject,
        String summary,
        Optional<String> help,
        List<Related> related,
        Optional<Fix> fix)
        implements Comparable<Finding> {

    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::at)
            .thenComparing(Finding::severity)
            .thenComparing(Finding::rule)
            .thenComparing(Finding::summary);

    public Finding {
        // Both quote names that may hold anything, and are shown on terminals and in logs
        summary = Visible.line(summary);
        help = help.map(Visible::lines);
        subject = Visible.writable(subject);
        related = List.copyOf(related);
    }

    /** A finding with nothing but its sentence yet. */
    public static Finding of(RuleId rule, Severity severity, Location at, String subject, String summary) {
        return new Finding(rule, severity, at, subject, summary, Optional.empty(), List.of(), Optional.empty());
    }

    /** This finding with the edit to make. */
    public Finding withHelp(String text) {
        return new Finding(rule, severity, at, subject, summary, Optional.of(text), related, fix);
    }

    /** This finding, pointing at one more place. */
    public Finding withRelated(Location place, String note) {
        var places = new ArrayList<>(related);
        places.add(new Related(place, note));
        return new Finding(rule, severity, at, subject, summary, help, places, fix);
    }

    /** This finding at another severity. */
    public Finding withSeverity(Severity other) {
        return new Finding(rule, other, at, subject, summary, help, related, fix);
    }

    /** This finding with an edit that tools can make. */
    public Finding withFix(Fix edit) {
        return new Finding(rule, severity, at, subject, summary, help, related, Optional.of(edit));
    }

    /** This finding with its fix only if the text is what the fix expects, and then at exactly what goes. */
    public Finding settledIn(Sources sources) {
        return fix.isEmpty()
                ? this
                : new Finding(
                        rule, severity, at, subject, summary, help, related, fix.flatMap(edit -> edit.in(sources)));
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
