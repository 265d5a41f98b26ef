package dev.schemaproof.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A measurement stands where a reader would write it, and nothing else changes. */
class MeasurementEditTest {

    private static final Map<String, String> FIGURES = figures("12.4 ms", "0.08 ms", "100k", "2026-11-30", "here");

    private static final String NEW = "{before: 12.4 ms, after: 0.08 ms, rows: 100k, on: 2026-11-30, where: here}";

    private static Map<String, String> figures(String before, String after, String rows, String on, String where) {
        var figures = new LinkedHashMap<String, String>();
        figures.put("before", before);
        figures.put("after", after);
        figures.put("rows", rows);
        figures.put("on", on);
        figures.put("where", where);
        return figures;
    }

    /** The gain as it is written, and as it is written then. */
    private static Stream<Arguments> layouts() {
        return Stream.of(
                Arguments.of("""
                            gain:
                              pattern: p   # who reads it
                              atLeast: 2x
                              # of last year
                              measured: {before: 9 ms, after: 1 ms, rows: 1M, on: 2025-01-01, where: staging}  # keep

                        """, """
                            gain:
                              pattern: p   # who reads it
                              atLeast: 2x
                              # of last year
                              measured: {before: 12.4 ms, after: 0.08 ms, rows: 100k, on: 2026-11-30, where: here}  # keep

                        """),
                Arguments.of("""
                            gain:
                              measured:
                                before: "9 ms"    # before
                                where: 'my ''staging'''
                                # when
                                on: 2025-01-01
                                after: 1 ms
                                rows: 1M
                              pattern: p
                        """, """
                            gain:
                              measured:
                                before: 12.4 ms    # before
                                where: here
                                # when
                                on: 2026-11-30
                                after: 0.08 ms
                                rows: 100k
                              pattern: p
                        """),
                Arguments.of("""
                            gain:
                              measured:
                                before: 9 ms # before

                                # the end
                              pattern: p
                        """, """
                            gain:
                              measured:
                                before: 12.4 ms # before
                                after: 0.08 ms
                                rows: 100k
                                on: 2026-11-30
                                where: here

                                # the end
                              pattern: p
                        """),
                Arguments.of("""
                            gain:
                              pattern: p
                              atLeast: 2x   # claimed

                        """, """
                            gain:
                              pattern: p
                              atLeast: 2x   # claimed
                              measured: %s

                        """.formatted(NEW)),
                Arguments.of("""
                            gain:
                              measured: TODO   # soon
                        """, """
                            gain:
                              measured: %s   # soon
                        """.formatted(NEW)),
                Arguments.of("""
                            gain:
                              measured:   # soon
                              pattern: p
                        """, """
                            gain:
                              measured: %s   # soon
                              pattern: p
                        """.formatted(NEW)),
                Arguments.of("""
                            gain: {pattern: p, atLeast: 2x}
                        """, """
                            gain: {pattern: p, atLeast: 2x, measured: %s}
                        """.formatted(NEW)),
                Arguments.of("""
                            gain: {measured: {}, pattern: p}
                        """, """
                            gain: {measured: %s, pattern: p}
                        """.formatted(NEW)),
                Arguments.of("""
                            gain: {
                              measured: {   # all of it
                                after: 1 ms,   # with the copy
                                before: 9 ms,
                                on: 2025-01-01, rows: 1M, where: "staging, \\u00e4" },
                              pattern: p }
                        """, """
                            gain: {
                              measured: {   # all of it
                                after: 0.08 ms,   # with the copy
                                before: 12.4 ms,
                                on: 2026-11-30, rows: 100k, where: here },
                              pattern: p }
                        """),
                Arguments.of("""
                            gain:
                              pattern: p
                              instead: |
                                SELECT 1

                        """, """
                            gain:
                              measured: %s
                              pattern: p
                              instead: |
                                SELECT 1

                        """.formatted(NEW)));
    }

    private static String file(String gain) {
        return """
                schema: s # 🙂 before everything
                denormalizations:
                  first:
                    gain: {measured: {before: 3 ms, after: 1 ms, rows: 1M, on: 2025-01-01, where: staging}}
                  second:
                    sync: {by: trigger}
                """ + gain + """
                    # the last
                  third:
                    gain: {measured: {before: 3 ms, after: 1 ms, rows: 1M, on: 2025-01-01, where: staging}}
                """;
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void keepsTheLayout(String before, String after) {
        assertThat(edited(file(before))).hasValue(file(after));
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void keepsTheLineBreaks(String before, String after) {
        assertThat(edited("\uFEFF" + file(before).replace("\n", "\r\n")))
                .hasValue("\uFEFF" + file(after).replace("\n", "\r\n"));
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void replacesWhatItWrote(String before, String after) {
        var other = figures("5 ms", "0.5 ms", "1M", "2027-01-01", "\"there: it is\"");
        var once = MeasurementEdit.into(bytes(file(before)), "second", FIGURES).orElseThrow();

        var twice = MeasurementEdit.into(once, "second", other).orElseThrow();

        assertThat(MeasurementEdit.into(twice, "second", FIGURES)).hasValue(once);
        assertThat(MeasurementEdit.into(once, "second", FIGURES)).hasValue(once);
        assertThat(new String(twice, StandardCharsets.UTF_8)).isNotEqualTo(file(after));
    }

    @Test
    void isReadAsItWasWritten() {
        var text = edited("""
                schema: s
                entities: {A: {attributes: {id: int}, key: [id]}}
                denormalizations:
                  second: {gain: {pattern: p}}
                """).orElseThrow();

        var measured = Models.tryRead(text)
                .model()
                .orElseThrow()
                .contracts()
                .get("second")
                .gain()
                .orElseThrow()
                .measured()
                .orElseThrow();
        assertThat(measured.before().orElseThrow().value()).isEqualTo(Duration.ofNanos(12_400_000));
        assertThat(measured.after().orElseThrow().value()).isEqualTo(Duration.ofNanos(80_000));
        assertThat(measured.rows()).hasValue(100_000);
        assertThat(measured.on().orElseThrow().value()).isEqualTo(LocalDate.of(2026, 11, 30));
        assertThat(measured.where().orElseThrow().value()).isEqualTo("here");
    }

    @Test
    void leavesWhatHasNoSurePlace() {
        assertThat(edited("denormalizations: {first: {gain: &g {pattern: p}}, second: {gain: *g}}"))
                .isEmpty();
        assertThat(
                        edited(
                                "denormalizations: {first: {gain: {measured: &m {before: 1 ms}}}, second: {gain: {measured: *m}}}"))
                .isEmpty();
        assertThat(edited("denormalizations: {second: {gain: {measured: [1 ms]}}}"))
                .isEmpty();
        assertThat(edited("denormalizations: {second: {gain: {measured: {before: [1 ms]}}}}"))
                .isEmpty();
        assertThat(edited("denormalizations: {second: {gain: {}}}")).isEmpty();
        assertThat(edited("denormalizations: {another: {gain: {pattern: p}}}")).isEmpty();
        assertThat(edited("denormalizations: {second")).isEmpty();
    }

    private static Optional<String> edited(String text) {
        return MeasurementEdit.into(bytes(text), "second", FIGURES)
                .map(content -> new String(content, StandardCharsets.UTF_8));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
