package dev.schemaproof.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.app.Rules;
import dev.schemaproof.check.BaselineFlaw;
import dev.schemaproof.check.SettingFlaw;
import dev.schemaproof.yaml.ModelReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Pages in docs/ that are written from the code. When one is out of date: {@code mvn -pl plugin test
 * -Dtest=GeneratedDocsTest -Dschemaproof.bless}.
 */
class GeneratedDocsTest {

    private static final Path DOCS = Path.of("..", "docs");

    @Test
    void theIndexOfRulesIsUpToDate() throws IOException {
        var rows = new TreeMap<String, String>();
        Rules.all().forEach(rule -> rows.put(rule.id().value(), word(rule.severity())));
        Stream.of(SettingFlaw.values()).forEach(flaw -> rows.put(flaw.id().value(), word(flaw.severity())));
        Stream.of(BaselineFlaw.values()).forEach(flaw -> rows.put(flaw.id().value(), word(flaw.severity())));
        ModelReader.flaws().forEach(flaw -> rows.put(flaw.value(), "error"));
        var page = new StringBuilder("""
                # Rules

                Everything that `schema:validate` can find. Severities can be changed and findings accepted, with a reason, under
                `rules:` in the model; what is wrong with the text itself can't.

                | rule | severity | finds |
                | --- | --- | --- |
                """);
        for (var row : rows.entrySet()) {
            page.append("| [")
                    .append(row.getKey())
                    .append("](")
                    .append(row.getKey())
                    .append(".md) | ")
                    .append(row.getValue())
                    .append(" | ")
                    .append(firstSentence(row.getKey()))
                    .append(" |\n");
        }
        check(DOCS.resolve("rules").resolve("README.md"), page.toString());
    }

    @Test
    void thePagesOfGoalsAreUpToDate() throws Exception {
        var descriptor = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("target/classes/META-INF/maven/plugin.xml").toFile());
        var index = new StringBuilder("# Goals\n\n| goal | default phase | does |\n| --- | --- | --- |\n");
        for (var mojo : elements(descriptor.getElementsByTagName("mojo"))) {
            var goal = text(mojo, "goal");
            var does = plain(text(mojo, "description"));
            var phase = text(mojo, "phase");
            index.append("| [schema:%s](%s.md) | %s | %s |\n"
                    .formatted(goal, goal, phase.isEmpty() ? "none" : phase, sentence(does)));
            check(DOCS.resolve("goals").resolve(goal + ".md"), page(mojo, goal, does));
        }
        check(DOCS.resolve("goals").resolve("README.md"), index.toString());
    }

    private static String page(Element mojo, String goal, String does) {
        var page = new StringBuilder("# schema:" + goal + "\n\n" + does + "\n");
        var rows = new TreeMap<String, String>();
        for (var parameter : elements(mojo.getElementsByTagName("parameter"))) {
            if (!"false".equals(text(parameter, "editable"))) {
                var name = text(parameter, "name");
                rows.put(
                        name,
                        "| `%s` | %s | %s | %s |\n"
                                .formatted(
                                        name,
                                        property(mojo, name),
                                        defaultOf(mojo, name),
                                        plain(text(parameter, "description"))));
            }
        }
        if (!rows.isEmpty()) {
            page.append("\n| parameter | property | default | means |\n| --- | --- | --- | --- |\n");
            rows.values().forEach(page::append);
        }
        return page.toString();
    }

    private static String property(Element mojo, String parameter) {
        var value = configured(mojo, parameter).map(Element::getTextContent).orElse("");
        return value.startsWith("${") ? "`" + value.substring(2, value.length() - 1) + "`" : "";
    }

    private static String defaultOf(Element mojo, String parameter) {
        var value = configured(mojo, parameter)
                .map(element -> element.getAttribute("default-value"))
                .orElse("");
        return value.isEmpty() ? "" : "`" + value + "`";
    }

    private static java.util.Optional<Element> configured(Element mojo, String parameter) {
        return elements(mojo.getElementsByTagName("configuration")).stream()
                .flatMap(configuration -> elements(configuration.getElementsByTagName(parameter)).stream())
                .findFirst();
    }

    private static void check(Path file, String expected) throws IOException {
        if (System.getProperty("schemaproof.bless") != null) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, expected);
        }
        assertThat(file)
                .as("mend it with: mvn -pl plugin test -Dtest=GeneratedDocsTest -Dschemaproof.bless")
                .content()
                .isEqualTo(expected);
    }

    private static String firstSentence(String rule) throws IOException {
        var page = Files.readString(DOCS.resolve("rules").resolve(rule + ".md"));
        var begin = page.indexOf("## What it finds") + "## What it finds".length();
        return sentence(page.substring(begin, page.indexOf("\n## ", begin)).strip());
    }

    /** Up to the first full stop that ends a sentence. */
    private static String sentence(String text) {
        return text.replaceAll("\\s+", " ")
                .replaceFirst(": - .*", ".")
                .replaceFirst("(?<=[^.]\\.)\\s+[A-Z`].*", "")
                .replace("|", "\\|");
    }

    /** The descriptor's HTML as Markdown. */
    private static String plain(String html) {
        return html.replaceAll("</?code>", "`")
                .replaceAll("</?(p|em|b|ul|li|a)( [^>]*)?>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String word(Enum<?> severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    private static String text(Element parent, String name) {
        var found = elements(parent.getElementsByTagName(name));
        return found.isEmpty() ? "" : found.get(0).getTextContent().strip();
    }

    private static List<Element> elements(NodeList nodes) {
        var elements = new ArrayList<Element>();
        for (var i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }
}
