package ${package};

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The SQL that was generated from {@code src/main/schema}, for tests and tools that need a database of this schema. */
public final class SchemaScripts {

    private SchemaScripts() {}

    /** Tables, constraints and indexes. */
    public static String schema() {
        return read("/main/schema.sql");
    }

    /** The functions and triggers that keep copies right; to be run after {@link #schema()}. */
    public static String triggers() {
        return read("/main/triggers.sql");
    }

    private static String read(String name) {
        try (InputStream script = SchemaScripts.class.getResourceAsStream(name)) {
            if (script == null) {
                throw new IllegalStateException(name + " is not on the class path: run `mvn generate-resources`");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
