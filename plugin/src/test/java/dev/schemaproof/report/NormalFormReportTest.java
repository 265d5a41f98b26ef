package dev.schemaproof.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.normal.Origin;
import dev.schemaproof.check.Findings;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.NormalForm;
import dev.schemaproof.output.Json;
import dev.schemaproof.report.EntityForm.Step;
import dev.schemaproof.report.EntityForm.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The report about normal forms. What is expected of the rich model is never written by hand: {@code mvn -pl plugin test
 * -Dtest=NormalFormReportTest -Dschemaproof.bless} writes it anew, and the review of the difference is the review of the
 * change.
 */
class NormalFormReportTest {

    private static final Path CASE = Path.of("src/test/normal-forms");
    private static final boolean BLESS = System.getProperty("schemaproof.bless") != null;

    static Stream<Path> models() throws IOException {
        try (var cures = Files.list(Path.of("src/test/cures"))) {
            return Stream.concat(cures.sorted().toList().stream(), Stream.of(CASE.resolve("model.yaml")));
        }
    }

    @Test
    void isAsExpected() throws IOException {
        assertThat(written()).as("the second run").isEqualTo(written());
        for (var text : written().entrySet()) {
            var expected = CASE.resolve("expected").resolve(text.getKey());
            if (BLESS) {
                Files.writeString(expected, text.getValue());
            }
            assertThat(expected)
                    .as("mend it with: mvn -pl plugin test -Dtest=NormalFormReportTest -Dschemaproof.bless")
                    .content()
                    .isEqualTo(text.getValue());
        }
    }

    private static Map<String, String> written() {
        var facts = facts(CASE.resolve("model.yaml"));
        var report = NormalFormReport.of(facts);
        var texts = new LinkedHashMap<String, String>();
        texts.put("normal-forms.md", NormalFormMarkdown.of(report, facts));
        texts.put("normal-forms.json", NormalFormJson.of(report, facts));
        return texts;
    }

