package dev.schemaproof.model;

import java.util.Locale;

/** When a constraint is checked. */
public enum Deferral {
    /** At the end of each statement, always. */
    NOT_DEFERRABLE,
    /** At the end of each statement, unless a transaction asks for its own end. */
    INITIALLY_IMMEDIATE,
    /** At the end of the transaction, unless it asks for the end of each statement. */
    INITIALLY_DEFERRED;

    /** Whether a transaction may put the check off. */
    public boolean deferrable() {
        return this != NOT_DEFERRABLE;
    }

    /** The words of SQL. */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
