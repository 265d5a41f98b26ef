package dev.schemaproof.app;

/** The port through which a goal tells what it is doing while it does it. */
@FunctionalInterface
public interface Log {

    /**
     * Shows a line or block of lines.
     *
     * @param level {@code info}, {@code warning} or {@code error}
     */
    void say(String level, String text);
}