    private static Facts facts(Path file) {
        try {
            return new Facts(Models.read(Files.readString(file)), Findings.TODAY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Knows keys and declarations by the model alone, and nothing of the engine's sets and closures. */
    @ParameterizedTest
    @MethodSource("models")
    void everyCertificateHolds(Path file) {
        var facts = facts(file);
        var checked = 0;
        for (var form : NormalFormReport.of(facts).entities()) {
            var entity = form.entity();
            var all = entity.attributes().keySet();
            for (var judged : form.dependencies()) {
                if (judged.verdict() instanceof Verdict.Superkey superkey) {
                    assertThat(follow(entity, judged.determinant(), superkey.steps()))
                            .as("what %s of %s determines", judged.determinant(), entity.name())
                            .isEqualTo(all);
                    checked++;
                } else if (judged.verdict() instanceof Verdict.Broken broken) {
                    assertThat(follow(entity, judged.determinant(), broken.steps()))
                            .containsAll(broken.attributes());
                    assertThat(closure(entity, judged.determinant())).isNotEqualTo(all);
                    assertThat(broken.form() == NormalForm.BOYCE_CODD)
                            .as("%s in a key of %s", broken.attributes(), entity.name())
                            .isEqualTo(broken.attributes().stream()
                                    .allMatch(name -> form.keys().stream().anyMatch(key -> key.contains(name))));
                    checked++;
                }
            }
            for (var key : form.keys()) {
                assertThat(closure(entity, key)).isEqualTo(all);
                for (var left : key) {
                    assertThat(closure(
                                    entity,
                                    key.stream()
                                            .filter(name -> !name.equals(left))
                                            .toList()))
                            .as("key %s of %s without %s", key, entity.name(), left)
                            .isNotEqualTo(all);
                }
            }
        }
        assertThat(checked).isPositive();
    }

    /** Where the steps of a derivation lead, each of which has to be said by the model. */
    private static Set<String> follow(Entity entity, List<String> from, List<Step> steps) {
        var reached = new HashSet<>(from);
        for (var step : steps) {
            assertThat(reached).containsAll(step.determinant());
            assertThat(isSaid(entity, step)).as("%s in %s", step, entity.name()).isTrue();
            reached.addAll(step.adds());
        }
        return reached;
    }

    private static boolean isSaid(Entity entity, Step step) {
        var origin = step.origin();
        var determinant = Set.copyOf(step.determinant());
        if (origin instanceof Origin.PrimaryKey) {
            return determinant.equals(Set.copyOf(entity.keyNames()));
        } else if (origin instanceof Origin.Unique) {
            return entity.uniques().stream().anyMatch(unique -> determinant.equals(Set.copyOf(unique.names())));
        } else if (origin instanceof Origin.Declared) {
            return entity.dependencies().stream()
                    .filter(declared -> !declared.multivalued())
                    .anyMatch(declared -> determinant.equals(names(declared.determinant()))
                            && names(declared.dependent()).containsAll(step.adds()));
        } else if (origin instanceof Origin.Generated) {
            return step.adds().stream()
                    .allMatch(name -> entity.attribute(name)
                            .flatMap(attribute -> attribute.generated())
                            .filter(made -> determinant.stream().allMatch(made.value()::contains))
                            .isPresent());
        }
        // A copy under contract, a reference: where the model says it, it is named
        return entity.references().values().stream()
                        .anyMatch(reference -> Set.copyOf(reference.names()).equals(determinant))
                && origin.words().matches("(?s)(contract|reference) .*");
    }

    private static Set<String> names(List<Located<String>> names) {
        return names.stream().map(Located::value).collect(Collectors.toSet());
    }

    /** What the keys, the declared dependencies, generated attributes and copies under contract determine, step by step. */
    private static Set<String> closure(Entity entity, List<String> from) {
        var reached = new HashSet<>(from);
        for (var size = -1; reached.size() > size; ) {
            size = reached.size();
            var keys = new ArrayList<List<String>>();
            keys.add(entity.keyNames());
            entity.uniques().stream()
                    .filter(unique -> unique.names().stream()
                            .noneMatch(
                                    name -> entity.attribute(name).orElseThrow().optional()))
                    .forEach(unique -> keys.add(unique.names()));
            if (keys.stream().anyMatch(reached::containsAll)) {
                reached.addAll(entity.attributes().keySet());
            }
            entity.dependencies().stream()
                    .filter(declared -> !declared.multivalued() && reached.containsAll(names(declared.determinant())))
                    .forEach(declared -> reached.addAll(names(declared.dependent())));
            entity.attributes().values().stream()
                    .filter(attribute -> attribute.generated().isPresent())
                    .filter(attribute -> entity.attributes().keySet().stream()
                            .filter(name -> attribute.generated().get().value().contains(name))
                            .allMatch(reached::contains))
                    .forEach(attribute -> reached.add(attribute.name().value()));
        }
        return reached;
    }

    @Test
    void whatTheDatabaseHoldsOrAContractDocumentsIsLetBe() {
        var report = NormalFormReport.of(facts(CASE.resolve("model.yaml")));
        assertThat(wanted(report, "OrderLine", "title")).contains(EntityForm.Wanted.CONTRACT);
        assertThat(wanted(report, "Customer", "initials")).isEmpty();
        assertThat(form(report, "OrderLine").treatments())
                .singleElement()
                .satisfies(treatment -> assertThat(treatment.cure().moved()).containsExactly("ordered_on"));
        assertThat(form(report, "Product").plain()).isTrue();
    }

    private static EntityForm form(NormalFormReport report, String entity) {
        return report.entities().stream()
                .filter(form -> form.entity().name().value().equals(entity))
                .findFirst()
                .orElseThrow();
    }

    private static List<EntityForm.Wanted> wanted(NormalFormReport report, String entity, String attribute) {
        return form(report, entity).dependencies().stream()
                .map(EntityForm.Judged::verdict)
                .filter(Verdict.Broken.class::isInstance)
                .map(Verdict.Broken.class::cast)
                .filter(broken -> broken.attributes().contains(attribute))
                .flatMap(broken -> broken.wanted().stream())
                .toList();
    }

    @Test
    void keysThatWereNotExploredLeaveItOpen() {
        var names = IntStream.rangeClosed(1, 10)
                .boxed()
                .flatMap(i -> Stream.of("a" + i, "b" + i))
                .toList();
        var yaml = "schema: s\nentities:\n  Many:\n    attributes: {"
                + names.stream().map(name -> name + ": int").collect(Collectors.joining(", ")) + ", c: int}\n    key: ["
                + IntStream.rangeClosed(1, 10).mapToObj(i -> "a" + i).collect(Collectors.joining(", "))
                + "]\n    dependencies: ["
                + IntStream.rangeClosed(1, 10)
                        .mapToObj(i -> "a" + i + " -> b" + i + ", b" + i + " -> a" + i)
                        .map(both -> "\"" + both.replace(", ", "\", \"") + "\"")
                        .collect(Collectors.joining(", "))
                + "]\n";
        var facts = new Facts(Models.read(yaml), Findings.TODAY);
        var report = NormalFormReport.of(facts);
        assertThat(form(report, "Many").allKeys()).isFalse();
        assertThat(NormalFormMarkdown.of(report, facts)).contains("these may not be all", "; and ");
        assertThat(Json.read(NormalFormJson.of(report, facts))).isNotNull();
    }

    @Test
    void manyEntitiesWithNothingButKeysAreCounted() {
        var yaml = "schema: s\nentities:\n"
                + IntStream.range(0, 305)
                        .mapToObj(i -> "  E" + i + ": {attributes: {id: int}, key: [id]}\n")
                        .collect(Collectors.joining());
        Model model = Models.read(yaml);
        var facts = new Facts(model, Findings.TODAY);
        var page = NormalFormMarkdown.of(NormalFormReport.of(facts), facts);
        assertThat(page).contains("Of 305 entities 305 are in BCNF.", "- `E299`: key `id`\n\nAnd 5 more.\n");
    }

    @Test
    void nothingInANameIsReadAsMarkdown() {
        assertThat(Markdown.code("a`b")).isEqualTo("``a`b``");
        assertThat(Markdown.code("`")).isEqualTo("`` ` ``");
        assertThat(Markdown.code("a\nb")).isEqualTo("`a\\nb`");
        assertThat(Markdown.cell(Markdown.code("a|b"))).isEqualTo("`a\\|b`");
        assertThat(Markdown.block("sql", "-- ```\n")).isEqualTo("````sql\n-- ```\n````\n");
    }
}
