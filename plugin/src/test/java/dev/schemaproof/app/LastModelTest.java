package dev.schemaproof.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.yaml.SourceFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LastModelTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 6, 1);

    private final LastModel known = new LastModel();

    @Test
    void theSameModelIsReadOnce() {
        assertThat(known.of(request(TODAY), files("Post"))).isSameAs(known.of(request(TODAY), files("Post")));
    }

    @Test
    void aChangedModelIsReadAnew() {
        var before = known.of(request(TODAY), files("Post"));

        var after = known.of(request(TODAY), files("User"));

        assertThat(after).isNotSameAs(before);
        assertThat(after.facts().orElseThrow().model().entities()).containsOnlyKeys("User");
    }

    @Test
    void onAnotherDayItIsJudgedAnew() {
        known.of(request(TODAY), files("Post"));

        var tomorrow = known.of(request(TODAY.plusDays(1)), files("Post"));

        assertThat(tomorrow.facts().orElseThrow().today()).isEqualTo(TODAY.plusDays(1));
    }

    @Test
    void findingsAreShownOnce() {
        assertThat(known.firstToShow("these")).isTrue();
        assertThat(known.firstToShow("these")).isFalse();
        assertThat(known.firstToShow("others")).isTrue();
    }

    private static ModelRequest request(LocalDate today) {
        var project = Path.of("project");
        return new ModelRequest(
                project,
                project.resolve("src/main/schema"),
                project.resolve("src/main/schema-baseline"),
                project.resolve("target/schema"),
                FailOn.ERROR,
                new ModelRequest.Tool("1", "code"),
                today,
                Optional.empty());
    }

    private static ModelFiles files(String entity) {
        var text = "schema: blog\nentities: {" + entity + ": {attributes: {id: uuid}, key: [id]}}\n";
        return new ModelFiles(
                "src/main/schema",
                List.of(new SourceFile("src/main/schema/model.yaml", text.getBytes(StandardCharsets.UTF_8))),
                Optional.empty());
    }
}
