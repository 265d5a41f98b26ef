package dev.schemaproof.prove;

import java.util.Objects;

/** Something could not be measured; the message says why, to follow "not measured:". */
final class NotMeasuredException extends Exception {

    private static final long serialVersionUID = 1L;

    NotMeasuredException(String why) {
        super(why);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
