package dev.schemaproof.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectCodeTest {

    @TempDir
    private Path directory;

    /** Is looked for as a compiled class. */
    static class Kept implements Callable<String> {

        @Override
        public String call() {
            return "";
        }

        void keep() {}

        /** One that inherits. */
        static final class More extends Kept {}
    }

    @ParameterizedTest
    @CsvSource({
        "com.acme.Names#changed, true",
        "com.acme.Names.Inner#nested, true",
        "com.acme.Names$Inner#nested, true",
        "com.acme.Names#generic, true",
        "com.acme.Names#change, false",
        "com.acme.Names#hanged, false",
        "com.acme.Name#changed, false",
        "com.acme.Follows#follow, true",
        "Top#level, true",
        "com.acme.Names.changed, false",
        "../Names#changed, false",
        "#changed, false",
        "com.acme.Names#, false",
    })
    void looksIntoSources(String reference, boolean found) throws IOException {
        var main = directory.resolve("src/main/java");
        Files.createDirectories(main.resolve("com/acme"));
        Files.writeString(main.resolve("com/acme/Names.java"), """
                class Names {
                    void changed (String to) {}
                    static class Inner { void nested() {} }
                    void use() { this.<String>generic(); generic<Int>(); }
                }
                """);
        Files.writeString(main.resolve("Top.java"), "class Top { void level() {} }");
        var kotlin = directory.resolve("src/main/kotlin");
        Files.createDirectories(kotlin.resolve("com/acme"));
        Files.writeString(kotlin.resolve("com/acme/Follows.kt"), "class Follows { fun follow() {} }");

        assertThat(new ProjectCode(List.of(main, kotlin, directory.resolve("none")), List.of()).isInSources(reference))
                .isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource({
        "dev.schemaproof.app.ProjectCodeTest#looksIntoSources, true",
        "dev.schemaproof.app.ProjectCodeTest.Kept#keep, true",
        "dev.schemaproof.app.ProjectCodeTest.Kept.More#keep, true",
        "dev.schemaproof.app.ProjectCodeTest$Kept$More#call, true",
        "dev.schemaproof.app.ProjectCodeTest.Kept.More#kept, false",
        "dev.schemaproof.app.NoTest#looksIntoSources, false",
        "nothing, false",
    })
    void looksIntoClasses(String reference, boolean found) {
        assertThat(new ProjectCode(List.of(), List.of(directory.resolve("none"), Path.of("target/test-classes")))
                        .isCompiled(reference))
                .hasValue(found);
    }

    @Test
    void knowsNothingWhereNothingIsCompiled() {
        assertThat(new ProjectCode(List.of(), List.of(directory.resolve("none"))).isCompiled("a.B#c"))
                .isEmpty();
    }

    @Test
    void findsNothingInWhatIsNoClass() throws IOException {
        Files.writeString(directory.resolve("Torn.class"), "no class at all");

        assertThat(new ProjectCode(List.of(), List.of(directory)).isCompiled("Torn#c"))
                .hasValue(false);
    }

    @Test
    void tellsTheStateOfAllThatATextNames() throws IOException {
        var code = new ProjectCode(List.of(directory), List.of());
        var text = "x: {code: a.B#c} # d\n" + "y".repeat(1_000_000) + "#";
        var before = code.stateOf(text);
        Files.createDirectories(directory.resolve("a"));
        Files.writeString(directory.resolve("a/B.java"), "class B { void c() {} }");

        assertThat(code.stateOf(text)).isNotEqualTo(before).contains("a.B#c true");
    }
}
