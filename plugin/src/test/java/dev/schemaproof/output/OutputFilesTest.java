package dev.schemaproof.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFilesTest {

    @TempDir
    Path directory;

    @Test
    void aFailedRunLeavesEveryFileAsItWas() throws IOException {
        var first = directory.resolve("a.sql");
        Files.writeString(first, "before");
        var blocked = directory.resolve("file");
        Files.writeString(blocked, "no directory");
        var texts = new LinkedHashMap<Path, String>();
        texts.put(first, "after");
        texts.put(blocked.resolve("b.sql"), "never");

        assertThatThrownBy(() -> OutputFiles.write(texts))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("can't write")
                .hasMessageContaining("b.sql");

        assertThat(first).hasContent("before");
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactlyInAnyOrder(first, blocked);
        }
    }

    @Test
    void aFileThatHasTheTextAlreadyIsNotTouched() throws IOException {
        var file = directory.resolve("a.sql");
        Files.writeString(file, "same");
        var longAgo = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(file, longAgo);

        OutputFiles.write(Map.of(file, "same"));

        assertThat(Files.getLastModifiedTime(file)).isEqualTo(longAgo);
    }

    @Test
    void aRecordKnowsWhetherInputsOrOutputsHaveChanged() throws IOException {
        var output = directory.resolve("out.sql");
        var record = directory.resolve("runs/goal");
        OutputFiles.write(Map.of(output, "text"));
        RunRecord.of("inputs", Map.of(output, "text"), List.of(new RunRecord.Message("warning", "two\nlines \\ \t")))
                .save(record);

        var loaded = RunRecord.load(record).orElseThrow();

        assertThat(loaded.messages()).containsExactly(new RunRecord.Message("warning", "two\nlines \\ \t"));
        assertThat(loaded.upToDate("inputs")).isTrue();
        assertThat(loaded.upToDate("others")).isFalse();
        Files.writeString(output, "changed by hand");
        assertThat(loaded.upToDate("inputs")).isFalse();
        Files.delete(output);
        assertThat(loaded.upToDate("inputs")).isFalse();
    }

    @Test
    void aDamagedRecordIsNone() throws IOException {
        var record = directory.resolve("goal");
        Files.writeString(record, "schemaproof run record 1\nabc\noutput\n");

        assertThat(RunRecord.load(record)).isEmpty();
        assertThat(RunRecord.load(directory.resolve("missing"))).isEmpty();
    }
}
