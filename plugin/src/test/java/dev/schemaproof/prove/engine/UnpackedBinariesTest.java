package dev.schemaproof.prove.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class UnpackedBinariesTest {

    private static final Platform PLATFORM = new Platform("linux-amd64");
    private static final String NAME = "postgresql-18.6.0-linux-amd64";

    private Path temporary;
    private Path cache;

    @BeforeEach
    void nameTheCache(@TempDir Path directory) {
        temporary = directory;
        cache = temporary.resolve("cache");
    }

    @Test
    void keepProgramsAndLinks() throws Exception {
        Path directory = unpack(jar(Map.of("bin/postgres", "program", "share/postgres.bki", "text"), "lib/libpq.so"));

        assertThat(directory).isEqualTo(cache.resolve(NAME));
        assertThat(directory.resolve("bin/postgres")).isExecutable().hasContent("program");
        assertThat(directory.resolve("share/postgres.bki")).hasContent("text");
        assertThat(directory.resolve("lib/libpq.so")).isSymbolicLink();
    }

    @Test
    void areUnpackedOnce() throws Exception {
        Path directory = unpack(jar(Map.of("bin/postgres", "first")));
        unpack(jar(Map.of("bin/postgres", "second")));

        assertThat(directory.resolve("bin/postgres")).hasContent("first");
    }

    @Test
    void areCompleteForEachOfManyThreads() throws Exception {
        Map<String, String> files = new java.util.TreeMap<>(Map.of("bin/postgres", "program"));
        for (int i = 0; i < 200; i++) {
            files.put("share/file" + i, "text " + i);
        }
        Path jar = jar(files);
        Callable<Long> job = () -> {
            Path directory = unpack(jar);
            try (Stream<Path> all = Files.walk(directory)) {
                return all.filter(Files::isRegularFile).count();
            }
        };
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                counts.add(threads.submit(job));
            }
            for (Future<Long> count : counts) {
                assertThat(count.get()).isEqualTo(201);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(leftIn(cache)).containsExactly(NAME);
    }

    @Test
    void replaceWhatSomeoneDeletedInPart() throws Exception {
        Path directory = unpack(jar(Map.of("bin/postgres", "first", "share/old", "")));
        Files.delete(directory.resolve("bin/postgres"));

        unpack(jar(Map.of("bin/postgres", "second")));

        assertThat(directory.resolve("bin/postgres")).hasContent("second");
        assertThat(directory.resolve("share/old")).doesNotExist();
        assertThat(leftIn(cache)).containsExactly(NAME);
    }

    @Test
    void sweepWhatAKilledBuildLeft() throws Exception {
        Files.createDirectories(cache.resolve(".unpacking-" + NAME + "-1/bin"));

        unpack(jar(Map.of("bin/postgres", "program")));

        assertThat(leftIn(cache)).containsExactly(NAME);
    }

    @Test
    void refuseAnArchiveThatLeavesItsDirectory() throws Exception {
        Path jar = jar(Map.of("bin/postgres", "program", "../../evil", "text"));

        assertThatIOException().isThrownBy(() -> unpack(jar)).withMessageContaining("leaves its directory");
        assertThat(temporary.resolve("evil")).doesNotExist();
        assertThat(leftIn(cache)).isEmpty();
    }

    @Test
    void refuseAJarWithoutAny() throws Exception {
        Path jar = temporary.resolve("other.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("README"));
        }

        assertThatIOException().isThrownBy(() -> unpack(jar)).withMessage("`other.jar` holds no archive of binaries");
        assertThat(leftIn(cache)).isEmpty();
    }

    private Path unpack(Path jar) throws Exception {
        return new UnpackedBinaries(cache, PLATFORM).of(jar, "18.6.0");
    }

    /** All but the file that carries the lock. */
    private static List<String> leftIn(Path cache) throws IOException {
        try (Stream<Path> paths = Files.list(cache)) {
            return paths.map(path -> path.getFileName().toString())
                    .filter(name -> !name.endsWith(".lock"))
                    .toList();
        }
    }

    private Path jar(Map<String, String> files, String... links) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream xz = new XZOutputStream(packed, new LZMA2Options(0));
                TarArchiveOutputStream tar = new TarArchiveOutputStream(xz)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
            for (String link : links) {
                TarArchiveEntry entry = new TarArchiveEntry(link, TarConstants.LF_SYMLINK);
                entry.setLinkName("elsewhere");
                tar.putArchiveEntry(entry);
                tar.closeArchiveEntry();
            }
        }
        Path jar = Files.createTempFile(temporary, "binaries", ".jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("postgres-linux-x86_64.txz"));
            zip.write(packed.toByteArray());
        }
        return jar;
    }
}
