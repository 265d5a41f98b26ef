package dev.schemaproof.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The guide to editors shows the settings that the starter project has. */
class EditorsGuideTest {

    private static final Path STARTER = Path.of("../archetype/src/main/resources/archetype-resources");

    @Test
    void theSettingsAreThoseOfTheStarterProject() throws IOException {
        assertThat(Path.of("../docs/editors.md"))
                .content()
                .contains("```json\n" + Files.readString(STARTER.resolve(".vscode/settings.json")) + "```")
                .contains("```xml\n" + Files.readString(STARTER.resolve(".idea/jsonSchemas.xml")) + "```");
    }
}
