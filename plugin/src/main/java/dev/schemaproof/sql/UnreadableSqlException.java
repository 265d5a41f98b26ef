package dev.schemaproof.sql;

/** Ends the conversion of a tree that says something no access pattern can; never leaves the package. */
final class UnreadableSqlException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Span span;
    private final String summary;
    private final String help;

    UnreadableSqlException(Span span, String summary, String help) {
        super(summary, null, false, false);
        this.span = span;
        this.summary = summary;
        this.help = help;
    }

    Span span() {
        return span;
    }

    String summary() {
        return summary;
    }

    String help() {
        return help;
    }
}
