package dev.schemaproof.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Indexes are added where a reader would add them, and nothing else changes. */
class IndexInsertionTest {

    private static final Map<String, String> ADDED = added();

    private static Map<String, String> added() {
        var added = new LinkedHashMap<String, String>();
        added.put("idx_a", "{on: [a]}");
        added.put("idx_b", "{on: [b, \"lower(c)\"]}");
        return added;
    }

    /** Where {@code +} begins a line or {@code «»} stands around a part, it is what is added. */
    private static Stream<String> layouts() {
        return Stream.of("""
                schema: s # the name
                entities:
                  # the first
                  A:
                    attributes: {id: int, a: int, b: int, c: text} # all of them
                    key: [id]   # a key
                +    indexes:
                +      idx_a: {on: [a]}
                +      idx_b: {on: [b, "lower(c)"]}
                    # nothing more

                  B: {attributes: {id: int}, key: [id]}
                """, """
                schema: s
                entities:
                    A:
                        attributes:
                            id: int
                            a: int
                            b: int
                            c: text
                        key: [id]
                        indexes:
                            # for the export
                            idx_c: {on: [c], reason: an export}  # keep
                +            idx_a: {on: [a]}
                +            idx_b: {on: [b, "lower(c)"]}
                        unique:
                            - [a,
                               b]
                """, """
                schema: s
                entities:
                  A:
                    attributes: {id: int, a: int, b: int, c: text}
                    indexes: {idx_c: {on: [c], reason: x}«, idx_a: {on: [a]}, idx_b: {on: [b, "lower(c)"]}»} # those
                    key: [id]
                """, """
                schema: s
                entities:
                  A:
                    attributes: {id: int, a: int, b: int, c: text}
                    indexes: {«idx_a: {on: [a]}, idx_b: {on: [b, "lower(c)"]}»}
                    key: [id]
                """, """
                schema: s
                entities:
                  A:
                    attributes: {id: int, a: int, b: int, c: text}
                    indexes: {«idx_a: {on: [a]}, idx_b: {on: [b, "lower(c)"]}, »
                      idx_c: {on: [c], reason: x}, # the last
                    }
                    key: [id]
                """, """
                schema: s
                entities:
                  A: {attributes: {id: int, a: int, b: int, c: text}, key: [id]«, indexes: {idx_a: {on: [a]}, idx_b: {on: [b, "lower(c)"]}}»}
                  B: {attributes: {id: int}, key: [id]}
                """, """
                schema: s
                entities:
                  A: &a
                +    indexes:
                +      idx_a: {on: [a]}
                +      idx_b: {on: [b, "lower(c)"]}
                    attributes: {id: int, a: int, b: int, c: text}
                    key: [id]
                    description: |+
                      Text whose last lines
                      count.

                  B: {attributes: {id: int}, key: [id]}
                """, """
                schema: s
                entities:
                  A:
                    attributes: {id: int, a: int, b: int, c: text}
                    key: [id]
                    indexes: # with a condition
                +      idx_a: {on: [a]}
                +      idx_b: {on: [b, "lower(c)"]}
                      idx_c:
                        on: [c]
                        where: >-
                          a > 5
                          AND b > 5
                """, """
                schema: s
                entities:
                  "A":
                    attributes: {id: int, a: int, b: int, c: text}
                    key: [id]
                    description: plain words
                      in two lines
                +    indexes:
                +      idx_a: {on: [a]}
                +      idx_b: {on: [b, "lower(c)"]}
                """);
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void addsThemInTheLayoutOfTheFile(String layout) {
        var before = layout.replaceAll("(?m)^\\+.*\n", "").replaceAll("«[^»]*»", "");
        var after = layout.replaceAll("(?m)^\\+", "").replaceAll("[«»]", "");
        assertThat(before).isNotEqualTo(after);
        assertThat(into(before)).contains(after);
        assertThat(Models.tryRead(before).findings()).isEmpty();
        assertThat(Models.read(after).entities().get("A").indexes().keySet()).containsAll(ADDED.keySet());

        var windows = into(before.replace("\n", "\r\n"));
        assertThat(windows).contains(after.replace("\n", "\r\n"));
        assertThat(into("\uFEFF" + before)).contains("\uFEFF" + after);
    }

    @Test
    void endsALineThatHasNoEnd() {
        assertThat(
                        into(
                                "schema: s\nentities:\n  A:\n    attributes: {id: int, a: int, b: int, größe: text}\n    key: [id]"))
                .contains(
                        "schema: s\nentities:\n  A:\n    attributes: {id: int, a: int, b: int, größe: text}\n    key: [id]\n"
                                + "    indexes:\n      idx_a: {on: [a]}\n      idx_b: {on: [b, \"lower(c)\"]}");
    }

    private static Stream<Arguments> unsure() {
        return Stream.of(
                Arguments.of("an alias", "entities:\n  B: &b {attributes: {id: int}}\n  A: *b\n"),
                Arguments.of("indexes by alias", "x: &x {i: {on: [a]}}\nentities:\n  A:\n    indexes: *x\n"),
                Arguments.of("no value", "entities:\n  A:\n"),
                Arguments.of("no such entity", "entities:\n  C: {key: [id]}\n"),
                Arguments.of("no model", "- a\n- b\n"),
                Arguments.of("no YAML", "entities: {A: [}\n"),
                Arguments.of("nothing", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unsure")
    void addsNothingWhereThePlaceIsNotSure(String name, String text) {
        assertThat(into(text)).isEmpty();
    }

    private static Optional<String> into(String text) {
        return IndexInsertion.into(text.getBytes(StandardCharsets.UTF_8), "A", ADDED)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
}
