package dev.schemaproof;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The map of the house: which room may see which, as docs/architecture.md draws it. */
class ArchitectureTest {

    private static final String ROOT = "dev.schemaproof.";

    /** From the cellar to the roof; a room sees the floors below its own, never its neighbours on one floor. */
    private static final List<Set<String>> FLOORS = List.of(
            Set.of("diagnostic"),
            Set.of("model"),
            Set.of("dialect", "yaml"),
            Set.of("sql"),
            Set.of("analysis"),
            Set.of("check", "plan"),
            Set.of("generate", "catalog", "discover"),
            Set.of("prove", "migrate"),
            Set.of("report"),
            Set.of("app"),
            Set.of("mojo"));

    /** Rooms on nothing of ours, which every room may use. */
    private static final Set<String> GROUND = Set.of("template", "output");

    /** Beyond the floors: proofs read the catalog and the folder of migrations. */
    private static final Map<String, Set<String>> ALSO = Map.of("prove", Set.of("migrate"));

    /** Reading YAML is one use case's business: what lies between gets the model. */
    private static final Set<String> READS_YAML = Set.of("yaml", "app");

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.schemaproof");

    @Test
    void roomsSeeOnlyTheFloorsBelow() {
        var allowed = allowed();
        HOUSE.stream().map(ArchitectureTest::room).distinct().forEach(room -> {
            assertThat(allowed).as("every room has a place on the map").containsKey(room);
            noClasses()
                    .that(inRoom(room))
                    .should()
                    .dependOnClassesThat(inOtherRoomThan(room, allowed.get(room)))
                    .because("the arrows of docs/architecture.md run one way")
                    .check(HOUSE);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "org.yaml.., yaml",
        "net.sf.jsqlparser.., sql",
        "freemarker.., template",
        "tools.jackson.., output",
        "org.apache.maven.., mojo",
        "de.siegmar.fastcsv.., discover.csv",
        "org.flywaydb.., prove",
        "org.testcontainers.., prove",
        "com.github.dockerjava.., prove",
        "org.apache.commons.compress.., prove",
        "org.tukaani.., prove",
        "java.sql.., catalog discover.jdbc prove"
    })
    void aLibraryHasItsOwnRoom(String library, String rooms) {
        classes()
                .that()
                .resideInAPackage("dev.schemaproof..")
                .and(new DescribedPredicate<JavaClass>("use " + library) {
                    @Override
                    public boolean test(JavaClass type) {
                        return type.getDirectDependenciesFromSelf().stream()
                                .anyMatch(
                                        dependency -> resideInAPackage(library).test(dependency.getTargetClass()));
                    }
                })
                .should()
                .resideInAnyPackage(Set.of(rooms.split(" ")).stream()
                        .map(room -> ROOT + room + "..")
                        .toArray(String[]::new))
                .check(HOUSE);
    }

    @Test
    void theDocumentHasTheSameFloors() throws IOException {
        var document = Files.readString(Path.of("../docs/architecture.md"));
        for (var floor = 0; floor < FLOORS.size(); floor++) {
            assertThat(document).contains("| " + (floor + 1) + " | " + named(FLOORS.get(floor)) + " |");
        }
        assertThat(document).contains("| ground | " + named(GROUND) + " |");
    }

    private static String named(Set<String> rooms) {
        return rooms.stream().sorted().map(room -> "`" + room + "`").collect(Collectors.joining(", "));
    }

    @Test
    void everyRoomSaysInOneSentenceWhatItIs() throws IOException {
        try (var sources = Files.walk(Path.of("src/main/java"))) {
            var rooms = sources.filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.groupingBy(Path::getParent, TreeMap::new, Collectors.toList()));
            rooms.keySet()
                    .forEach(room -> assertThat(room.resolve("package-info.java"))
                            .content()
                            .contains("NullMarked")
                            .matches("(?s)/\\*\\*\\s[^.]*\\.\\s*\\*/.*"));
        }
    }

    private static Map<String, Set<String>> allowed() {
        var allowed = new TreeMap<String, Set<String>>();
        var below = new HashSet<String>(GROUND);
        for (var floor : FLOORS) {
            for (var room : floor) {
                var seen = new HashSet<>(below);
                seen.addAll(ALSO.getOrDefault(room, Set.of()));
                if (!READS_YAML.contains(room)) {
                    seen.remove("yaml");
                }
                allowed.put(room, seen);
            }
            below.addAll(floor);
        }
        GROUND.forEach(room -> allowed.put(room, Set.of()));
        return allowed;
    }

    private static String room(JavaClass type) {
        var name = type.getPackageName()
                .substring(Math.min(ROOT.length(), type.getPackageName().length()));
        var dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    private static DescribedPredicate<JavaClass> inRoom(String room) {
        return resideInAPackage(ROOT + room + "..");
    }

    private static DescribedPredicate<JavaClass> inOtherRoomThan(String room, Set<String> allowed) {
        return new DescribedPredicate<>("of ours that aren't in " + room + " or " + new java.util.TreeSet<>(allowed)) {
            @Override
            public boolean test(JavaClass type) {
                return type.getPackageName().startsWith(ROOT)
                        && !room(type).equals(room)
                        && !allowed.contains(room(type));
            }
        };
    }
}
