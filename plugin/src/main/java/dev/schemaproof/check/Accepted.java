package dev.schemaproof.check;

import dev.schemaproof.diagnostic.Finding;

/**
 * A finding that the team lives with.
 *
 * @param finding what was found, at the severity that it would have
 * @param by where that was decided
 * @param reason why; for the baseline, that it was there when the project began to look
 */
public record Accepted(Finding finding, By by, String reason) {

    /** Where a team can accept a finding. */
    public enum By {
        /** An exception under {@code rules:} in the model. */
        EXCEPTION,
        /** The list of findings that were there before anybody looked. */
        BASELINE
    }
}
