package dev.schemaproof.mojo;

import dev.schemaproof.report.Ansi;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.jspecify.annotations.Nullable;

/** Where a build runs: at a terminal or not, on GitHub or not. */
final class Surroundings {

    private static final String COLOURS_OF_MAVEN_4 = "org.apache.maven.api.services.MessageBuilderFactory";
    private static final String COLOURS_OF_MAVEN_3 = "org.fusesource.jansi.Ansi";

    private final MavenSession session;

    Surroundings(MavenSession session) {
        this.session = session;
    }

    /** A message as it may be printed here. */
    String shown(String text) {
        return isColoured() ? text : Ansi.strip(text);
    }

    /**
     * Whether Maven itself prints colours, as decided by the terminal, {@code -B}, {@code -l} and {@code -Dstyle.color}.
     * No API tells that in all versions: Maven 4 has a service, the others switch Jansi on or off. Where neither can be
     * asked there are no colours.
     */
    @SuppressWarnings(
            "deprecation") // of the look-up, without which plugins for Maven 3 can't reach a service of Maven 4
    private boolean isColoured() {
        try {
            var service = session.lookup(COLOURS_OF_MAVEN_4);
            if (service != null) {
                return Class.forName(
                                COLOURS_OF_MAVEN_4, true, service.getClass().getClassLoader())
                        .getMethod("isColorEnabled")
                        .invoke(service)
                        .equals(true);
            }
        } catch (Exception | LinkageError e) {
            // Maven 3, which has no such service
        }
        try {
            return Class.forName(COLOURS_OF_MAVEN_3)
                    .getMethod("isEnabled")
                    .invoke(null)
                    .equals(true);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return false;
        }
    }

    /** The root of the repository when GitHub Actions runs the build. */
    Optional<Path> repositoryOnGitHub(Path project) {
        if (!"true".equals(environment("GITHUB_ACTIONS"))) {
            return Optional.empty();
        }
        var workspace = environment("GITHUB_WORKSPACE");
        return Optional.of(
                workspace == null || workspace.isBlank()
                        ? project
                        : Path.of(workspace).toAbsolutePath().normalize());
    }

    private @Nullable String environment(String variable) {
        var properties = session.getSystemProperties();
        return properties == null ? null : properties.getProperty("env." + variable);
    }

    /** Prints a line as it is: GitHub understands a command only at the beginning of a line. */
    void printRaw(String line) {
        System.out.flush();
        var version = session.getSystemProperties().getProperty("maven.version", "");
        if (version.startsWith("3.")) {
            System.out.println(line);
            return;
        }
        // Maven 4 puts a prefix before all that plugins print; the stream is that of the process, and not ours to close
        try {
            new FileOutputStream(FileDescriptor.out).write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // Nobody to tell: an annotation is an extra
        }
    }
}
