package dev.schemaproof.analysis.layout;

import java.util.Optional;

/** No key of the family serves a read. */
final class NoKeyException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private final String help;

    NoKeyException(String reason, String help) {
        super(reason);
        this.reason = reason;
        this.help = help;
    }

    LayoutAdvice.Unserved of(String pattern) {
        return new LayoutAdvice.Unserved(pattern, reason, Optional.of(help));
    }
}
