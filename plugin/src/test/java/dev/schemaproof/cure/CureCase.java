package dev.schemaproof.cure;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.app.Rules;
import dev.schemaproof.check.Checker;
import dev.schemaproof.check.Findings;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.model.Model;
import dev.schemaproof.yaml.ModelReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A model of {@code src/test/cures} with dependencies that break a normal form, and rows that keep them, behind {@code #>} at
 * its beginning.
 */
record CureCase(String name, String yaml) {

    private static final Path CASES = Path.of("src/test/cures");

    /** The rules whose help takes an entity apart. */
    private static final Set<String> RULES =
            Set.of("partial-dependency", "transitive-dependency", "boyce-codd-violation");

    static Stream<CureCase> all() {
        try (var files = Files.list(CASES)) {
            return files.sorted().map(CureCase::read).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CureCase read(Path file) {
        try {
            return new CureCase(file.getFileName().toString().replace(".yaml", ""), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> rows() {
        return yaml.lines()
                .filter(line -> line.startsWith("#> "))
                .map(line -> line.substring("#> ".length()))
                .toList();
    }

    static List<Finding> findings(Model model) {
        return new Checker(Rules.all(), ModelReader.flaws()).check(new Facts(model, Findings.TODAY));
    }

    /** The findings about normal forms, in order. */
    static List<Finding> breaches(Model model) {
        return findings(model).stream()
                .filter(finding -> RULES.contains(finding.rule().value()))
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
