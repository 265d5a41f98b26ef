package dev.schemaproof.generate.relational;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * {@code docs/pitfalls.md} lists every pitfall once, with the tests that show what is generated to withstand it, and those that show a
 * simple trigger to fall into it, or why there is none.
 */
class PitfallListTest {

    private static final Path PAGE = Path.of("..", "docs", "pitfalls.md");
    private static final int PITFALLS = 36;

    /** What also simple triggers get right, as far as they do. */
    private static final List<String> HARMLESS = List.of(
            "ON DELETE CASCADE",
            "ON DELETE SET NULL",
            "COPY",
            "INSERT ... ON CONFLICT",
            "DO UPDATE ... WHERE false",
            "MERGE",
            "WITH that writes",
            "ROLLBACK TO SAVEPOINT",
            "a BEFORE trigger that returns NULL",
            "rows that change their partition");

    /** Begins the cell where no test shows a trigger to fall into it. */
    private static final String NONE = "none: ";

    @Test
    void namesTheTestsOfEachPitfall() throws Exception {
        var withstand = new TreeMap<Integer, TreeSet<String>>();
        var fall = new TreeMap<Integer, TreeSet<String>>();
        for (var method : tests()) {
            add(withstand, method, method.getAnnotationsByType(Withstands.class), Withstands::value);
            add(fall, method, method.getAnnotationsByType(FallsInto.class), FallsInto::value);
        }
        var rows = rows("^\\| [0-9].*");
        assertThat(rows.stream().map(cells -> cells.get(0)))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, PITFALLS)
                        .mapToObj(Integer::toString)
                        .toList());
        for (var cells : rows) {
            var number = Integer.parseInt(cells.get(0));
            assertThat(cells).as("pitfall %s", number).hasSize(6).doesNotContain("");
            assertThat(cells.get(4)).as("what withstands pitfall %s", number).isEqualTo(names(withstand, number));
            if (cells.get(5).startsWith(NONE)) {
                assertThat(cells.get(5))
                        .as("why nothing shows pitfall %s", number)
                        .hasSizeGreaterThan(NONE.length());
                assertThat(fall).doesNotContainKey(number);
            } else {
                assertThat(cells.get(5))
                        .as("what falls into pitfall %s", number)
                        .isEqualTo(names(fall, number));
            }
        }
        assertThat(withstand.keySet()).isEqualTo(new TreeSet<>(numbers(rows)));
        assertThat(numbers(rows)).containsAll(fall.keySet());
    }

    @Test
    void namesTheTestsOfWhatIsHarmless() throws Exception {
        var exact = new TreeMap<String, TreeSet<String>>();
        for (var method : tests()) {
            for (var annotation : method.getAnnotationsByType(StaysExact.class)) {
                for (var what : annotation.value()) {
                    exact.computeIfAbsent(what, key -> new TreeSet<>()).add("`" + method.getName() + "`");
                }
            }
        }
        var rows = rows("^\\| `?[A-Za-z].*\\| `.*");
        assertThat(rows.stream().map(cells -> cells.get(0).replace("`", ""))).containsExactlyElementsOf(HARMLESS);
        assertThat(rows)
                .allSatisfy(cells -> assertThat(cells.get(1))
                        .as(cells.get(0))
                        .isEqualTo(String.join(
                                ", ", exact.getOrDefault(cells.get(0).replace("`", ""), new TreeSet<>()))));
        assertThat(exact).containsOnlyKeys(HARMLESS);
    }

    private static <A> void add(
            Map<Integer, TreeSet<String>> byNumber, Method method, A[] annotations, Function<A, int[]> numbers) {
        for (var annotation : annotations) {
            for (var number : numbers.apply(annotation)) {
                byNumber.computeIfAbsent(number, key -> new TreeSet<>()).add("`" + method.getName() + "`");
            }
        }
    }

    private static String names(Map<Integer, TreeSet<String>> byNumber, int number) {
        return String.join(", ", byNumber.getOrDefault(number, new TreeSet<>()));
    }

    private static List<Integer> numbers(List<List<String>> rows) {
        return rows.stream().map(cells -> Integer.valueOf(cells.get(0))).toList();
    }

    /** All methods of this package's classes that JUnit runs. */
    private static List<Method> tests() throws Exception {
        var folder = Path.of(PitfallListTest.class.getResource(".").toURI());
        var tests = new ArrayList<Method>();
        try (Stream<Path> files = Files.list(folder)) {
            for (var file : files.map(Path::getFileName)
                    .map(Path::toString)
                    .filter(name -> name.endsWith(".class") && !name.contains("$"))
                    .sorted()
                    .toList()) {
                var type = Class.forName(PitfallListTest.class.getPackageName() + "."
                        + file.substring(0, file.length() - ".class".length()));
                Arrays.stream(type.getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(Test.class)
                                || method.isAnnotationPresent(ParameterizedTest.class))
                        .forEach(tests::add);
            }
        }
        return tests;
    }

    /** The cells of the lines of tables that are such. */
    private static List<List<String>> rows(String line) throws Exception {
        return Files.readAllLines(PAGE).stream()
                .filter(text -> text.matches(line))
                .map(text -> Arrays.stream(text.substring(1, text.length() - 1).split("(?<!\\\\)\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
    }
}
