package dev.schemaproof.prove.engine;

import java.util.concurrent.atomic.AtomicBoolean;

/** What must be undone when a run ends, however it ends: on demand, or by a shutdown hook when the build is interrupted. */
final class Cleanup {

    /** Undoes; must cope with whatever was made so far. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    private final AtomicBoolean done = new AtomicBoolean();
    private final Action action;
    private final Thread hook;

    /**
     * Registers the action.
     *
     * @throws IllegalStateException when the JVM is shutting down, so that nothing new may be made
     */
    Cleanup(String name, Action action) {
        this.action = action;
        this.hook = new Thread(this::runInHook, "schemaproof-cleanup-" + name);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Undoes, the first time it is called. */
    void run() throws Exception {
        if (!done.compareAndSet(false, true)) {
            return;
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // the hook has been started, and finds the work done
        }
        action.run();
    }

    private void runInHook() {
        if (!done.compareAndSet(false, true)) {
            return;
        }
        try {
            action.run();
        } catch (Exception unreported) {
            // nobody is left to tell; the next start sweeps what could not be removed
        }
    }
}
