package dev.schemaproof.check.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.check.Findings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of indexes that a model could do without, beyond the examples of the rules' pages. */
class IndexEconomyTest {

    private static List<String> findings(String indexes, String patterns) {
        return Findings.briefly("""
                schema: shop
                types: {mood: {enum: [good, bad]}}
                entities:
                  Order:
                    table: orders
                    attributes:
                      id: bigint
                      customer: uuid
                      status: text
                      number: int
                      placed: timestamptz
                      paid: boolean
                      mood: mood
                    key: [id]
                    unique: {orders_number: [number, placed]}
                    indexes: {%s}
                accessPatterns: {%s}
                """.formatted(indexes, patterns)).stream()
                .filter(finding ->
                        finding.matches("\\w+\\[(duplicate|redundant|overlapping|costly|unselective)-index].*"))
                .map(finding -> finding.replace("-index] Order.", " "))
                .toList();
    }

    /** Two indexes, and what is said of them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {on: [status, customer]}             | {on: [status, customer]}                      | error[duplicate b
            {on: [status, customer]}             | {on: [status, customer], storage: {fillfactor: 70}} | error[duplicate b
            {on: [status, customer]}             | {on: [status, customer], unique: true}        | error[duplicate a
            {on: [status], using: hash}          | {on: [status], using: hash}                   | error[duplicate b
            {on: [lower(status)]}                | {on: ["lower(status)"], reason: unknown}      | error[duplicate b
            {on: [status, customer desc]}        | {on: [status desc, customer]}                 | warning[redundant b
            {on: [status]}                       | {on: [status, customer]}                      | warning[redundant a
            {on: [status desc]}                  | {on: [status, customer]}                      | warning[redundant a
            {on: [status], include: [customer]}  | {on: [status, customer]}                      | warning[redundant a
            {on: [status]}                       | {on: [status], include: [customer]}           | warning[redundant a
            {on: [number]}                       | {on: [status]}                                | warning[redundant a
            {on: [status], include: [number]}    | {on: [status, customer]}                      |
            {on: [status], unique: true}         | {on: [status, customer]}                      |
            {on: [status], reason: it is small}  | {on: [status, customer]}                      |
            {on: [status], where: number > 5}    | {on: [status, customer]}                      |
            {on: [status]}                       | {on: [status, customer], where: number > 5}   |
            {on: [status text_pattern_ops]}      | {on: [status, customer]}                      |
            {on: ["status collate \\"C\\""]}     | {on: [status, customer]}                      |
            {on: [status], using: hash}          | {on: [status, customer]}                      |
            {on: [status desc nulls last]}       | {on: [status, customer]}                      |
            {on: [status, customer desc]}        | {on: [status, customer, number]}              |
            {on: [customer, status]}             | {on: [status, customer, number]}              |
            """)
    void comparesWhatIsThereWhateverIsAskedFor(String first, String second, String expected) {
        assertThat(findings("a: " + first.replace("\\\\", "\\") + ", b: " + second, ""))
                .isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @Test
    void ofTwoThatServeTheSameTheSecondGoes() {
        var patterns = "p: {entity: Order, find: many, where: [customer = :c, status = :s]}";
        assertThat(findings("a: {on: [customer, status]}, b: {on: [status, customer]}", patterns))
                .containsExactly("warning[overlapping b");
        assertThat(findings(
                        "a: {on: [customer, status]}, b: {on: [status, customer]}",
                        patterns + ", q: {entity: Order, find: many, where: [status = :s]}"))
                .containsExactly("warning[overlapping a");
    }

    @Test
    void nothingOverlapsThatSomePatternNeeds() {
        var indexes = "a: {on: [customer, status]}, b: {on: [status, customer]}";
        assertThat(findings(indexes, "")).isEmpty();
        assertThat(findings(
                        indexes,
                        "p: {entity: Order, find: many, where: [customer = :c, status = :s], orderBy: [placed]},"
                                + " q: {entity: Order, find: many, where: [status = :s]},"
                                + " r: {entity: Order, find: many, where: [customer = :c]}"))
                .isEmpty();
        // It leads to rows which are tested one by one, and the other would leave more of them
        assertThat(
                        findings(
                                "a: {on: [customer, placed]}, b: {on: [customer, status]}",
                                "p: {entity: Order, find: many, where: [customer = :c]},"
                                        + " q: {entity: Order, find: many, where: [customer = :c, 'placed > :p', number = :n]}"))
                .isEqualTo(List.of("warning[overlapping b"));
    }

    @Test
    void countsWhatIsReadAgainstWhatIsUpdated() {
        var update = "w: {entity: Order, write: update, where: [id = :id], set: [status], rate: 5/s}";
        var read = ", r: {entity: Order, find: many, where: [status = :s]%s}";
        assertThat(findings("a: {on: [status]}", update + read.formatted(", rate: 4/s")))
                .containsExactly("warning[costly a");
        assertThat(findings("a: {on: [status]}", update + read.formatted(", rate: 6/s")))
                .isEmpty();
        assertThat(findings("a: {on: [status]}", update + read.formatted(""))).isEmpty();
        assertThat(findings("a: {on: [status], reason: so}", update + read.formatted(", rate: 4/s")))
                .isEmpty();
        // The unique one keeps the update from being heap-only anyway
        assertThat(findings(
                        "a: {on: [status]}, b: {on: [status, number], unique: true}",
                        update + read.formatted(", rate: 4/s")))
                .containsExactly("warning[redundant a");
    }

    @ParameterizedTest
    @CsvSource({"paid, true", "mood, true", "'paid, mood', true", "status, false", "'paid, number', false"})
    void knowsFewValuesByTheirType(String on, boolean few) {
        assertThat(findings("a: {on: [" + on + "]}", "")).hasSize(few ? 1 : 0);
    }

    @Test
    void rareValuesAreWorthAnIndex() {
        assertThat(findings("a: {on: [paid], where: not paid}", "")).isEmpty();
        assertThat(findings("a: {on: [paid], include: [number]}", "")).isEmpty();
    }
}
