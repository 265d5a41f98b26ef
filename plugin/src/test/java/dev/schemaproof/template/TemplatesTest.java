package dev.schemaproof.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplatesTest {

    @TempDir
    Path directory;

    /** What a template is handed. */
    public record Page(String title, long rows, boolean ready, Optional<String> note, List<Item> items) {}

    /** A part of it. */
    public record Item(String name) {}

    private static final Page PAGE =
            new Page("a <b> ${c}", 1234567, true, Optional.empty(), List.of(new Item("one"), new Item("two")));

    @Test
    void showsRecordsByTheNamesOfTheirComponents() throws Exception {
        assertThat(render("${title} ${rows} ${ready} [${note!'none'}]<#list items as item> ${item.name}</#list>"))
                .isEqualTo("a <b> ${c} 1234567 true [none] one two");
    }

    @Test
    void showsAnOptionalThatIsThere() throws Exception {
        var noted = new Page("", 0, false, Optional.of("here"), List.of());
        Files.writeString(directory.resolve("t.ftl"), "<#if note??>${note}</#if>");
        assertThat(templates().render("t.ftl", noted)).isEqualTo("here");
    }

    @Test
    void saysTheSameInEveryLocaleAndZone() throws Exception {
        var locale = Locale.getDefault();
        var zone = TimeZone.getDefault();
        var text = "${rows} ${1.5} ${'TITLE'?lower_case} ${0?number_to_datetime?iso_utc} ${.locale} ${.time_zone}";
        try {
            Locale.setDefault(Locale.ROOT);
            TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
            var expected = render(text);
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
            assertThat(render(text)).isEqualTo(expected).startsWith("1234567 1.5 title 1970-01-01T00:00:00Z");
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void endsLinesTheSameWayOnEverySystem() throws Exception {
        assertThat(render("a\r\nb\rc\n")).isEqualTo("a\nb\nc\n");
    }

    @Test
    void letsAFileReplaceABuiltInTemplateByItsName() throws Exception {
        assertThat(Templates.builtIn().render("test/greeting.ftl", PAGE)).isEqualTo("built in: a <b> ${c}\n");
        Files.createDirectories(directory.resolve("test"));
        Files.writeString(directory.resolve("test/greeting.ftl"), "mine: ${title}");
        assertThat(templates().render("test/greeting.ftl", PAGE)).isEqualTo("mine: a <b> ${c}");
    }

    @Test
    void letsAFileIncludeABuiltInTemplate() throws Exception {
        assertThat(render("<#include '/test/greeting.ftl'>")).isEqualTo("built in: a <b> ${c}\n");
    }

    @Test
    void takesADirectoryThatIsMissingForAnEmptyOne() throws Exception {
        var missing = Templates.overriddenIn(Optional.of(directory.resolve("missing")));
        assertThat(missing.render("test/greeting.ftl", PAGE)).startsWith("built in");
    }

    @Test
    void pointsAtAWrongTag() throws Exception {
        var failure = failure("first\n  <#fi title>\n");
        assertThat(failure.template()).isEqualTo("t.ftl");
        assertThat(failure.line()).isEqualTo(2);
        assertThat(failure.column()).isEqualTo(4);
        assertThat(failure.getMessage()).contains("#fi").doesNotContain("\n");
    }

    @Test
    void pointsAtAVariableThatIsNotThere() throws Exception {
        var failure = failure("first\n x ${titel}");
        assertThat(failure.template()).isEqualTo("t.ftl");
        assertThat(failure.line()).isEqualTo(2);
        assertThat(failure.column()).isEqualTo(6);
        assertThat(failure.getMessage()).contains("titel").doesNotContain("\n", "----", "setting");
    }

    @Test
    void pointsIntoAnIncludedTemplate() throws Exception {
        Files.writeString(directory.resolve("part.ftl"), "\n\n${nothing}");
        var failure = failure("<#include 'part.ftl'>");
        assertThat(failure.template()).isEqualTo("part.ftl");
        assertThat(failure.line()).isEqualTo(3);
    }

    @Test
    void namesATemplateThatIsMissing() {
        var failure = catchThrowableOfType(
                TemplateFailedException.class, () -> Templates.builtIn().render("no/such.ftl", PAGE));
        assertThat(failure.template()).isEqualTo("no/such.ftl");
        assertThat(failure).hasMessage("there is no template of this name");
    }

    @Test
    void reachesNoClass() throws Exception {
        assertThat(failure("${'freemarker.template.utility.Execute'?new()('id')}"))
                .hasMessageContaining("freemarker.template.utility.Execute");
        assertThat(failure("${title?api.getClass()}")).hasMessageContaining("?api");
        assertThat(failure("${items[0].getClass()}")).hasMessageContaining("getClass");
        assertThat(failure("${items[0].class}")).hasMessageContaining("class");
    }

    @Test
    void readsNoFileOutsideItsDirectories() throws Exception {
        var inner = Files.createDirectory(directory.resolve("inner"));
        Files.writeString(directory.resolve("secret.txt"), "secret");
        Files.writeString(inner.resolve("t.ftl"), "<#include '../secret.txt'>");
        var templates = Templates.overriddenIn(Optional.of(inner));
        assertThat(catchThrowableOfType(TemplateFailedException.class, () -> templates.render("t.ftl", PAGE)))
                .isNotNull();
    }

    @Test
    void survivesATemplateThatCallsItself() throws Exception {
        assertThat(failure("<#macro m><@m/></#macro><@m/>")).hasMessageContaining("without end");
    }

    private String render(String text) throws IOException, TemplateFailedException {
        Files.writeString(directory.resolve("t.ftl"), text);
        return templates().render("t.ftl", PAGE);
    }

    private TemplateFailedException failure(String text) throws IOException {
        Files.writeString(directory.resolve("t.ftl"), text);
        var templates = templates();
        var failure = catchThrowableOfType(TemplateFailedException.class, () -> templates.render("t.ftl", PAGE));
        assertThat(failure).as("a failure of %s", text).isNotNull();
        return failure;
    }

    private Templates templates() throws IOException {
        return Templates.overriddenIn(Optional.of(directory));
    }
}
