package dev.schemaproof.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.app.Rules;
import dev.schemaproof.check.Checker;
import dev.schemaproof.check.Findings;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.yaml.EditorSchema;
import dev.schemaproof.yaml.ModelReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every YAML block in the documents is read. A block that begins with {@code schema:} or stands alone is a whole model without
 * errors; a comment before a block says where a fragment {@code belongs into}, that it {@code is no model}, or that a model {@code
 * is wrong}, which another test has to show.
 */
class YamlBlocksTest {

    private static final Pattern BLOCK = Pattern.compile(
            "(?:^<!-- ([^\n]*?) -->\n)?^([ ]*)```ya?ml([^\n]*)\n(.*?)^[ ]*```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern FENCE = Pattern.compile("^[ ]*```ya?ml", Pattern.MULTILINE);
    private static final Pattern BELONGS = Pattern.compile("belongs into: (\\S+)");

    /** What is missing from fragments: the rest of the model. */
    private static final Pattern OF_FRAGMENTS =
            Pattern.compile("empty-model|incomplete-element|unknown-.*|unmatched-exception");

    /** A block and what its page says of it. */
    record Block(Path page, int line, String note, String text) {

        @Override
        public String toString() {
            return page.getFileName() + ":" + line;
        }
    }

    static Stream<Block> blocks() throws IOException {
        var blocks = new ArrayList<Block>();
        for (var page : pages()) {
            var text = Files.readString(page);
            BLOCK.matcher(text)
                    .results()
                    .forEach(block -> blocks.add(new Block(
                            page,
                            (int) text.substring(0, block.start(2)).lines().count() + 1,
                            block.group(1) == null ? "" : block.group(1),
                            block.group(4).replaceAll("(?m)^" + block.group(2), ""))));
        }
        return blocks.stream();
    }

    /** The rules' pages have a test of their own. */
    private static List<Path> pages() throws IOException {
        try (var docs = Files.walk(Path.of("..", "docs"))) {
            return Stream.concat(
                            docs.filter(file -> file.toString().endsWith(".md")), Stream.of(Path.of("..", "README.md")))
                    .filter(page -> !page.getParent().endsWith("rules"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void noBlockIsOverlooked() throws IOException {
        var fences = 0L;
        for (var page : pages()) {
            fences += FENCE.matcher(Files.readString(page)).results().count();
        }
        assertThat(blocks()).hasSize((int) fences);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("blocks")
    void isReadAndChecked(Block block) {
        var belongs = BELONGS.matcher(block.note());
        if (belongs.matches()) {
            assertThat(errors(nested(belongs.group(1), block.text())))
                    .filteredOn(finding ->
                            !OF_FRAGMENTS.matcher(finding.rule().value()).matches())
                    .isEmpty();
        } else if (block.note().equals("is no model")) {
            assertThat(block.text()).doesNotContain("entities:");
        } else if (!block.note().startsWith("is wrong")) {
            assertThat(errors(block.text())).isEmpty();
            assertThat(EditorSchema.complaints(block.text())).isEmpty();
        }
    }

    private static List<Finding> errors(String yaml) {
        var read = Models.tryRead(yaml);
        var checked = read.model()
                .map(model -> new Checker(Rules.all(), ModelReader.flaws()).check(new Facts(model, Findings.TODAY)))
                .orElse(List.of());
        return Stream.concat(read.findings().stream(), checked.stream())
                .filter(finding -> finding.severity() == Severity.ERROR)
                .toList();
    }

    /** The fragment below the keys that lead to it. */
    private static String nested(String path, String fragment) {
        var text = new StringBuilder("schema: a\n");
        var indent = "";
        for (var key : path.split("\\.")) {
            text.append(indent).append(key).append(":\n");
            indent += "  ";
        }
        return text + fragment.replaceAll("(?m)^(?=.)", indent);
    }
}
