package dev.schemaproof.check;

import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.diagnostic.RuleId;
import dev.schemaproof.diagnostic.Severity;
import java.util.Locale;

/** What can be wrong with a team's decisions about the rules. The checker reports it, since it depends on the findings. */
public enum SettingFlaw {
    /** An exception that doesn't say why; it accepts nothing. */
    UNREASONED_EXCEPTION(Severity.ERROR),
    /** An exception past its date; it accepts nothing. */
    EXPIRED_EXCEPTION(Severity.WARNING),
    /** An exception for which there is no finding. */
    UNMATCHED_EXCEPTION(Severity.WARNING),
    /** A severity for no rule of this version, or for a flaw that always is an error. */
    INEFFECTIVE_SEVERITY(Severity.INFO);

    private final Severity severity;

    SettingFlaw(Severity severity) {
        this.severity = severity;
    }

    /** The id under which it is reported. */
    public RuleId id() {
        return new RuleId(name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    public Severity severity() {
        return severity;
    }

    Finding at(Location at, String subject, String summary) {
        return Finding.of(id(), severity, at, subject, summary);
    }
}
