package dev.schemaproof.cure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.app.Rules;
import dev.schemaproof.check.Checker;
import dev.schemaproof.check.Findings;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Model;
import dev.schemaproof.prove.TestServer;
import dev.schemaproof.template.TemplateFailedException;
import dev.schemaproof.yaml.ModelReader;
import dev.schemaproof.yaml.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the help of a finding about lists, groups and compounds proposes is pasted as it is, and the finding is gone. */
class FirstNormalFormCuresTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final Pattern REMOVED =
            Pattern.compile("(?:and remove|in place of) (.*?)(?: from `(\\w+)`)?(?:;|:|$)");
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "phone_1: text|phone_2: text",
                "phone_1: text|phone_type_1: int|phone_2: text|phone_type_2: int",
                "phone: string(20)|phone2: string(20) null",
                "phone_1: {native: inet}|phone_2: {native: inet, optional: true}",
                "phone_1: \"decimal(12,2)[]\"|phone_2: decimal(12,2)[] null",
                "sales_2024: decimal(12,2)|sales_2025: decimal(12,2)",
                "position_1: int|position_2: int",
                "helper_1_id: int|helper_2_id: int|helper_3_id: int",
                "tags: text",
                "customer_ids: text",
                "customer_ids: int[]",
                "other_customer_ids: int[]",
                "nicknames: text[]",
                "holidays: date[]",
                "items: json",
                "customers: json",
            })
    void anEntityOfItsOwn(String attributes) throws IOException, TemplateFailedException {
        cured(attributes, "[id]");
        cured(attributes, "[id, area]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"city_state: text", "lat_lng: text null", "owner_name_and_phone: string(99)"})
    void anAttributeForEachFact(String attribute) {
        var before = model(attribute, "[id]");
        var finding = sole(before);
        var parts = lines(finding)
                .filter(line -> line.startsWith("  "))
                .map(String::strip)
                .toList();
        var mended = before.replace(attribute, String.join("\n      ", parts));
        assertThat(mended).isNotEqualTo(before);
        assertThat(Findings.in(mended)).noneMatch(found -> found.rule().equals(finding.rule()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "customer_id: int | book: text",
                "supplier: text | book: text",
                "supplier: text | book: text null",
                "supplier: {native: inet, optional: true} | book: text null"
            })
    void twoEntitiesForTwoFacts(String teacher, String book) throws IOException, TemplateFailedException {
        var before = """
                schema: s
                entities:
                  Customer: {attributes: {id: int, name: text}, key: [id]}
                  Plan:
                    attributes: {id: int, course: text, %s, %s}
                    key: [id]
                    unique: [[course, %s, book]]
                    references: {%s}
                    dependencies: ["course ->> book"]
                """.formatted(
                        teacher,
                        book,
                        teacher.replaceFirst(":.*", ""),
                        teacher.startsWith("customer") ? "customer: {entity: Customer, onDelete: cascade}" : "");
        var finding = Findings.in(before).stream()
                .filter(found -> found.rule().value().equals("multivalued-dependency"))
                .findFirst()
                .orElseThrow();
        var mended = checked(before.replaceFirst("(?s)  Plan:.*", ""), yaml(finding));
        assertThat(mended)
                .noneMatch(found ->
                        found.severity() == Severity.ERROR || found.rule().equals(finding.rule()));
    }

    private static void cured(String attributes, String key) throws IOException, TemplateFailedException {
        var before = model(attributes, key);
        var finding = sole(before);
        var removed = REMOVED.matcher(finding.help().orElseThrow());
        assertThat(removed.find()).isTrue();
        var names = NAME.matcher(removed.group(1))
                .results()
                .map(name -> name.group(1))
                .toList();
        assertThat(removed.group(2)).isEqualTo("Thing");
        var remaining = before.lines()
                .filter(line -> names.stream().noneMatch(name -> line.startsWith("      " + name + ": ")))
                .filter(line -> names.stream().noneMatch(name -> line.contains("attributes: [" + name + "]")))
                .toList();
        assertThat(remaining).hasSizeLessThan((int) before.lines().count());
        assertThat(checked(String.join("\n", remaining), yaml(finding)))
                .as(yaml(finding))
                .noneMatch(found ->
                        found.severity() == Severity.ERROR || found.rule().equals(finding.rule()));
    }

    private static Finding sole(String model) {
        var atomicity =
                List.of("repeating-group", "delimited-list", "nested-list", "reference-array", "compound-attribute");
        var found = Findings.in(model).stream()
                .filter(finding -> atomicity.contains(finding.rule().value()))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static Stream<String> lines(Finding finding) {
        return finding.help().orElseThrow().lines();
    }

    /** The part of the help that is YAML for entities. */
    private static String yaml(Finding finding) {
        return String.join(
                "\n",
                lines(finding)
                        .filter(line -> line.equals("entities:") || line.startsWith("  "))
                        .toList());
    }

    private static List<Finding> checked(String... files) throws IOException, TemplateFailedException {
        var sources = Arrays.stream(files)
                .map(text -> new SourceFile(
                        "src/main/schema/" + Arrays.asList(files).indexOf(text) + ".yaml",
                        text.getBytes(StandardCharsets.UTF_8)))
                .toList();
        var read = ModelReader.read("src/main/schema", sources);
        var yaml = String.join("\n---\n", files);
        assertThat(read.findings()).as(yaml).isEmpty();
        Model model = read.model().orElseThrow();
        Proven.on(SERVER, model, yaml);
        return new Checker(Rules.all(), ModelReader.flaws()).check(new Facts(model, Findings.TODAY));
    }

    private static String model(String attributes, String key) {
        var references = attributes.startsWith("helper")
                ? Stream.of(1, 2, 3)
                        .map(i -> "      helper_" + i + ": {entity: Customer, attributes: [helper_" + i + "_id]}\n")
                        .reduce("    references:\n      area: {entity: Area}\n", String::concat)
                : "    references:\n      area: {entity: Area}\n";
        return """
                schema: s
                entities:
                  Customer: {attributes: {id: int, name: text}, key: [id]}
                  Area: {attributes: {id: int}, key: [id]}
                  Thing:
                    attributes:
                      id: bigint
                      area: uuid
                      area_id: int
                      %s
                    key: %s
                """.formatted(attributes.replace("|", "\n      "), key) + references;
    }
}
