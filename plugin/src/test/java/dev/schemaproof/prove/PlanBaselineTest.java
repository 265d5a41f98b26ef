package dev.schemaproof.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.schemaproof.output.PlacedJson.SyntaxException;
import dev.schemaproof.prove.PlanBaseline.Entry;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanBaselineTest {

    private static final Entry FEED = new Entry(
            "main", "feed", 1234.5, 20, OptionalLong.of(37), 10_000, "Limit > Index Scan of \"posts\" by idx");

    private static final Entry POST =
            new Entry("main", "post", 8.29, 1, OptionalLong.empty(), 10_000, "Index Scan of posts by posts_pkey");

    @Test
    void isReadAsItWasWritten() throws SyntaxException {
        PlanBaseline baseline = PlanBaseline.of(List.of(POST, FEED));

        assertThat(baseline.text()).isEqualTo("""
                {
                  "version": 1,
                  "plans": [
                    {"store": "main", "pattern": "feed", "cost": 1234.50, "rows": 20, "buffers": 37, "plan": "Limit > Index Scan of \\"posts\\" by idx"},
                    {"store": "main", "pattern": "post", "cost": 8.29, "rows": 1, "plan": "Index Scan of posts by posts_pkey"}
                  ]
                }
                """);
        assertThat(PlanBaseline.read(baseline.text())).isEqualTo(baseline);
        assertThat(PlanBaseline.read(PlanBaseline.of(List.of()).text()).entries())
                .isEmpty();
        assertThat(baseline.of("main", "post")).contains(POST);
        assertThat(baseline.of("other", "post")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'version': 1, 'plans': [ | 1:26 | this is no JSON",
                "[] | 1:1 | the baseline of plans is an object in braces",
                "{'version': 2, 'plans': []} | 1:13 | the baseline of plans needs `\"version\": 1`",
                "{'version': 1} | 1:1 | the baseline of plans needs a list `plans`",
                "{'version': 1, 'plans': [7]} | 1:26 | a plan is an object in braces",
                "{'version': 1, 'plans': [{'stor': 'a'}]} | 1:35 | a plan has no `stor`",
                "{'version': 1, 'plans': [{'store': 'a', 'pattern': 1}]} | 1:52 | a plan needs a text `pattern`",
                "{'version': 1, 'plans': [{'store': 'a', 'pattern': 'p', 'cost': -1}]} | 1:65 | a plan needs a number `cost`",
                "{'version': 1, 'plans': [{'store': 'a', 'pattern': 'p', 'cost': 1, 'rows': 1, 'buffers': 'x'}]} | 1:90 | a plan needs a number `buffers`",
            })
    void saysWhatIsWrongWithItAndWhere(String text, String place, String message) {
        SyntaxException flaw =
                catchThrowableOfType(SyntaxException.class, () -> PlanBaseline.read(text.replace('\'', '"')));

        assertThat(flaw).hasMessage(message);
        assertThat(flaw.line() + ":" + flaw.column()).isEqualTo(place);
    }

    @ParameterizedTest
    @CsvSource({
        "100, 100, false, false",
        "100, 124, false, false",
        "100, 126, true, false",
        "100, 81, false, false",
        "100, 79, false, true",
        // A page more or less of nearly none
        "0.5, 1.4, false, false",
        "0.5, 1.6, true, false",
        "1.6, 0.5, false, true",
        "0, 0, false, false"
    })
    void toleratesChance(double before, double now, boolean better, boolean worse) {
        Entry entry = new Entry("main", "p", before, 1, OptionalLong.empty(), 10_000, "x");
        PatternPlan plan = new PatternPlan("p", "y", now, 1, Optional.empty());

        assertThat(entry.betterThan(plan)).isEqualTo(better);
        assertThat(entry.worseThan(plan)).isEqualTo(worse);
    }

    @ParameterizedTest
    @CsvSource({
        "100, 125, false, false",
        "100, 126, true, false",
        "100, 80, false, false",
        "100, 79, false, true",
        // A few pages are a level of an index
        "4, 8, false, false",
        "4, 9, true, false",
        "9, 4, false, true"
    })
    void toleratesAFewPages(long before, long now, boolean less, boolean more) throws Exception {
        Entry entry = new Entry("main", "p", 1, 1, OptionalLong.of(before), 10_000, "x");
        PatternPlan plan = new PatternPlan("p", "y", 1, 1, Optional.empty());
        PatternPlan run =
                plan.withExecution(Optional.of(Execution.of(new Execution.Figures(now, now, 1, 1, 10_000, "y"))));

        assertThat(entry.readLessThan(run)).isEqualTo(less);
        assertThat(entry.readMoreThan(run)).isEqualTo(more);
        assertThat(entry.readLessThan(plan) || entry.readMoreThan(plan)).isFalse();
        assertThat(Entry.of("main", run).buffers()).hasValue(now);
        PatternPlan smaller =
                plan.withExecution(Optional.of(Execution.of(new Execution.Figures(now, now, 1, 1, 5_000, "y"))));
        assertThat(entry.readLessThan(smaller) || entry.readMoreThan(smaller)).isFalse();
        Entry small = Entry.of("main", smaller);
        assertThat(PlanBaseline.read(PlanBaseline.of(List.of(small)).text()).entries())
                .containsExactly(small);
        assertThat(small.volume()).isEqualTo(5_000);
    }
}
