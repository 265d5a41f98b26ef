package dev.schemaproof.prove.engine;

import java.util.List;

/**
 * Keeps Testcontainers from telling its whole search for a Docker on the build's log: what matters of it is in our own
 * messages. Its loggers are Maven's, which take their level from system properties when they are first asked for.
 */
final class TestcontainersLog {

    /** Of Maven 3, and of Maven 4. */
    private static final List<String> PREFIXES = List.of("org.slf4j.simpleLogger.log.", "maven.logger.log.");

    /** The library, the log of each image, and the client below. */
    private static final List<String> LOGGERS = List.of("org.testcontainers", "tc", "com.github.dockerjava");

    private TestcontainersLog() {}

    /** Silences what the user has not asked to hear. */
    static void silence() {
        for (String prefix : PREFIXES) {
            for (String logger : LOGGERS) {
                String property = prefix + logger;
                if (System.getProperty(property) == null) {
                    System.setProperty(property, "off");
                }
            }
        }
    }
}
