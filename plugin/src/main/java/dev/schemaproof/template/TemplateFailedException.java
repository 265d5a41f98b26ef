package dev.schemaproof.template;

import java.util.Objects;

/** A template is missing, wrong in itself, or asks for something that it was not given. */
public final class TemplateFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String template;
    private final int line;
    private final int column;

    /**
     * @param template the template's name, relative to the template directory
     * @param line from 1
     * @param column from 1
     * @param message one sentence for the user
     */
    TemplateFailedException(String template, int line, int column, String message, Throwable cause) {
        super(message, cause);
        this.template = template;
        this.line = Math.max(1, line);
        this.column = Math.max(1, column);
    }

    /** One sentence for the user. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** The template's name, with forward slashes, relative to the template directory or to the built-in templates. */
    public String template() {
        return template;
    }

    /** The line in the template, from 1. */
    public int line() {
        return line;
    }

    /** The column in the template, from 1. */
    public int column() {
        return column;
    }
}
