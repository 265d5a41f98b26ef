package dev.schemaproof.check;

import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.diagnostic.RuleId;
import dev.schemaproof.diagnostic.Severity;
import java.util.Locale;

/** What can be wrong with the list of accepted findings. */
public enum BaselineFlaw {
    /** It accepts what is no longer found. */
    OUTDATED_BASELINE(Severity.INFO),
    /** It can't be read; always an error. */
    MALFORMED_BASELINE(Severity.ERROR);

    private final Severity severity;

    BaselineFlaw(Severity severity) {
        this.severity = severity;
    }

    /** The id under which it is reported. */
    public RuleId id() {
        return new RuleId(name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    public Severity severity() {
        return severity;
    }

    Finding at(Location at, String summary) {
        return Finding.of(id(), severity, at, "baseline", summary);
    }
}
