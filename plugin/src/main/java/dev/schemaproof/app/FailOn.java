package dev.schemaproof.app;

import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import java.util.Collection;

/** The weakest severity that fails a build. */
public enum FailOn {
    /** Errors fail the build; the default. */
    ERROR,
    /** Warnings fail it too. */
    WARNING,
    /** Nothing does. */
    NEVER;

    /** Whether these findings fail the build. */
    public boolean fails(Collection<Finding> findings) {
        return findings.stream().anyMatch(finding -> switch (this) {
            case ERROR -> finding.severity() == Severity.ERROR;
            case WARNING -> finding.severity() != Severity.INFO;
            case NEVER -> false;
        });
    }
}
